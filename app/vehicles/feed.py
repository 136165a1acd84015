"""Cars and trips for other systems: in the order in which they were recorded, from wherever a reader stopped."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.clock import TOKYO
from app.storage.reading import ReadOnlyDatabase
from app.vehicles.trip_rows import trip_of
from app.vehicles.trip_values import TripInfo

TRIPS = """
    SELECT trip.*, vehicle.plate, driver.number AS driver_number, other.number AS returned_by_number,
           EXISTS (SELECT 1 FROM journal_subject JOIN journal_line USING (sequence)
                   WHERE subject = trip.id AND kind = 'vehicles.trip_corrected') AS is_corrected,
           (SELECT group_concat(id) FROM alcohol_check WHERE trip = trip_id) AS checks,
           (SELECT json_group_array(number) FROM json_each(trip.second_drivers) AS second
            JOIN staff ON staff.id = second.value) AS second_driver_numbers
    FROM (SELECT *, id AS trip_id FROM trip WHERE sequence > ? ORDER BY sequence LIMIT ?) AS trip
    JOIN vehicle ON vehicle.id = trip.vehicle
    LEFT JOIN staff AS driver ON driver.id = trip.driver
    LEFT JOIN staff AS other ON other.id = trip.returned_by
    ORDER BY trip.sequence
"""
CARS = """
    SELECT vehicle.*, open.id IS NOT NULL AS is_out, open.due_at AS out_until FROM vehicle
    LEFT JOIN (
        SELECT vehicle, max(id) AS id, min(due_at) AS due_at FROM trip WHERE returned_at IS NULL GROUP BY vehicle
    ) AS open ON open.vehicle = vehicle.id
    WHERE retired_at IS NULL AND plate > ? ORDER BY plate LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FedTrip:
    """A trip as readers outside get it, as its record stands now."""

    trip: TripInfo
    plate: str
    driver_number: str | None
    returned_by_number: str | None
    second_driver_numbers: tuple[str, ...]
    is_corrected: bool
    checks: tuple[UUID, ...]
    """Breath tests before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FedCar:
    """A car of the pool, and whether its key is out."""

    id: UUID
    plate: str
    name: str
    car_type: str
    guard_room: str
    department: str
    key_number: str
    odometer: int | None
    inspection_until: date | None
    compulsory_insurance_until: date | None
    is_blocked: bool
    for_disasters: bool
    is_out: bool
    out_until: datetime | None


async def trips_after(reading: ReadOnlyDatabase, sequence: int, limit: int) -> list[FedTrip]:
    """At most `limit` trips that changed after the journal line of this sequence, in the order of their change."""

    def query(connection: sqlite3.Connection) -> list[FedTrip]:
        return [_trip(row) for row in connection.execute(TRIPS, (sequence, limit))]

    return await reading.read(query)


async def cars_after(reading: ReadOnlyDatabase, plate: str, limit: int) -> list[FedCar]:
    """At most `limit` cars in use whose plate follows this one; empty: from the first."""

    def query(connection: sqlite3.Connection) -> list[FedCar]:
        return [_car(row) for row in connection.execute(CARS, (plate, limit))]

    return await reading.read(query)


def _trip(row: sqlite3.Row) -> FedTrip:
    return FedTrip(
        trip=trip_of(row),
        plate=row['plate'],
        driver_number=row['driver_number'],
        returned_by_number=row['returned_by_number'],
        second_driver_numbers=tuple(json.loads(row['second_driver_numbers'])),
        is_corrected=bool(row['is_corrected']),
        checks=tuple(_ids(row['checks'])),
    )


def _ids(joined: str | None) -> Iterable[UUID]:
    return (UUID(part) for part in joined.split(',')) if joined else ()


def _car(row: sqlite3.Row) -> FedCar:
    plain = ('plate', 'name', 'car_type', 'guard_room', 'department', 'key_number', 'odometer')
    return FedCar(
        id=UUID(row['id']),
        **{name: row[name] for name in plain},
        inspection_until=_day(row['inspection_until']),
        compulsory_insurance_until=_day(row['compulsory_insurance_until']),
        is_blocked=bool(row['blocked_reason']),
        for_disasters=bool(row['for_disasters']),
        is_out=bool(row['is_out']),
        out_until=datetime.fromisoformat(row['out_until']).astimezone(TOKYO) if row['out_until'] else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
