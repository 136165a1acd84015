"""The parts of the vehicles room, put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

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
from app.vehicles.checkers import Checkers
from app.vehicles.declared import Declared
from app.vehicles.duty_elsewhere import OtherRoom
from app.vehicles.garoon_polling import GaroonLink
from app.vehicles.garoon_token import KeptToken
from app.vehicles.garoon_writing import StateWriter
from app.vehicles.gates import Gate
from app.vehicles.key_gates import gates_inside, rules_of
from app.vehicles.ledger import VehicleInfo, VehicleLedger
from app.vehicles.lent_twice import LoanWatch
from app.vehicles.licences import Licences
from app.vehicles.lone_returns import LoneReturns
from app.vehicles.overrides import Overrides
from app.vehicles.permits import GatePermits
from app.vehicles.reservations import Reservations
from app.vehicles.suggestions import Destinations
from app.vehicles.trips import Trips
from app.vehicles.turned_away import TurnedAwayBook


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
    turned_away: TurnedAwayBook
    lone_returns: LoneReturns
    other_room: OtherRoom
    CHANGED: Event[None]
    """Something that the boards of all car desks show has changed."""
    declared: Declared = field(default_factory=Declared)
    """Whether cars kept for disasters may go out because one was declared."""
    board: Board = field(default_factory=Board)
    destinations: Destinations = field(default_factory=Destinations)
    _gates: Worked[list[tuple[Gate, ...]]] = field(default_factory=Worked)

    def declare(self, is_on: bool) -> None:
        """A disaster was declared, or it ended: the boards show the cars that are kept for one."""
        self.declared.is_on = is_on
        self.CHANGED.emit(None)

    def gates_inside(self, cars: Sequence[VehicleInfo]) -> list[tuple[Gate, ...]]:
        """Why the key of each car would stay today, whoever drives, were it not out; in the order of the cars."""
        today = clock.today()
        rules, entries = rules_of(self.declared.applied_to(self.settings), today), [car.entry for car in cars]
        return self._gates.out(None, (today, rules, entries), lambda: gates_inside(entries, today, rules))


def build_vehicles(
    vault: Vault,
    journal: Journal,
    staff: StaffRegister,
    cards: CardRegister,
    settings: VehicleSettings,
    garoon: GaroonSettings,
    *,
    garoon_token: Path,
) -> Vehicles:
    """Put the room together; the file keeps Garoon's refresh token."""
    token = KeptToken(garoon_token, vault.secret('garoon-token'), garoon.oauth_refresh_token.get_secret_value())
    changed: Event[None] = Event()
    ledger, reservations, trips = VehicleLedger(journal), _reservations(settings, garoon), Trips(journal, staff)
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
        garoon=GaroonLink(garoon, ledger, reservations, StateWriter(), refresh=token),
        overrides=Overrides(journal),
        permits=GatePermits(journal, trips.staff_number_of),
        shifts=shifts,
        staff=staff,
        guards=GuardRegister(vault, journal, shifts.end_of),
        cards=cards,
        turned_away=TurnedAwayBook(journal),
        lone_returns=LoneReturns(journal, trips),
        other_room=OtherRoom(timedelta(hours=settings.longest_shift_hours)),
        CHANGED=changed,
    )
    # What is remembered is forgotten before the desks hear of a change and draw it.
    trips.CHANGED.listen(lambda trip: ledger.driven(trip.vehicle) if trip.returned_at else None)
    trips.CHANGED.listen(lambda trip: reservations.forget() if trip.reservation else None)
    trips.CHANGED.listen(lambda _trip: room.loans.forget())
    trips.CHANGED.listen(room.destinations.learn)
    ledger.CHANGED.listen(lambda _car: reservations.forget())
    room.alcohol.COUNTED.listen(room.checkers.counted)
    room.ledger.CHANGED.listen(lambda _car: changed.emit(None))
    room.trips.CHANGED.listen(lambda _trip: changed.emit(None))
    room.permits.CHANGED.listen(lambda _none: changed.emit(None))
    room.loans.DOUBLE_LOAN.listen(lambda _double: changed.emit(None))
    room.trips.CHANGED.listen(lambda _trip: room.garoon.wake() if garoon.write_back else None)
    room.reservations.CHANGED.listen(lambda _none: changed.emit(None))
    room.shifts.CHANGED.listen(lambda _desk: changed.emit(None))
    room.other_room.CHANGED.listen(changed.emit)
    room.lone_returns.CHANGED.listen(ledger.driven)
    room.lone_returns.CHANGED.listen(lambda _car: changed.emit(None))
    return room


def _reservations(settings: VehicleSettings, garoon: GaroonSettings) -> Reservations:
    minutes = settings.no_show_minutes
    return Reservations(timedelta(minutes=minutes) if minutes else timedelta.max, is_polled=bool(garoon.base_url))
