"""Trips beside their journal lines, without their model, which would cost more than the rest of a lending."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.storage.rows import insert_into, rows, stored
from app.storage.transaction import Rows, Statement, Transaction
from app.vehicles.trip_columns import column_of_gates, gates_of, people_of
from app.vehicles.trip_values import OF_OTHER_FORM, Source, TripInfo

OPEN_TRIPS = 'SELECT * FROM trip WHERE returned_at IS NULL ORDER BY out_at'
OPEN_TRIP = 'SELECT * FROM trip WHERE id = ? AND returned_at IS NULL'
TRIP_OF_LINE = 'SELECT * FROM trip WHERE sequence = ?'
CAR = """
    SELECT odometer, EXISTS (SELECT 1 FROM trip WHERE vehicle = vehicle.id AND returned_at IS NULL) AS is_out
    FROM vehicle WHERE id = ? AND retired_at IS NULL
"""
DRIVE_ON = """
    UPDATE vehicle SET odometer = ?1
    WHERE id = ?2 AND NOT EXISTS (SELECT 1 FROM trip WHERE vehicle = ?2 AND returned_at > ?3)
"""
BIND = 'UPDATE alcohol_check SET trip = ?, vehicle = ? WHERE id = ?'
UNKNOWN = dict.fromkeys(('returned_at', 'returned_by', 'odometer_in', 'fuel_litres', 'fuel_yen'))
HUNDREDTH = Decimal('0.01')
IDS = ('id', 'box', 'vehicle', 'driver', 'returned_by')
TIMES = ('out_at', 'due_at', 'returned_at')
HUNDREDTHS = ('fuel_litres', 'charged_kwh')
TRUTHS = ('has_receipt', 'is_accident')
LIKE_THE_COLUMN = tuple(
    name
    for name in TripInfo.__dataclass_fields__
    if name not in OF_OTHER_FORM and name not in (*IDS, *TIMES, *TRUTHS, *HUNDREDTHS)
)


async def open_trips() -> 'UnderWay':
    """All trips under way, as the database has them."""
    return UnderWay([trip_of(row) for row in await rows(OPEN_TRIPS)])


class UnderWay:
    """Trips under way, the oldest first, and how they are found."""

    def __init__(self, trips: list[TripInfo]) -> None:
        self.trips = trips
        self.of_car = {trip.vehicle: trip for trip in trips}
        """By car. A car lent twice while boxes could not talk shows the later one."""
        self.of_driver = {trip.driver: trip for trip in trips}
        """By driver, of several the last."""

    def ending(self, trip: TripInfo) -> TripInfo | None:
        """Which trip a return of this car ends: this one, or if another box ended it, the one under way."""
        return next((each for each in self.trips if each.id.int == trip.id.int), self.of_car.get(trip.vehicle))

    def with_trip(self, trip: TripInfo) -> 'UnderWay':
        """The same after this trip changed, began or ended."""
        others = [each for each in self.trips if each.id.int != trip.id.int]
        if trip.returned_at is not None:
            return UnderWay(others)
        return UnderWay(sorted([*others, trip], key=lambda each: each.out_at))


@dataclass(frozen=True, slots=True)
class CarNow:
    """What a hand-over needs to know of a car."""

    odometer: int | None
    is_out: bool


def asking_car(vehicle: UUID) -> Statement:
    """What a hand-over asks at its beginning, to be read by `car_in_use`."""
    return CAR, [str(vehicle)]


def car_in_use(found: Rows) -> CarNow | None:
    """The car, if it is not retired."""
    return CarNow(found[0]['odometer'], bool(found[0]['is_out'])) if found else None


def asking_open_trip(trip: UUID) -> Statement:
    """What a return asks at its beginning, to be read by `open_trip`."""
    return OPEN_TRIP, [str(trip)]


def open_trip(found: Rows) -> TripInfo | None:
    """The trip, if it is under way."""
    return trip_of(found[0]) if found else None


def trip_of_line(tx: Transaction, sequence: int) -> TripInfo | None:
    """The trip that this journal line changed last."""
    found = tx.ask((TRIP_OF_LINE, [sequence]))
    return trip_of(found[0]) if found else None


def insert_trip(tx: Transaction, values: Mapping[str, Any]) -> TripInfo:
    """Write a new trip at the end of the work; nothing is known of its return yet."""
    row = {'overridden': (), 'has_receipt': False, 'abnormality': '', 'is_accident': False, **values}
    tx.write_last(insert_into('trip', {**row, 'overridden': column_of_gates(row['overridden'])}))
    return TripInfo(**{**UNKNOWN, **_shown(row)}, source=Source(row['source']))


def update_trip(tx: Transaction, trip: TripInfo, changes: Mapping[str, Any]) -> TripInfo:
    """Change columns of a trip at the end of the work; the answer is how it stands then."""
    names = ', '.join(f'{name} = ?' for name in changes)
    values = [*map(stored, changes.values()), str(trip.id)]
    tx.write_last((f'UPDATE trip SET {names} WHERE id = ?', values))  # noqa: S608 - our own names
    return replace(trip, **_shown(changes))


def drive_on(tx: Transaction, vehicle: UUID, odometer: int, returned_at: datetime) -> None:
    """The car shows this now, unless a later return says otherwise."""
    tx.write_last((DRIVE_ON, [odometer, str(vehicle), stored(returned_at)]))


def bind_check(tx: Transaction, check: UUID | None, trip: UUID, vehicle: UUID) -> None:
    """Say of which trip a breath test was."""
    if check is not None:
        tx.write_last((BIND, [str(trip), str(vehicle), str(check)]))


def trip_of(row: Mapping[str, Any]) -> TripInfo:
    """A row as a value."""
    values: dict[str, Any] = {name: row[name] for name in LIKE_THE_COLUMN}
    values |= {name: UUID(row[name]) if row[name] else None for name in IDS}
    values |= {name: _time(row[name]) for name in TIMES}
    values |= {name: bool(row[name]) for name in TRUTHS}
    values |= {name: _hundredths(row[name]) for name in HUNDREDTHS}
    values['second_drivers'] = people_of(row['second_drivers'])
    values['passenger_staff'] = people_of(row['passenger_staff'])
    values['passenger_names'] = row['passenger_names'] or ''
    values['overridden'] = gates_of(row['overridden'])
    return TripInfo(**values, source=Source(row['source']))


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in TripInfo.__dataclass_fields__ and name != 'source'}


def _hundredths(number: float | str | None) -> Decimal | None:
    return None if number is None else Decimal(str(number)).quantize(HUNDREDTH)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(TOKYO) if text else None
