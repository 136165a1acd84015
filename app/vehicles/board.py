"""The board of cars at the guards' desk: what a visitor may read, and no name on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from app.vehicles.gates import warning_stage
from app.vehicles.ledger import CarType, VehicleEntry, VehicleInfo
from app.vehicles.reservations import ReservationInfo
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
    is_unused: bool = False
    """Reserved for now, and nobody came (未使用): others may have it."""


NO_RESERVATIONS: Mapping[UUID, ReservationInfo] = {}
Things = TypeVar('Things', TripInfo, ReservationInfo)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A board, and of what it was drawn."""

    at: datetime
    holds_until: datetime | None
    """Until then no car that is out becomes overdue; None: none will."""
    facts: tuple[list[VehicleEntry], bool]
    places: Mapping[int, int]
    """Where in the rows a car stands, by the number of its id: numbers are found several times as fast as UUIDs."""
    out: Mapping[UUID, TripInfo]
    following: Mapping[UUID, ReservationInfo]
    no_shows: Mapping[UUID, ReservationInfo]
    rows: tuple[BoardRow, ...]

    def is_of(self, facts: tuple[list[VehicleEntry], bool], now: datetime) -> bool:
        """Whether only the cars differ whose trip or reservation does."""
        is_old = self.holds_until is not None and now > self.holds_until
        return not is_old and self.at <= now and self.at.date() == now.date() and self.facts == facts


class Board:
    """The board as it was drawn last: a car of which nothing changed keeps its row."""

    def __init__(self) -> None:
        self._drawn: _Drawn | None = None

    def draw(
        self,
        cars: Sequence[VehicleInfo],
        out: Mapping[UUID, TripInfo],
        following: Mapping[UUID, ReservationInfo],
        now: datetime,
        *,
        no_shows: Mapping[UUID, ReservationInfo] = NO_RESERVATIONS,
        disaster: bool = False,
    ) -> tuple[BoardRow, ...]:
        """The board as it stands now, of the trips under way and the next, or unused, reservation of each car.

        No mapping changes once it was given. In a disaster the cars that are kept for one are cars like any other.
        """

        def row(car: VehicleInfo) -> BoardRow:
            told = _row(car, out.get(car.id), following.get(car.id), now, disaster=disaster)
            return replace(told, is_unused=True) if car.id in no_shows and car.id not in out else told

        facts = ([car.entry for car in cars], disaster)
        drawn = self._drawn
        places: Mapping[int, int]
        if drawn is None or not drawn.is_of(facts, now):
            places = {car.id.int: place for place, car in enumerate(cars)}
            rows = [row(car) for car in cars]
        else:
            places, rows = drawn.places, list(drawn.rows)
            touched = (_touched(drawn.out, out), _moved(drawn.following, following), _touched(drawn.no_shows, no_shows))
            for vehicle in {vehicle for vehicles in touched for vehicle in vehicles}:
                if (place := places.get(vehicle.int)) is not None:
                    rows[place] = row(cars[place])
        self._drawn = _Drawn(now, _next_due(out, now), facts, places, out, following, no_shows, tuple(rows))
        return self._drawn.rows


def _touched(before: Mapping[UUID, Things], after: Mapping[UUID, Things]) -> Iterator[UUID]:
    """The cars of which another trip or reservation is told than before."""
    if before is after:
        return
    old = {id(each): each for each in before.values()}
    new = {id(each): each for each in after.values()}
    yield from (old[key].vehicle for key in old.keys() - new.keys())
    yield from (new[key].vehicle for key in new.keys() - old.keys())


def _moved(before: Mapping[UUID, ReservationInfo], after: Mapping[UUID, ReservationInfo]) -> Iterator[UUID]:
    return (each for each in _touched(before, after) if _start(before.get(each)) != _start(after.get(each)))


def _start(reservation: ReservationInfo | None) -> datetime | None:
    return reservation.start if reservation else None


def _next_due(out: Mapping[UUID, TripInfo], now: datetime) -> datetime | None:
    return min((trip.due_at for trip in out.values() if trip.due_at is not None and trip.due_at >= now), default=None)


def _row(
    car: VehicleInfo, trip: TripInfo | None, following: ReservationInfo | None, now: datetime, *, disaster: bool
) -> BoardRow:
    entry, today = car.entry, now.date()
    reserved_from = _start(following)
    is_kept = entry.for_disasters and not disaster
    return BoardRow(
        vehicle=car.id,
        plate=entry.plate,
        name=entry.name,
        car_type=entry.car_type,
        guard_room=entry.guard_room,
        department=entry.department,
        key_number=entry.key_number,
        state=_state(car, trip, reserved_from, now, is_kept=is_kept),
        until=trip.due_at if trip else reserved_from,
        date_ends=_date_ends(car, today),
    )


def _state(
    car: VehicleInfo,
    trip: TripInfo | None,
    reserved_from: datetime | None,
    now: datetime,
    *,
    is_kept: bool,
) -> CarState:
    if trip is not None:
        return CarState.OVERDUE if trip.due_at is not None and trip.due_at < now else CarState.OUT
    if car.entry.blocked_reason:
        return CarState.BLOCKED
    if is_kept:
        return CarState.DISASTER
    if reserved_from is not None and reserved_from.date() == now.date():
        return CarState.RESERVED
    return CarState.FREE


def _date_ends(car: VehicleInfo, today: date) -> bool:
    urgent = (0, 7)
    dates = (car.entry.inspection_until, car.entry.compulsory_insurance_until)
    return any(warning_stage(until, today) in urgent for until in dates)
