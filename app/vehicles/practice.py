"""Lending at a desk in practice: the same cars and rules, trips and breath tests that are in memory only."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import Moment
from app.events import Event
from app.people.cards import CardRegister
from app.people.guards import GuardRegister
from app.people.staff import StaffRegister
from app.settings import VehicleSettings
from app.vehicles.alcohol import HIGHEST_VALUE
from app.vehicles.alcohol_values import Breath, CheckInfo, CheckRefused
from app.vehicles.board import Board
from app.vehicles.checkers import Checkers
from app.vehicles.declared import Declared
from app.vehicles.driver_record import DriverRecord, record_of
from app.vehicles.duty_elsewhere import OtherRoom
from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleInfo, VehicleLedger
from app.vehicles.lent_twice import DoubleLoan
from app.vehicles.open_positives import OpenPositives
from app.vehicles.overrides import NotOverridable, Override
from app.vehicles.permits import GatePermits
from app.vehicles.practice_shifts import PracticeShifts
from app.vehicles.reservations import Reservations
from app.vehicles.room import Vehicles
from app.vehicles.suggestions import Destinations
from app.vehicles.trip_table import UnderWay
from app.vehicles.trip_values import NO_LINE, HandOver, TakeBack, TripInfo, TripProblem, TripRefused
from app.vehicles.trips import refuse_impossible


class PracticeTrips:
    """Keys that only seem to be out. At the beginning all cars are in, whatever is lent."""

    def __init__(self, ledger: VehicleLedger) -> None:
        self._ledger = ledger
        self._open: dict[UUID, TripInfo] = {}
        self._odometers: dict[UUID, int] = {}

    async def hand_over(self, order: HandOver) -> TripInfo:
        """Open a trip in memory.

        Raises:
            TripRefused: the car is unknown, or is out in this practice.
        """
        car = await self._ledger.get(order.vehicle)
        if car is None:
            raise TripRefused(TripProblem.CAR_UNKNOWN)
        if order.vehicle in self._open:
            raise TripRefused(TripProblem.CAR_OUT)
        self._open[order.vehicle] = _opened(order, self._odometers.get(car.id, car.odometer))
        return self._open[order.vehicle]

    async def take_back(self, order: TakeBack) -> TripInfo:
        """Close a trip in memory.

        Raises:
            TripRefused: no such trip is open in this practice, or the odometer cannot be right.
        """
        trip = next((each for each in self._open.values() if each.id == order.trip), None)
        if trip is None:
            raise TripRefused(TripProblem.NOT_OUT)
        refuse_impossible(trip, order)
        del self._open[trip.vehicle]
        self._odometers[trip.vehicle] = order.odometer
        return _closed(trip, order, clock.now())

    async def now(self) -> UnderWay:
        """All trips of this practice under way."""
        return UnderWay(list(self._open.values()))


@dataclass(frozen=True, slots=True)
class PracticeBreaths:
    """Breath tests that no record book holds. `limit` in mg/L."""

    limit: Decimal

    async def record(self, breath: Breath) -> CheckInfo:
        """What the record would say.

        Raises:
            CheckRefused: no breath has this value.
        """
        if not Decimal(0) <= breath.value <= HIGHEST_VALUE:
            raise CheckRefused(str(breath.value))
        return CheckInfo(
            sequence=NO_LINE,
            id=uuid.uuid4(),
            phase=breath.phase,
            driver=breath.driver,
            vehicle=breath.vehicle,
            trip=breath.trip,
            checked_at=breath.at.at if breath.at else clock.now(),
            confirmer=breath.confirmer,
            method=breath.method,
            checker=breath.checker,
            value=breath.value,
            is_positive=breath.value > self.limit,
            instruction='',
            instructed_by=None,
        )

    async def record_before_drive(self, breath: Breath) -> tuple[CheckInfo, DriverRecord]:
        """What the record would say; positive tests wait for nothing, for nobody instructs in a practice."""
        record = await record_of(breath.driver)
        return await self.record(breath), replace(record, open_positives=OpenPositives())

    async def keep_uncounted(
        self, desk: UUID, driver: UUID | None, value: Decimal, words: str, why: str, at: Moment
    ) -> None:
        """Nothing is kept."""


class PracticeOverrides:
    """Permissions that open a gate in this practice only."""

    async def permit(self, override: Override) -> None:
        """Let it pass.

        Raises:
            NotOverridable: the law closes one of the gates.
        """
        if not all(gate.may_be_overridden for gate in override.gates):
            raise NotOverridable


class NoLoans:
    """In a practice no car is lent twice."""

    async def under_way(self) -> list[DoubleLoan]:
        """None."""
        return []


class NoLoneReturns:
    """In a practice a car of an unknown trip comes back into nothing."""

    async def take(self, vehicle: UUID, order: TakeBack) -> None:
        """Nothing is kept."""


class NobodyTurnedAway:
    """In a practice nobody is counted."""

    async def note(self, press: UUID, desk: UUID, car_type: str = '') -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeVehicles:
    """The room of a desk in practice: reads what is real, and writes to memory."""

    real: Vehicles
    settings: VehicleSettings
    ledger: VehicleLedger
    checkers: Checkers
    alcohol: PracticeBreaths
    trips: PracticeTrips
    reservations: Reservations
    shifts: PracticeShifts
    staff: StaffRegister
    guards: GuardRegister
    cards: CardRegister
    permits: GatePermits
    other_room: OtherRoom
    destinations: Destinations
    declared: Declared
    loans: NoLoans = field(default_factory=NoLoans)
    overrides: PracticeOverrides = field(default_factory=PracticeOverrides)
    lone_returns: NoLoneReturns = field(default_factory=NoLoneReturns)
    turned_away: NobodyTurnedAway = field(default_factory=NobodyTurnedAway)
    board: Board = field(default_factory=Board)
    CHANGED: Event[None] = field(default_factory=Event)

    def gates_inside(self, cars: Sequence[VehicleInfo]) -> list[tuple[Gate, ...]]:
        """Why the key of each car would stay today, whoever drives."""
        return self.real.gates_inside(cars)


def practice_of(real: Vehicles) -> PracticeVehicles:
    """A practice that begins now."""
    return PracticeVehicles(
        real=real,
        settings=real.settings,
        ledger=real.ledger,
        checkers=real.checkers,
        alcohol=PracticeBreaths(Decimal(real.settings.alcohol_limit)),
        trips=PracticeTrips(real.ledger),
        reservations=real.reservations,
        shifts=PracticeShifts(real.shifts),
        staff=real.staff,
        guards=real.guards,
        cards=real.cards,
        permits=real.permits,
        other_room=real.other_room,
        destinations=real.destinations,
        declared=real.declared,
    )


def _opened(order: HandOver, odometer: int | None) -> TripInfo:
    return TripInfo(
        id=uuid.uuid4(),
        vehicle=order.vehicle,
        driver=order.driver,
        reservation=order.reservation,
        destination=order.destination,
        purpose=order.purpose,
        passengers=order.passengers,
        out_at=clock.now(),
        due_at=order.due_at,
        odometer_out=odometer,
    )


def _closed(trip: TripInfo, order: TakeBack, at: datetime) -> TripInfo:
    return replace(
        trip,
        returned_at=at,
        returned_by=order.returned_by,
        odometer_in=order.odometer,
        fuel_litres=order.fuel_litres,
        fuel_yen=order.fuel_yen,
        has_receipt=order.has_receipt,
        abnormality=order.abnormality,
        is_accident=order.is_accident,
    )
