"""The record book of breath tests (アルコール検知記録簿) as it is read, with the 8 items of the circular."""

import sqlite3
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from app.clock import TOKYO
from app.people.names import NOBODY, Named, names_of
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import RecordClass, Vault
from app.vehicles.alcohol_values import Method, Phase
from app.vehicles.run_record import BATCH, gathered
from app.vehicles.stored import stored_midnight, stored_time

SELECT = """
    SELECT alcohol_check.*, vehicle.plate, alcohol_checker.serial,
           other.plate AS trip_plate
    FROM alcohol_check
    LEFT JOIN vehicle ON vehicle.id = alcohol_check.vehicle
    LEFT JOIN alcohol_checker ON alcohol_checker.id = alcohol_check.checker
    LEFT JOIN trip ON trip.id = alcohol_check.trip
    LEFT JOIN vehicle AS other ON other.id = trip.vehicle
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFilter:
    """Which tests are wanted; days in Tokyo, both included."""

    first_day: date | None = None
    last_day: date | None = None
    only_open: bool = False
    """Positive ones without an instruction (指示事項)."""
    trip: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntry:
    """One attempt, as it stands in the book. `value` in milligrams a litre of breath; times in Tokyo."""

    sequence: int
    changed: int
    """Sequence of the line of the journal that last changed it: written, or an instruction was added."""
    id: UUID
    phase: Phase
    driver: Named
    plate: str
    """Empty: no car had been chosen."""
    trip: UUID | None
    checked_at: datetime
    confirmer: Named
    method: Method
    checker: str
    """Serial number of the detector; empty: none was recorded, or it is not known here."""
    by_checker: bool
    """Whether a detector was recorded."""
    value: Decimal
    is_positive: bool
    instruction: str
    instructed_by: Named

    @property
    def needs_instruction(self) -> bool:
        """Whether the safe-driving manager still has to say what follows."""
        return self.is_positive and not self.instruction


class AlcoholBook:
    """Reads the book; every attempt stands in it."""

    def __init__(self, reading: ReadOnlyDatabase, vault: Vault) -> None:
        self._reading = reading
        self._vault = vault

    async def page(self, wanted: CheckFilter, offset: int, limit: int) -> tuple[list[CheckEntry], int]:
        """A window of the wanted tests, the newest first, and how many there are."""
        where, values = _condition(wanted)

        def query(connection: sqlite3.Connection) -> tuple[list[CheckEntry], int]:
            total = connection.execute(f'SELECT count(*) FROM alcohol_check{where}', values).fetchone()[0]  # noqa: S608 - our own words
            order = ' ORDER BY alcohol_check.checked_at DESC, alcohol_check.sequence DESC LIMIT ? OFFSET ?'
            return self._entries(connection, where + order, [*values, limit, offset]), int(total)

        return await self._reading.read(query)

    async def all(self, wanted: CheckFilter) -> list[CheckEntry]:
        """All wanted tests in the order in which they were made.

        Raises:
            TooManyEntries: there are too many to hold.
        """
        return await gathered(self.batches(wanted))

    async def batches(self, wanted: CheckFilter) -> AsyncIterator[list[CheckEntry]]:
        """All wanted tests in the order in which they were made, some at a time; the last batch may be empty."""
        where, values = _condition(wanted)
        since = f'{where} AND' if where else ' WHERE'
        rest = f"""{since} (alcohol_check.checked_at, alcohol_check.sequence) > (?, ?)
            ORDER BY alcohol_check.checked_at, alcohol_check.sequence LIMIT ?"""
        after: tuple[str, int] = ('', 0)
        while True:
            found = await self._reading.read(partial(self._entries, rest=rest, values=[*values, *after, BATCH]))
            yield found
            if len(found) < BATCH:
                return
            after = (stored_time(found[-1].checked_at), found[-1].sequence)

    async def after(self, sequence: int, limit: int) -> list[CheckEntry]:
        """At most `limit` tests written or changed after the journal line of this sequence, in that order."""
        rest = ' WHERE alcohol_check.changed > ? ORDER BY alcohol_check.changed LIMIT ?'
        return await self._reading.read(lambda found: self._entries(found, rest, [sequence, limit]))

    async def get(self, check: UUID) -> CheckEntry | None:
        """One test."""
        rest = ' WHERE alcohol_check.id = ?'
        found = await self._reading.read(lambda connection: self._entries(connection, rest, [str(check)]))
        return found[0] if found else None

    async def count_open(self) -> tuple[int, datetime | None]:
        """How many positive tests wait for an instruction, and since when the oldest does."""

        def query(connection: sqlite3.Connection) -> tuple[int, datetime | None]:
            row = connection.execute(
                'SELECT count(*), min(checked_at) FROM alcohol_check WHERE is_positive = 1 AND instruction IS NULL'
            ).fetchone()
            return int(row[0]), datetime.fromisoformat(row[1]).astimezone(TOKYO) if row[1] else None

        return await self._reading.read(query)

    def _entries(self, connection: sqlite3.Connection, rest: str, values: Iterable[str | int]) -> list[CheckEntry]:
        rows = connection.execute(SELECT + rest, list(values)).fetchall()
        ids = [UUID(row[name]) for row in rows for name in ('driver', 'confirmer', 'instructed_by') if row[name]]
        people = names_of(connection, self._vault, ids)
        return [self._entry(row, people) for row in rows]

    def _entry(self, row: sqlite3.Row, people: dict[UUID, Named]) -> CheckEntry:
        return CheckEntry(
            sequence=row['sequence'],
            changed=row['changed'] or row['sequence'],
            id=UUID(row['id']),
            phase=Phase(row['phase']),
            driver=people.get(UUID(row['driver']), NOBODY),
            plate=row['plate'] or row['trip_plate'] or '',
            trip=UUID(row['trip']) if row['trip'] else None,
            checked_at=datetime.fromisoformat(row['checked_at']).astimezone(TOKYO),
            confirmer=people.get(UUID(row['confirmer']), NOBODY),
            method=Method(row['method']),
            checker=row['serial'] or '',
            by_checker=row['checker'] is not None,
            value=Decimal(str(row['value'])),
            is_positive=bool(row['is_positive']),
            instruction=self._instruction(row),
            instructed_by=people.get(UUID(row['instructed_by']), NOBODY) if row['instructed_by'] else NOBODY,
        )

    def _instruction(self, row: sqlite3.Row) -> str:
        if row['instruction'] is None:
            return ''
        owner = (UUID(row['driver']), RecordClass.ALCOHOL)
        return self._vault.open(owner, f'alcohol_check.instruction.{row["id"]}', row['instruction']) or ''


def _condition(wanted: CheckFilter) -> tuple[str, list[str | int]]:
    parts: dict[str, str | None] = {}
    if wanted.first_day is not None:
        parts['alcohol_check.checked_at >= ?'] = stored_midnight(wanted.first_day)
    if wanted.last_day is not None and wanted.last_day < date.max:
        parts['alcohol_check.checked_at < ?'] = stored_midnight(wanted.last_day + timedelta(days=1))
    if wanted.trip is not None:
        parts['alcohol_check.trip = ?'] = str(wanted.trip)
    if wanted.only_open:
        parts['alcohol_check.is_positive = 1 AND alcohol_check.instruction IS NULL'] = None
    where = f' WHERE {" AND ".join(parts)}' if parts else ''
    return where, [value for value in parts.values() if value is not None]
