"""The run record (運行記録) as it is read: trips with the names that belong to them, on read-only connections."""

import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from app.people.names import NOBODY, Named, names_of
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault
from app.vehicles.stored import containing, stored_midnight, stored_time
from app.vehicles.trip_columns import people_of
from app.vehicles.trip_rows import trip_of
from app.vehicles.trip_values import TripInfo

MOST_AT_ONCE = 200_000
"""Entries that are held in memory for one document."""
BATCH = 500
PEOPLE = ('driver', 'returned_by', 'handed_over_by', 'received_by')
Entry = TypeVar('Entry')
ALONG = ('second_drivers', 'passenger_staff')
WENT_ALONG = """
    SELECT along.value AS person FROM trip JOIN vehicle ON vehicle.id = trip.vehicle
    JOIN json_each(trip.{column}) AS along
"""
SELECT = """
    SELECT trip.*, vehicle.plate, vehicle.name AS car_name, vehicle.department AS car_department,
           EXISTS (SELECT 1 FROM journal_subject JOIN journal_line USING (sequence)
                   WHERE subject = trip.id AND kind = 'vehicles.trip_corrected') AS is_corrected
    FROM trip JOIN vehicle ON vehicle.id = trip.vehicle
"""


class TooManyEntries(Exception):
    """More than `MOST_AT_ONCE` are wanted at once; nothing was cut off. Batches take any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TripFilter:
    """Which trips are wanted; days are those on which the key went out, in Tokyo, both included."""

    first_day: date | None = None
    last_day: date | None = None
    vehicle: UUID | None = None
    driver: UUID | None = None
    """First or second."""
    department: str = ''
    """Of the driver; empty: all."""
    words: str = ''
    """Part of the plate, the car's name, the destination, the purpose or the written names of passengers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TripEntry:
    """A trip with everything that a person needs to recognise it."""

    trip: TripInfo
    plate: str
    car_name: str
    driver: Named
    returned_by: Named
    """Who brought the car back; nobody while it is out."""
    handed_over_by: Named
    received_by: Named
    second_drivers: tuple[Named, ...]
    passenger_staff: tuple[Named, ...] = ()
    is_corrected: bool

    @property
    def came_back_by_another(self) -> bool:
        """Whether somebody else than the driver brought the car back."""
        return self.trip.returned_by is not None and self.trip.returned_by != self.trip.driver

    @property
    def went_over_midnight(self) -> bool:
        """Whether it ended on a later day than it began, in Tokyo."""
        return self.trip.returned_at is not None and self.trip.returned_at.date() > self.trip.out_at.date()


class RunRecord:
    """Reads trips by period, car, driver and department."""

    def __init__(self, reading: ReadOnlyDatabase, vault: Vault) -> None:
        self._reading = reading
        self._vault = vault

    async def page(self, wanted: TripFilter, offset: int, limit: int) -> tuple[list[TripEntry], int]:
        """A window of the wanted trips, the newest first, and how many there are."""
        where, values = _condition(wanted)

        def query(connection: sqlite3.Connection) -> tuple[list[TripEntry], int]:
            total = connection.execute(
                f'SELECT count(*) FROM trip JOIN vehicle ON vehicle.id = trip.vehicle{where}',  # noqa: S608 - our own words
                values,
            ).fetchone()[0]
            order = ' ORDER BY trip.out_at DESC, trip.id LIMIT ? OFFSET ?'
            return self._entries(connection, where + order, [*values, limit, offset]), int(total)

        return await self._reading.read(query)

    async def all(self, wanted: TripFilter) -> list[TripEntry]:
        """All wanted trips in the order in which they began.

        Raises:
            TooManyEntries: there are too many to hold.
        """
        return await gathered(self.batches(wanted))

    async def batches(self, wanted: TripFilter) -> AsyncIterator[list[TripEntry]]:
        """All wanted trips in the order in which they began, some at a time; the last batch may be empty."""
        where, values = _condition(wanted)
        after = ('', '')
        while True:
            found = await self._reading.read(partial(self._following, where, values, after))
            yield found
            if len(found) < BATCH:
                return
            after = (stored_time(found[-1].trip.out_at), str(found[-1].trip.id))

    def _following(
        self, where: str, values: list[str | int], after: tuple[str, str], connection: sqlite3.Connection
    ) -> list[TripEntry]:
        since = f'{where} AND' if where else ' WHERE'
        rest = f'{since} (trip.out_at, trip.id) > (?, ?) ORDER BY trip.out_at, trip.id LIMIT ?'
        return self._entries(connection, rest, [*values, *after, BATCH])

    async def get(self, trip: UUID) -> TripEntry | None:
        """One trip."""

        def query(connection: sqlite3.Connection) -> list[TripEntry]:
            return self._entries(connection, ' WHERE trip.id = ?', [str(trip)])

        return next(iter(await self._reading.read(query)), None)

    def _entries(self, connection: sqlite3.Connection, rest: str, values: Iterable[str | int]) -> list[TripEntry]:
        rows = connection.execute(SELECT + rest, list(values)).fetchall()
        people = names_of(connection, self._vault, _people(rows))
        return [_entry(row, people) for row in rows]


async def gathered(batches: AsyncIterator[list[Entry]]) -> list[Entry]:
    """Everything of the batches at once.

    Raises:
        TooManyEntries: more than `MOST_AT_ONCE`.
    """
    found: list[Entry] = []
    async for batch in batches:
        found += batch
        if len(found) > MOST_AT_ONCE:
            raise TooManyEntries(f'more than {MOST_AT_ONCE}')
    return found


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def people_of_trips(connection: sqlite3.Connection, wanted: TripFilter) -> set[UUID]:
    """Everybody who stands in the wanted trips. Blocks: call it in a thread."""
    where, values = _condition(wanted)
    columns = ' UNION '.join(
        f'SELECT trip.{column} AS person FROM trip JOIN vehicle ON vehicle.id = trip.vehicle{where}'  # noqa: S608 - our own words
        for column in PEOPLE
    )
    columns += ''.join(f' UNION {WENT_ALONG.format(column=column)}{where}' for column in ALONG)
    values = values * (len(PEOPLE) + len(ALONG))
    return {UUID(row['person']) for row in connection.execute(columns, values) if row['person']}


def entries_of(
    connection: sqlite3.Connection, wanted: TripFilter, people: Mapping[UUID, Named], limit: int
) -> Iterator[TripEntry]:
    """The wanted trips in the order in which they began. Blocks: for a child or a thread.

    Raises:
        KeyError: somebody stands in a trip who is not among the people.
    """
    where, values = _condition(wanted)
    for row in connection.execute(f'{SELECT}{where} ORDER BY trip.out_at, trip.id LIMIT ?', [*values, limit]):
        yield _entry(row, {person: people[person] for person in _people([row]) if person is not None})


def _entry(row: sqlite3.Row, people: dict[UUID, Named]) -> TripEntry:
    def named(column: str) -> Named:
        return people.get(UUID(row[column]), NOBODY) if row[column] else NOBODY

    return TripEntry(
        trip=trip_of(row),
        plate=row['plate'],
        car_name=row['car_name'],
        driver=named('driver'),
        returned_by=named('returned_by'),
        handed_over_by=named('handed_over_by'),
        received_by=named('received_by'),
        second_drivers=tuple(people.get(each, NOBODY) for each in people_of(row['second_drivers'])),
        passenger_staff=tuple(people.get(each, NOBODY) for each in people_of(row['passenger_staff'])),
        is_corrected=bool(row['is_corrected']),
    )


def _people(rows: Iterable[sqlite3.Row]) -> Iterable[UUID | None]:
    for row in rows:
        for column in PEOPLE:
            yield _id(row[column])
        for column in ALONG:
            yield from people_of(row[column])


def _condition(wanted: TripFilter) -> tuple[str, list[str | int]]:
    parts: list[str] = []
    values: list[str | int] = []

    def add(part: str, *given: str) -> None:
        parts.append(part)
        values.extend(given)

    if wanted.first_day is not None:
        add('trip.out_at >= ?', stored_midnight(wanted.first_day))
    if wanted.last_day is not None and wanted.last_day < date.max:
        add('trip.out_at < ?', stored_midnight(wanted.last_day + timedelta(days=1)))
    if wanted.vehicle is not None:
        add('trip.vehicle = ?', str(wanted.vehicle))
    if wanted.driver is not None:
        also = 'EXISTS (SELECT 1 FROM json_each(trip.second_drivers) WHERE value = ?)'
        add(f'(trip.driver = ? OR {also})', str(wanted.driver), str(wanted.driver))
    if wanted.department:
        add('trip.driver IN (SELECT id FROM staff WHERE department = ?)', wanted.department)
    if wanted.words:
        searched = ('vehicle.plate', 'vehicle.name', 'trip.destination', 'trip.purpose', 'trip.passenger_names')
        likes = ' OR '.join(f"{column} LIKE ? ESCAPE '\\'" for column in searched)
        add(f'({likes})', *[containing(wanted.words)] * len(searched))
    return (f' WHERE {" AND ".join(parts)}' if parts else ''), values


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
