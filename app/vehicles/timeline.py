"""The time line of cars: what was reserved and what was real, on one day."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.storage.reading import ReadOnlyDatabase
from app.vehicles.stored import containing, stored_midnight

MOST_TRIP_DAYS = 31
"""A trip that began longer ago is not looked for, unless it is still under way."""
AT_ONCE = 500
CARS = 'FROM vehicle WHERE retired_at IS NULL'
SEARCHED = ('plate', 'name', 'department', 'guard_room')


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stretch of the day, cut at midnight. `words` are destination or subject; never a name."""

    start: datetime
    end: datetime
    words: str
    is_late: bool = False
    """Out past the time of return."""
    is_under_way: bool = False
    """Out now; the end is the moment of the question."""
    is_unused: bool = False
    """Reserved, over, and nobody took the car."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarLine:
    """One car and its day."""

    vehicle: UUID
    plate: str
    name: str
    reserved: tuple[Bar, ...]
    real: tuple[Bar, ...]


class Timeline:
    """Reads one day of the cars, page by page."""

    def __init__(self, reading: ReadOnlyDatabase) -> None:
        self._reading = reading

    async def all(self, day: date, words: str = '') -> list[CarLine]:
        """Every car with its bars on this day."""
        found, total = await self.page(day, words, 0, AT_ONCE)
        while len(found) < total:
            more, total = await self.page(day, words, len(found), AT_ONCE)
            if not more:
                break
            found += more
        return found

    async def page(self, day: date, words: str, offset: int, limit: int) -> tuple[list[CarLine], int]:
        """Cars by guard room and key number with their bars on this day (Tokyo), and how many cars there are."""
        now = clock.now()

        def query(connection: sqlite3.Connection) -> tuple[list[CarLine], int]:
            where, values = _searched(words)
            total = connection.execute(f'SELECT count(*) {CARS}{where}', values).fetchone()[0]
            cars = connection.execute(
                f'SELECT id, plate, name, facility {CARS}{where}'
                ' ORDER BY guard_room, length(key_number), key_number, plate LIMIT ? OFFSET ?',
                [*values, limit, offset],
            ).fetchall()
            return _lines(connection, cars, day, now), int(total)

        return await self._reading.read(query)


def _lines(connection: sqlite3.Connection, cars: list[sqlite3.Row], day: date, now: datetime) -> list[CarLine]:
    real = _real(connection, [row['id'] for row in cars], day, now)
    reserved = _reserved(connection, [row['facility'] for row in cars if row['facility']], day, now)
    return [
        CarLine(
            vehicle=UUID(row['id']),
            plate=row['plate'],
            name=row['name'],
            reserved=tuple(reserved.get(row['facility'], ())),
            real=tuple(real.get(row['id'], ())),
        )
        for row in cars
    ]


def _real(connection: sqlite3.Connection, cars: list[str], day: date, now: datetime) -> dict[str, list[Bar]]:
    sql = f"""
        SELECT vehicle, out_at, due_at, returned_at, destination FROM trip
        WHERE vehicle IN ({_marks(cars)}) AND out_at < ? AND (returned_at > ? OR returned_at IS NULL)
          AND (out_at >= ? OR returned_at IS NULL) ORDER BY out_at
    """  # noqa: S608 - only question marks
    earliest = stored_midnight(day - timedelta(days=MOST_TRIP_DAYS))
    values = [*cars, stored_midnight(day + timedelta(days=1)), stored_midnight(day), earliest]
    bars: dict[str, list[Bar]] = {}
    for row in connection.execute(sql, values):
        until = row['due_at'] and datetime.fromisoformat(row['due_at'])
        end = datetime.fromisoformat(row['returned_at']) if row['returned_at'] else now
        late = row['returned_at'] is None and until is not None and until < now
        bar = _cut(datetime.fromisoformat(row['out_at']), end, row['destination'], day)
        if bar is not None:
            is_under_way = row['returned_at'] is None and now.astimezone(TOKYO).date() == day
            bars.setdefault(row['vehicle'], []).append(replace(bar, is_late=late, is_under_way=is_under_way))
    return bars


def _reserved(connection: sqlite3.Connection, places: list[str], day: date, now: datetime) -> dict[str, list[Bar]]:
    sql = f"""
        SELECT facility, start, "end", subject, purpose,
               EXISTS (SELECT 1 FROM trip JOIN vehicle ON vehicle.id = trip.vehicle
                       WHERE vehicle.facility = reservation.facility AND trip.reservation = reservation.key) AS used
        FROM reservation
        WHERE gone_at IS NULL AND facility IN ({_marks(places)}) AND start < ? AND "end" > ? ORDER BY start
    """  # noqa: S608 - only question marks
    values = [*places, stored_midnight(day + timedelta(days=1)), stored_midnight(day)]
    bars: dict[str, list[Bar]] = {}
    for row in connection.execute(sql, values):
        end = datetime.fromisoformat(row['end'])
        unused = not row['used'] and end < now
        words = row['purpose'] or row['subject']
        bar = _cut(datetime.fromisoformat(row['start']), end, words, day)
        if bar is not None:
            bars.setdefault(row['facility'], []).append(replace(bar, is_unused=unused))
    return bars


def _cut(start: datetime, end: datetime, words: str, day: date) -> Bar | None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=TOKYO)
    first, last = max(start, midnight), min(end, midnight + timedelta(days=1))
    if last < first:
        return None
    return Bar(start=first.astimezone(TOKYO), end=last.astimezone(TOKYO), words=words)


def _searched(words: str) -> tuple[str, list[str]]:
    if not words:
        return '', []
    likes = ' OR '.join(f"{column} LIKE ? ESCAPE '\\'" for column in SEARCHED)
    return f' AND ({likes})', [containing(words)] * len(SEARCHED)


def _marks(values: Iterable[str]) -> str:
    return ','.join('?' for _value in values)
