"""From when on records may be disposed of: whole months, never before their retention has passed."""

from datetime import date
from uuid import UUID, uuid5

from app.retention_settings import RetentionSettings
from app.storage.vault import RecordClass

WAITS_FOR_PAYDAY = frozenset({RecordClass.ATTENDANCE})
"""Their retention begins with the payday that follows their month (労働基準法施行規則56条3項)."""
DISPOSABLE = (RecordClass.ALCOHOL, RecordClass.VEHICLES, RecordClass.ACCIDENT, RecordClass.ATTENDANCE)
MONTHS = 12
MONTHLY = UUID('0b7c9d0e-3c1f-4b9e-9a51-5f7f2a6d1c27')
"""Namespace: the records of one class and month have the same id at every box."""


def due_before(record_class: RecordClass, settings: RetentionSettings, today: date) -> date:
    """First day of the first month that is still to be kept; retention begins when the month of a record has ended."""
    years: int = getattr(settings, record_class.value)
    waiting = 1 if record_class in WAITS_FOR_PAYDAY else 0
    return month_after(today, -(years * MONTHS + waiting))


def month_after(day: date, months: int) -> date:
    """First day of the month so many months after that of the day."""
    counted = day.year * MONTHS + day.month - 1 + months
    return date(counted // MONTHS, counted % MONTHS + 1, 1)


def month_subject(record_class: RecordClass, day: date) -> UUID:
    """Under whose key free texts of a month stand in the journal: disposed of as one, they become unreadable as one."""
    return uuid5(MONTHLY, f'{record_class}:{day:%Y-%m}')
