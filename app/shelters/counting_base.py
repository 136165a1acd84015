"""From when on the presses of a shelter are summed: its last opening, or the last signed roll call after it."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.shelters.registry import SHELTER_STATE
from app.shelters.values import RECEIVING, ShelterState

ROLL_CALL_CLOSED = 'shelters.roll_call_closed'
STATES = """
    SELECT journal_subject.subject, sequence, happened_at, payload
    FROM journal_line JOIN journal_subject USING (sequence) WHERE kind = ? AND (? IS NULL OR subject = ?)
    ORDER BY sequence
"""
# From the newest line of the shelter backwards: few stand after the last roll call, and thousands of marks before.
ROLL_CALLS = """
    SELECT line.sequence, line.happened_at, line.payload
    FROM journal_subject AS subject CROSS JOIN journal_line AS line ON line.sequence = subject.sequence
    WHERE subject.subject = ? AND subject.sequence > ? AND +line.kind = ?
    ORDER BY subject.sequence DESC
"""


@dataclass(frozen=True, slots=True)
class CountingBase:
    """A line of the journal after which presses count, and how many were there at that line, by area."""

    sequence: int
    at: datetime
    found: Mapping[UUID | None, int] | None = None
    """None: it opened, and nobody had been counted; nobody at all when it closed."""
    roll_call: str | None = None


def bases(connection: sqlite3.Connection, *, practice: bool, shelter: UUID | None = None) -> dict[UUID, CountingBase]:
    """Of all shelters that ever opened, or of one. Being full or adopted is no new opening. For a thread."""
    only = str(shelter) if shelter else None
    known: dict[UUID, CountingBase] = {}
    for row in connection.execute(STATES, (SHELTER_STATE, only, only)):
        payload = json.loads(row['payload'])
        if payload['after'] not in RECEIVING:
            known[UUID(row['subject'])] = CountingBase(row['sequence'], _time(row), _nobody(payload['after']))
        elif payload['before'] not in RECEIVING:
            known[UUID(row['subject'])] = CountingBase(row['sequence'], _time(row))
    return {each: _roll_call(connection, each, base, practice) or base for each, base in known.items()}


def found_at(areas: Sequence[Mapping[str, Any]]) -> dict[UUID | None, int] | None:
    """What the signed line of a roll call says of each area; None: nobody was called and no heads were counted.

    Those who are known to be out for a while stay counted. An area that was not called keeps its count, except that
    people counted without an area are among those found in the areas.
    """
    called = [area for area in areas if _is_called(area)]
    if not called:
        return None
    return {UUID(area['area']) if area['area'] else None: _found_in(area) for area in areas}


def _found_in(area: Mapping[str, Any]) -> int:
    away = int(area.get('away', 0))
    if area['heads'] is not None:
        return int(area['heads'] + area['absent'] + away)
    if _is_called(area):
        return int(area['named'] - area['not_found'] + away)
    return int(area['entrance']) if area['area'] else 0


def _is_called(area: Mapping[str, Any]) -> bool:
    return area['heads'] is not None or any(area[mark] for mark in ('present', 'absent', 'not_found'))


def _nobody(after: str) -> dict[UUID | None, int] | None:
    return {} if after == ShelterState.CLOSED else None


def _roll_call(
    connection: sqlite3.Connection, shelter: UUID, opened: CountingBase, practice: bool
) -> CountingBase | None:
    for row in connection.execute(ROLL_CALLS, (str(shelter), opened.sequence, ROLL_CALL_CLOSED)):
        payload = json.loads(row['payload'])
        found = found_at(payload['areas']) if payload['practice'] == practice else None
        if found is not None:
            return CountingBase(row['sequence'], _time(row), found, payload['roll_call'])
    return None


def _time(row: sqlite3.Row) -> datetime:
    return datetime.fromisoformat(row['happened_at']).astimezone(TOKYO)
