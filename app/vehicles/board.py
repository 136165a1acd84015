"""The board of cars at the guards' desk: what a visitor may read, and no name on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.storage.remembered import Worked
from app.vehicles.gates import warning_stage
from app.vehicles.ledger import CarType, VehicleInfo
from app.vehicles.trip_values import TripInfo


class CarState(StrEnum):
    """Where a car stands."""

    FREE = 'free'
    RESERVED = 'reserved'
    """Free, but somebody has booked it for soon."""
    OUT = 'out'
    OVERDUE = 'overdue'
    DISASTER = 'disaster'
    """Kept free for disasters, and none is declared."""
    BLOCKED = 'blocked'


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A car on the board."""

    vehicle: UUID
    plate: str
    name: str
    car_type: CarType
    guard_room: str
    department: str
    key_number: str
    state: CarState
    until: datetime | None
    """When it is expected back, or until when it is free."""
    date_ends: bool
    """車検 or 自賠責 has ended or ends within a week."""


class Board:
    """The board as it was drawn last: a car of which nothing changed keeps its row."""

    def __init__(self) -> None:
        self._rows: Worked[BoardRow] = Worked()

    def draw(
        self,
        cars: list[VehicleInfo],
        out: Mapping[UUID, TripInfo],
        reserved_from: Mapping[UUID, datetime],
        now: datetime,
        *,
        disaster: bool = False,
    ) -> list[BoardRow]:
        """The board as it stands now; `reserved_from` is the beginning of the next reservation of each car.

        In a disaster the cars that are kept for one are cars like any other.
        """
        today = now.date()
        # Whole numbers are found several times as fast as UUIDs.
        trips = {vehicle.int: trip for vehicle, trip in out.items()}
        reserved = {vehicle.int: start for vehicle, start in reserved_from.items()}
        rows = []
        for car in cars:
            number = car.id.int
            trip, start = trips.get(number), reserved.get(number)
            is_kept = car.entry.for_disasters and not disaster
            state = _state(car, trip, start, now, today, is_kept=is_kept)
            rows.append(self._row(number, car, state, trip.due_at if trip else start, today))
        return rows

    def _row(self, number: int, car: VehicleInfo, state: CarState, until: datetime | None, today: date) -> BoardRow:
        facts = (car.entry, state, until, today)
        return self._rows.out(number, facts, lambda: _row(car, state, until, today))


def _row(car: VehicleInfo, state: CarState, until: datetime | None, today: date) -> BoardRow:
    entry = car.entry
    return BoardRow(
        vehicle=car.id,
        plate=entry.plate,
        name=entry.name,
        car_type=entry.car_type,
        guard_room=entry.guard_room,
        department=entry.department,
        key_number=entry.key_number,
        state=state,
        until=until,
        date_ends=_date_ends(car, today),
    )


def _state(
    car: VehicleInfo,
    trip: TripInfo | None,
    reserved_from: datetime | None,
    now: datetime,
    today: date,
    *,
    is_kept: bool,
) -> CarState:
    if trip is not None:
        return CarState.OVERDUE if trip.due_at is not None and trip.due_at < now else CarState.OUT
    if car.entry.blocked_reason:
        return CarState.BLOCKED
    if is_kept:
        return CarState.DISASTER
    if reserved_from is not None and reserved_from.date() == today:
        return CarState.RESERVED
    return CarState.FREE


def _date_ends(car: VehicleInfo, today: date) -> bool:
    urgent = (0, 7)
    dates = (car.entry.inspection_until, car.entry.compulsory_insurance_until)
    return any(warning_stage(until, today) in urgent for until in dates)
