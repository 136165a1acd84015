"""Which tables the box has, and which rules the database itself keeps."""

from typing import Any

from app.storage.layout import DataDirectory

APP = 'machibako'
RECORDS = 'tortoise_migrations'
"""The table in which Tortoise notes which migrations are done."""
MODELS = (
    'app.journal.models',
    'app.people.models',
    'app.access.models',
    'app.desks.models',
    'app.attendance.models',
    'app.vehicles.models',
    'app.vehicles.two_rooms_models',
    'app.vehicles.garoon.models',
    'app.exchange.models',
    'app.messages.models',
    'app.shelters.models',
    'app.shelters.opening_models',
    'app.shelters.family_models',
    'app.shelters.desk_models',
    'app.shelters.people_models',
    'app.shelters.handouts.models',
    'app.shelters.needs.models',
    'app.shelters.reports.models',
    'app.shelters.inquiries.models',
    'app.shelters.vulnerable.models',
    'app.shelters.ending.models',
    'app.shelters.copies.models',
    'app.shelters.papers.models',
    'app.shelters.across.models',
    'app.files.models',
    'app.retention.models',
)
APPEND_ONLY = ('journal_line', 'journal_epoch', 'security_event', 'exchange_line', 'exchange_applied')


def tortoise_config(directory: DataDirectory | None) -> dict[str, Any]:
    """How Tortoise reaches the database of the box; None: a database in memory, to compare schemas with."""
    return {
        'connections': {
            'default': {
                'engine': 'tortoise.backends.sqlite',
                'credentials': {
                    'file_path': str(directory.database) if directory else ':memory:',
                    'journal_mode': 'WAL',
                    'synchronous': 'FULL',
                    'foreign_keys': 'ON',
                    'busy_timeout': 5000,
                    'journal_size_limit': 67_108_864,
                },
            }
        },
        'apps': {APP: {'models': list(MODELS), 'migrations': 'app.storage.migrations'}},
        'use_tz': True,
        'timezone': 'Asia/Tokyo',
    }


TORTOISE_ORM = tortoise_config(None)


def triggers() -> dict[str, str]:
    """Name and statement of every trigger: lines only come, never change or go, and are found by their subjects."""
    return {
        'journal_line_indexes_subjects': (
            'CREATE TRIGGER journal_line_indexes_subjects AFTER INSERT ON journal_line BEGIN '
            'INSERT INTO journal_subject (sequence, subject) '
            'SELECT NEW.sequence, value FROM json_each(NEW.subjects); END'
        ),
    } | {
        f'{table}_refuses_{action.lower()}': (
            f'CREATE TRIGGER {table}_refuses_{action.lower()} BEFORE {action} ON {table} '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        for table in APPEND_ONLY
        for action in ('UPDATE', 'DELETE')
    }
