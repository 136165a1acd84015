"""確認が必要な記録: what does not fit together in the run record, and who has looked at it."""

import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.exchange.receiver import APPLIED
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.people.names import AT_ONCE
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import transaction
from app.vehicles.month_texts import month_texts
from app.vehicles.record_queries import LONE_RETURNS, NOT_FITTING, NOT_TAKEN, STILL_OUT
from app.vehicles.stored import stored_midnight, stored_time
from app.vehicles.trip_values import DOUBTFUL_DRIVE_KM

CONFIRMED = 'vehicles.record_confirmed'
RECORDS = uuid.UUID('5b3f5f4e-6f43-4d5c-9d0b-3f6c2a51c702')
"""Namespace: the same matter of the same trip has the same id."""
LONGEST_WITHOUT_TIME = timedelta(hours=24)
"""A car that went out without a time of return is late after this."""
LONGEST_NOTE = 500
LOOKED_BACK = timedelta(days=31)
"""The trip before the first one of a list may have begun so much earlier."""


class RecordProblem(StrEnum):
    """What does not fit."""

    ODOMETER_GAP = 'odometer_gap'
    """The car has driven between two trips."""
    ODOMETER_OVERLAP = 'odometer_overlap'
    """A trip begins with less than the one before ended with."""
    ODOMETER_BACK = 'odometer_back'
    """A trip ended with less than it began with, and a guard stood for the number."""
    OUT_TWICE = 'out_twice'
    """Handed over before it had come back."""
    LONG_DRIVE = 'long_drive'
    CHECK_MISSING = 'check_missing'
    """Without a breath test before, or after the drive."""
    SECOND_CHECK_MISSING = 'second_check_missing'
    """A second driver (交代運転者) without a breath test before, or after the drive."""
    OVERDUE = 'overdue'
    """Out past its time: a return that was forgotten, or a driver who needs help."""
    START_UNKNOWN = 'start_unknown'
    """The key came back, and no guard room has told when it went out."""
    RETURNED_TWICE = 'returned_twice'
    """A trip has two returns; the earlier one counts, and the later ended nothing."""
    RETURN_MOVED = 'return_moved'
    """A return was taken for an earlier trip of the car, and ended this one."""
    NO_SHOW = 'no_show'
    """Reserved, and nobody took the car."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordException:
    """One matter. `found` and `expected` are kilometres, where it is about them."""

    id: UUID
    problem: RecordProblem
    vehicle: UUID | None
    plate: str
    trip: UUID | None
    at: datetime
    """When the trip or the reservation began."""
    until: datetime | None = None
    """When the car was expected back."""
    found: int | None = None
    expected: int | None = None

    @property
    def since(self) -> datetime:
        """Since when a person should look: the end that nothing followed, or when what does not fit began."""
        waits_for_end = self.problem in (RecordProblem.OVERDUE, RecordProblem.NO_SHOW)
        return self.until if waits_for_end and self.until else self.at

    @property
    def can_be_confirmed(self) -> bool:
        """Whether it ends when somebody has looked; a car that is out ends with its return."""
        return self.problem is not RecordProblem.OVERDUE


CONFIRMED_OF = (
    'SELECT subject FROM journal_subject JOIN journal_line USING (sequence)'
    ' WHERE subject IN ({marks}) AND kind IN (?, ?)'
)


class RecordChecks:
    """Finds what a person should look at, and remembers what was looked at."""

    def __init__(self, reading: ReadOnlyDatabase, journal: Journal, overdue: timedelta) -> None:
        self._reading = reading
        self._journal = journal
        self._overdue = overdue

    async def exceptions_list(self, first_day: date, last_day: date) -> list[RecordException]:
        """What nobody has confirmed yet, of trips that began on these days, the newest first; late cars always."""
        now = clock.now()
        end = last_day + timedelta(days=1) if last_day < date.max else last_day

        def query(connection: sqlite3.Connection) -> list[RecordException]:
            found = [
                *_overdue(connection, now, self._overdue),
                *_of_trips(connection, first_day, end),
                *_lone_returns(connection, first_day, end),
                *_no_shows(connection, first_day, min(stored_midnight(end), stored_time(now))),
            ]
            confirmed = confirmed_records(connection, [str(one.id) for one in found])
            return sorted((one for one in found if str(one.id) not in confirmed), key=_newest_first)

        return await self._reading.read(query)

    async def confirm(self, one: RecordException, note: str, actor: Actor) -> None:
        """Somebody has looked at it: it is right as it stands.

        Raises:
            ValueError: it ends by itself, or nobody said why.
        """
        if not one.can_be_confirmed or not 0 < len(note.strip()) <= LONGEST_NOTE:
            raise ValueError(one.problem.value)
        payload = {'problem': str(one.problem), 'trip': str(one.trip) if one.trip else None}
        written = month_texts(one.at, {'note': note.strip()})
        await self._journal.ensure_keys([written])
        subjects = (one.id, *((one.vehicle,) if one.vehicle else ()))
        act = Act(kind=CONFIRMED, actor=actor, subjects=subjects, payload=payload, sealed=(written,))
        await transaction(lambda tx: self._journal.append(tx, act))


def record_id(problem: RecordProblem, trip: str) -> UUID:
    """The id of this matter of this trip, the same at every box."""
    return uuid.uuid5(RECORDS, f'{problem}:{trip}')


def confirmed_records(connection: sqlite3.Connection, ids: list[str]) -> set[str]:
    """Those of the records that somebody has confirmed, here or at another box. Blocks: call it in a thread."""
    confirmed: set[str] = set()
    for at in range(0, len(ids), AT_ONCE):
        part = ids[at : at + AT_ONCE]
        marks = ','.join('?' * len(part))
        rows = connection.execute(CONFIRMED_OF.format(marks=marks), [*part, CONFIRMED, APPLIED])
        confirmed |= {row['subject'] for row in rows}
    return confirmed


def _overdue(connection: sqlite3.Connection, now: datetime, grace: timedelta) -> Iterator[RecordException]:
    values = [stored_time(now - grace), stored_time(now - LONGEST_WITHOUT_TIME)]
    for row in connection.execute(STILL_OUT, values):
        yield _exception(row, RecordProblem.OVERDUE)


def _of_trips(connection: sqlite3.Connection, first_day: date, end: date) -> Iterator[RecordException]:
    earlier = max(first_day, date.min + LOOKED_BACK) - LOOKED_BACK
    for row in connection.execute(NOT_FITTING, [*map(stored_midnight, (earlier, end, first_day))]):
        yield from _of_trip(row)


def _of_trip(row: sqlite3.Row) -> Iterator[RecordException]:
    start, end, before = row['odometer_out'], row['odometer_in'], row['odometer_before']
    if start is not None and before is not None and start > before:
        yield _exception(row, RecordProblem.ODOMETER_GAP, found=start, expected=before)
    if start is not None and before is not None and start < before:
        yield _exception(row, RecordProblem.ODOMETER_OVERLAP, found=start, expected=before)
    if row['id_before'] and (row['returned_before'] is None or row['returned_before'] > row['out_at']):
        yield _exception(row, RecordProblem.OUT_TWICE)
    if start is not None and end is not None and end < start:
        yield _exception(row, RecordProblem.ODOMETER_BACK, found=end, expected=start)
    if start is not None and end is not None and end - start > DOUBTFUL_DRIVE_KM:
        yield _exception(row, RecordProblem.LONG_DRIVE, found=end - start, expected=DOUBTFUL_DRIVE_KM)
    if not row['is_checked_before'] or (row['returned_at'] and not row['is_checked_after']):
        yield _exception(row, RecordProblem.CHECK_MISSING)
    if row['unchecked']:
        one = _exception(row, RecordProblem.SECOND_CHECK_MISSING, found=row['unchecked'])
        # Who joins the drivers later was not looked at when the others were.
        yield replace(one, id=record_id(one.problem, f'{row["id"]}:{row["second_count"]}'))


def _lone_returns(connection: sqlite3.Connection, first_day: date, end: date) -> Iterator[RecordException]:
    for row in connection.execute(LONE_RETURNS, [*map(stored_midnight, (first_day, end))]):
        trip = row['trip'] or row['recorded_for']
        one = _exception(row, _of_lone_return(row), found=row['odometer'], is_trip=False)
        yield replace(one, trip=UUID(trip) if trip else None)


def _of_lone_return(row: sqlite3.Row) -> RecordProblem:
    if row['recorded_for'] is None:
        return RecordProblem.START_UNKNOWN
    return RecordProblem.RETURN_MOVED if row['trip'] else RecordProblem.RETURNED_TWICE


def _no_shows(connection: sqlite3.Connection, first_day: date, until: str) -> Iterator[RecordException]:
    for row in connection.execute(NOT_TAKEN, [stored_midnight(first_day), until]):
        yield _exception(row, RecordProblem.NO_SHOW, is_trip=False)


def _exception(
    row: sqlite3.Row,
    problem: RecordProblem,
    *,
    found: int | None = None,
    expected: int | None = None,
    is_trip: bool = True,
) -> RecordException:
    return RecordException(
        id=record_id(problem, row['id']),
        problem=problem,
        vehicle=UUID(row['vehicle']),
        plate=row['plate'],
        trip=UUID(row['id']) if is_trip else None,
        at=datetime.fromisoformat(row['out_at']).astimezone(TOKYO),
        until=datetime.fromisoformat(row['due_at']).astimezone(TOKYO) if row['due_at'] else None,
        found=found,
        expected=expected,
    )


def _newest_first(one: RecordException) -> tuple[bool, float]:
    return one.problem is not RecordProblem.OVERDUE, -one.at.timestamp()
