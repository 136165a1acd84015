"""What was driven, reserved and turned away in a period, read for the question how many cars are right."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import jpholiday
import numpy as np
import numpy.typing as npt

from app.clock import TOKYO
from app.vehicles.fleet_sizing.trips import MINUTE, Codes, Mask, Times, TripTimes, no_trips
from app.vehicles.ledger import CarType

TYPES = tuple(CarType)
NEW_YEAR = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))
FIRST_TRIP = 'SELECT min(out_at) FROM trip WHERE returned_at IS NOT NULL'
CARS = """
    SELECT id, plate, name, car_type, guard_room, facility, retired_at IS NULL AND NOT for_disasters AS counts
    FROM vehicle ORDER BY guard_room, key_number, plate
"""
TRIPS = """
    SELECT vehicle, (unixepoch(out_at) + 32400) / 60, (unixepoch(returned_at) + 32400) / 60 FROM trip
    WHERE returned_at IS NOT NULL AND unixepoch(out_at) >= :first AND unixepoch(out_at) < :after
"""
RESERVATIONS = """
    SELECT facility, (unixepoch(start) + 32400) / 60, (unixepoch("end") + 32400) / 60,
        (unixepoch(min(trip.out_at)) + 32400) / 60, (unixepoch(max(trip.returned_at)) + 32400) / 60
    FROM reservation LEFT JOIN trip ON trip.reservation = reservation.key
    WHERE gone_at IS NULL AND unixepoch(start) >= :first AND unixepoch(start) < :after
    GROUP BY reservation.key
"""
TURNED_AWAY = """
    SELECT car_type, sum(unixepoch(at) >= :first AND unixepoch(at) < :after) FROM turned_away GROUP BY car_type
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetCar:
    """A car that is or was in the ledger."""

    plate: str
    name: str
    car_type: CarType
    site: str
    """Its guard room."""
    counts: bool
    """In the pool today: not retired, and not kept for disasters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetHistory:
    """Trips and reservations as columns; codes are positions in `TYPES`, `sites` and `cars`."""

    first_day: np.datetime64
    """Not before the first trip in the record."""
    last_day: np.datetime64
    sites: tuple[str, ...]
    cars: tuple[FleetCar, ...]
    trips: TripTimes
    car: Codes
    """Which car each trip took."""
    reserved: TripTimes
    left: Times
    """When the car left for each reservation; not-a-time where none did."""
    returned: Times
    turned_away: dict[str, int] | None
    """People sent away by type (empty: any); None where nobody ever recorded it."""

    @property
    def days(self) -> Times:
        """Every day of the period."""
        return np.arange(self.first_day, self.last_day + np.timedelta64(1, 'D'))

    @property
    def working(self) -> Mask:
        """Which days are Monday to Friday, no public holiday and not 12/29 to 1/3."""
        days: list[date] = self.days.astype(object).tolist()
        return np.array([_is_working(day) for day in days], dtype=np.bool_)

    def cars_of(self, car_type: CarType, site: str = '') -> int:
        """Cars of a type in the pool today, at one guard room or at all."""
        return sum(car.counts and car.car_type is car_type and site in ('', car.site) for car in self.cars)


def read_history(first: date, last: date, now: datetime) -> Callable[[sqlite3.Connection], FleetHistory | None]:
    """What reads the period (both days belong to it); None where nothing was driven in it."""

    def read(connection: sqlite3.Connection) -> FleetHistory | None:
        began = connection.execute(FIRST_TRIP).fetchone()[0]
        if began is None:
            return None
        start = max(first, datetime.fromisoformat(began).astimezone(TOKYO).date())
        return _read(connection, start, last, now) if start <= last else None

    return read


def _read(connection: sqlite3.Connection, first: date, last: date, now: datetime) -> FleetHistory:
    bounds = {'first': _second(first), 'after': _second(last + timedelta(days=1))}
    rows = connection.execute(CARS).fetchall()
    cars = tuple(_car(row) for row in rows)
    sites = tuple(sorted({car.site for car in cars}))
    by_id = {row['id']: number for number, row in enumerate(rows)}
    by_facility = {row['facility']: number for number, row in enumerate(rows) if row['facility']}
    driven = _columns(connection, TRIPS, bounds, by_id)
    booked = _columns(connection, RESERVATIONS, bounds, by_facility)
    ended = booked[:, 2] <= int(now.timestamp() + 32400) // 60
    left, returned = _kept_times(booked[ended])
    return FleetHistory(
        first_day=np.datetime64(first),
        last_day=np.datetime64(last),
        sites=sites,
        cars=cars,
        trips=_trip_times(driven, cars, sites),
        car=driven[:, 0],
        reserved=_trip_times(booked[ended], cars, sites),
        left=left,
        returned=returned,
        turned_away=_turned_away(connection, bounds),
    )


def _car(row: sqlite3.Row) -> FleetCar:
    return FleetCar(
        plate=row['plate'],
        name=row['name'],
        car_type=CarType(row['car_type']),
        site=row['guard_room'],
        counts=bool(row['counts']),
    )


def _columns(
    connection: sqlite3.Connection, query: str, bounds: dict[str, int], known: dict[str, int]
) -> npt.NDArray[np.int64]:
    """Rows whose first value is known, as whole numbers; what is missing is -1."""
    cursor = connection.cursor()
    cursor.row_factory = lambda _cursor, row: row
    rows: list[tuple[Any, ...]] = cursor.execute(query, bounds).fetchall()
    numbers = [
        (known[row[0]], *(-1 if value is None else value for value in row[1:])) for row in rows if row[0] in known
    ]
    width = len(cursor.description)
    return np.array(numbers, dtype=np.int64).reshape(len(numbers), width)


def _trip_times(columns: npt.NDArray[np.int64], cars: tuple[FleetCar, ...], sites: tuple[str, ...]) -> TripTimes:
    """A drive within one minute lasts one minute."""
    if not len(columns):
        return no_trips()
    types = np.array([TYPES.index(car.car_type) for car in cars], dtype=np.int64)
    places = np.array([sites.index(car.site) for car in cars], dtype=np.int64)
    car, start = columns[:, 0], columns[:, 1]
    return TripTimes(
        start=start.astype(MINUTE),
        end=np.maximum(columns[:, 2], start + 1).astype(MINUTE),
        car_type=types[car],
        site=places[car],
    )


def _kept_times(columns: npt.NDArray[np.int64]) -> tuple[Times, Times]:
    """A car that has not come back counts as driven until the end that was reserved."""
    left = columns[:, 3]
    returned = np.where((left >= 0) & (columns[:, 4] < 0), np.maximum(columns[:, 2], left), columns[:, 4])
    return _times(left), _times(returned)


def _times(minutes: npt.NDArray[np.int64]) -> Times:
    times = minutes.astype(MINUTE)
    times[minutes < 0] = np.datetime64('NaT')
    return times


def _turned_away(connection: sqlite3.Connection, bounds: dict[str, int]) -> dict[str, int] | None:
    found = {row[0]: row[1] for row in connection.execute(TURNED_AWAY, bounds)}
    return found or None


def _second(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=TOKYO).timestamp())


def _is_working(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in NEW_YEAR and not jpholiday.is_holiday(day)
