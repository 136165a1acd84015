"""The parts of the vehicles room, put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app import clock
from app.access.shifts import Shifts
from app.events import Event
from app.garoon_settings import GaroonSettings
from app.journal.journal import Journal
from app.people.cards import CardRegister
from app.people.guards import GuardRegister
from app.people.staff import StaffRegister
from app.settings import VehicleSettings
from app.storage.remembered import Worked
from app.storage.vault import Vault
from app.vehicles.alcohol import AlcoholRecord
from app.vehicles.board import Board
from app.vehicles.checker_values import CheckerInfo
from app.vehicles.checkers import Checkers
from app.vehicles.garoon_polling import GaroonLink
from app.vehicles.garoon_writing import StateWriter
from app.vehicles.gates import CarFacts, DriverFacts, Gate, GateRules, closed_gates, gates_of_car
from app.vehicles.ledger import VehicleEntry, VehicleInfo, VehicleLedger
from app.vehicles.lent_twice import LoanWatch
from app.vehicles.licences import Licences
from app.vehicles.overrides import Overrides
from app.vehicles.permits import GatePermits
from app.vehicles.reservations import Reservations
from app.vehicles.trips import Trips


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicles:
    """Everything about shared cars on this box."""

    settings: VehicleSettings
    ledger: VehicleLedger
    licences: Licences
    checkers: Checkers
    alcohol: AlcoholRecord
    trips: Trips
    loans: LoanWatch
    reservations: Reservations
    garoon: GaroonLink
    overrides: Overrides
    permits: GatePermits
    shifts: Shifts
    staff: StaffRegister
    guards: GuardRegister
    cards: CardRegister
    CHANGED: Event[None]
    """Something that the boards of all car desks show has changed."""
    board: Board = field(default_factory=Board)
    _gates: Worked[list[tuple[Gate, ...]]] = field(default_factory=Worked)

    async def closed_gates(
        self, car: VehicleInfo, driver: UUID, *, breath_is_clear: bool | None, checker: CheckerInfo | None
    ) -> list[Gate]:
        """Why this driver, tested with this detector, does not get the key of this car now; empty: they do."""
        return await self.gates_between(
            car,
            driver,
            breath_is_clear=breath_is_clear,
            checker=checker,
            is_out=car.id in await self.trips.open_trips(),
            has_open_trip=await self.trips.open_trip_of(driver) is not None,
        )

    async def gates_between(
        self,
        car: VehicleInfo,
        driver: UUID,
        *,
        breath_is_clear: bool | None,
        checker: CheckerInfo | None,
        is_out: bool,
        has_open_trip: bool,
    ) -> list[Gate]:
        """The same, whatever is known about the trips of the car and the driver."""
        facts = await self._driver_facts(driver, breath_is_clear, checker, has_open_trip=has_open_trip)
        return closed_gates(_car_facts(car.entry, is_out=is_out), facts, clock.today(), self._rules)

    def gates_inside(self, cars: Sequence[VehicleInfo]) -> list[tuple[Gate, ...]]:
        """Why the key of each car would stay today, whoever drives, were it not out; in the order of the cars."""
        facts = (clock.today(), self._rules)
        entries = [car.entry for car in cars]
        return self._gates.out(None, (*facts, entries), lambda: [_gates(entry, *facts) for entry in entries])

    @property
    def _rules(self) -> GateRules:
        return GateRules(
            winter=clock.today().month in self.settings.winter_tyre_months,
            disaster=self.settings.disaster_declared,
            several_cars=self.settings.several_cars,
        )

    async def _driver_facts(
        self, driver: UUID, breath_is_clear: bool | None, checker: CheckerInfo | None, *, has_open_trip: bool
    ) -> DriverFacts:
        licence = await self.licences.of(driver)
        return DriverFacts(
            licence_classes=licence.classes if licence else None,
            licence_until=licence.valid_until if licence else None,
            licence_conditions=licence.conditions if licence else frozenset(),
            has_open_trip=has_open_trip,
            breath_is_clear=breath_is_clear,
            checker_is_valid=checker is not None and checker.is_valid(clock.today()),
            checker_is_tested=checker is not None and checker.is_tested(clock.now()),
        )


def _gates(entry: VehicleEntry, today: date, rules: GateRules) -> tuple[Gate, ...]:
    return tuple(gates_of_car(_car_facts(entry, is_out=False), today, rules))


def _car_facts(entry: VehicleEntry, *, is_out: bool) -> CarFacts:
    return CarFacts(
        inspection_until=entry.inspection_until,
        compulsory_insurance_until=entry.compulsory_insurance_until,
        voluntary_insurance_until=entry.voluntary_insurance_until,
        periodic_check_until=entry.periodic_check_until,
        licence_class=entry.licence_class,
        is_out=is_out,
        blocked_reason=entry.blocked_reason,
        for_disasters=entry.for_disasters,
        has_winter_tyres=entry.has_winter_tyres,
    )


def build_vehicles(
    vault: Vault,
    journal: Journal,
    staff: StaffRegister,
    cards: CardRegister,
    settings: VehicleSettings,
    garoon: GaroonSettings,
) -> Vehicles:
    """Put the room together."""
    changed: Event[None] = Event()
    ledger, reservations, trips = VehicleLedger(journal), Reservations(), Trips(journal, staff)
    shifts = Shifts(journal, timedelta(hours=settings.longest_shift_hours))
    room = Vehicles(
        settings=settings,
        ledger=ledger,
        licences=Licences(vault, journal),
        checkers=Checkers(journal),
        alcohol=AlcoholRecord(vault, journal, Decimal(settings.alcohol_limit)),
        trips=trips,
        loans=LoanWatch(journal, trips.under_way),
        reservations=reservations,
        garoon=GaroonLink(garoon, ledger, reservations, StateWriter()),
        overrides=Overrides(journal),
        permits=GatePermits(journal, trips.staff_number_of),
        shifts=shifts,
        staff=staff,
        guards=GuardRegister(vault, journal, shifts.end_of),
        cards=cards,
        CHANGED=changed,
    )
    # What is remembered is forgotten before the desks hear of a change and draw it.
    trips.CHANGED.listen(lambda trip: ledger.driven(trip.vehicle) if trip.returned_at else None)
    trips.CHANGED.listen(lambda trip: reservations.forget() if trip.reservation else None)
    trips.CHANGED.listen(lambda _trip: room.loans.forget())
    ledger.CHANGED.listen(lambda _car: reservations.forget())
    room.alcohol.COUNTED.listen(room.checkers.counted)
    room.ledger.CHANGED.listen(lambda _car: changed.emit(None))
    room.trips.CHANGED.listen(lambda _trip: changed.emit(None))
    room.permits.CHANGED.listen(lambda _none: changed.emit(None))
    room.loans.DOUBLE_LOAN.listen(lambda _double: changed.emit(None))
    room.trips.CHANGED.listen(lambda _trip: room.garoon.wake() if garoon.write_back else None)
    room.reservations.CHANGED.listen(lambda _none: changed.emit(None))
    room.shifts.CHANGED.listen(lambda _desk: changed.emit(None))
    return room
