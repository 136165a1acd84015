"""The state of the shelters of a box, as headquarters need it when no line is left."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.shelters.across.copied import own_facts
from app.shelters.details import open_person
from app.shelters.heads import heads_of
from app.storage.vault import Vault

SHELTERS = """
    SELECT id, code, name, kind, state, state_since, capacity, blocked_capacity FROM shelter
    WHERE retired_at IS NULL AND practice = ? AND state <> 'not_opened' ORDER BY name
"""
STAYS = """
    SELECT stay.shelter, stay.evacuee, evacuee.number, evacuee.details, evacuee.person_class, area.name AS area,
        stay.place, stay.state, stay.visitor, stay.arrived_at, stay.seen_at, stay.left_at, stay.left_for
    FROM stay JOIN evacuee ON evacuee.id = stay.evacuee LEFT JOIN shelter_area AS area ON area.id = stay.area
    WHERE stay.practice = ? AND evacuee.merged_into IS NULL ORDER BY evacuee.number, stay.arrived_at
"""
HEAD = """
    SELECT line.sequence, epoch.number FROM journal_line AS line JOIN journal_epoch AS epoch ON epoch.id = line.epoch
    ORDER BY line.sequence DESC LIMIT 1
"""
TOLD = ('number', 'person_class', 'area', 'place', 'state', 'visitor', 'arrived_at', 'seen_at', 'left_at', 'left_for')


def read_state(rows: sqlite3.Connection, vault: Vault, box: UUID, *, practice: bool) -> tuple[int, int, dict[str, Any]]:
    """Life and last line of the journal, and the state as of that line. For a thread."""
    rows.execute('BEGIN')
    try:
        head = rows.execute(HEAD).fetchone()
        people = [_person(row, vault) for row in rows.execute(STAYS, [practice])]
        shelters = [_shelter(rows, row, people, practice) for row in rows.execute(SHELTERS, [practice]).fetchall()]
        facts = own_facts(rows, box, practice=practice)
    finally:
        rows.execute('ROLLBACK')
    return int(head['number']), int(head['sequence']), {'shelters': shelters, 'people': people, 'facts': facts}


def _shelter(
    rows: sqlite3.Connection, row: sqlite3.Row, people: list[dict[str, Any]], practice: bool
) -> dict[str, Any]:
    there = [one for one in people if one['shelter'] == row['id'] and one['state'] != 'left']
    inside = [one for one in there if one['place'] == 'shelter']
    return {
        **dict(row),
        'counted': heads_of(rows, UUID(row['id']), practice=practice).people,
        'registered': len(inside),
        'away': sum(one['state'] == 'away' for one in inside),
        'in_cars': sum(one['place'] == 'car' for one in there),
        'at_home': sum(one['place'] == 'home' for one in there),
        'visitors': sum(bool(one['visitor']) for one in there),
        'urgent': sum(bool(one['urgencies']) for one in there),
    }


def _person(row: sqlite3.Row, vault: Vault) -> dict[str, Any]:
    known = open_person(vault, UUID(row['evacuee']), row['details'])
    return {
        'shelter': row['shelter'],
        **{name: row[name] for name in TOLD},
        'name': known.name,
        'kana': known.kana,
        'birth_date': known.birth_date.isoformat() if known.birth_date else '',
        'sex': str(known.sex or ''),
        'address': known.address,
        'phone': known.phone,
        'needs': sorted(known.needs),
        'urgencies': sorted(known.urgencies),
        'protected': known.protected,
    }


def figures_of(state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Numbers by shelter, without names."""
    return list(state['shelters'])


def made_at(header_time: str) -> datetime:
    """The time of a header, with its zone."""
    return datetime.fromisoformat(header_time)
