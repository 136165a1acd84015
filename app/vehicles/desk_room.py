"""What a car desk needs of the room: the same of the real one and of one in practice."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from app.access.shifts import ShiftInfo
from app.clock import Moment
from app.events import Event
from app.people.cards import CardRegister
from app.people.guards import GuardRegister
from app.people.staff import StaffRegister
from app.settings import VehicleSettings
from app.vehicles.alcohol_values import Breath, CheckInfo
from app.vehicles.board import Board
from app.vehicles.checkers import Checkers
from app.vehicles.declared import Declared
from app.vehicles.driver_record import DriverRecord
from app.vehicles.duty_elsewhere import OtherRoom
from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleInfo, VehicleLedger
from app.vehicles.lent_twice import DoubleLoan
from app.vehicles.overrides import Override
from app.vehicles.permits import PermitInfo
from app.vehicles.reservations import Reservations
from app.vehicles.suggestions import Destinations
from app.vehicles.trip_table import UnderWay
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo


class LoneBook(Protocol):
    """Keys that come back whose trip is not known here."""

    async def take(self, vehicle: UUID, order: TakeBack) -> object:
        """Keep a return; raises TripRefused."""


class TurningAway(Protocol):
    """Who found no car."""

    async def note(self, press: UUID, desk: UUID, car_type: str = '') -> None:
        """One more."""


class TripBook(Protocol):
    """Which keys are out."""

    async def hand_over(self, order: HandOver) -> TripInfo:
        """Open a trip; raises TripRefused."""

    async def take_back(self, order: TakeBack) -> TripInfo:
        """Close a trip; raises TripRefused."""

    async def now(self) -> UnderWay:
        """The trips under way."""


class BreathBook(Protocol):
    """Breath tests."""

    async def record(self, breath: Breath) -> CheckInfo:
        """Keep one attempt; raises CheckRefused."""

    async def record_before_drive(self, breath: Breath) -> tuple[CheckInfo, DriverRecord]:
        """The same, and what else stands on record of the driver."""

    async def keep_uncounted(
        self, desk: UUID, driver: UUID | None, value: Decimal, words: str, why: str, at: Moment
    ) -> None:
        """Keep a reading that is no breath test."""


class OverrideBook(Protocol):
    """Gates that a manager opened."""

    async def permit(self, override: Override) -> None:
        """Keep the permission; raises NotOverridable."""


class PermitBook(Protocol):
    """Gates that a manager opened ahead."""

    async def coming(self) -> list[PermitInfo]:
        """Those of today and later."""


class ShiftBook(Protocol):
    """Guards on duty."""

    async def current(self, desk: UUID) -> ShiftInfo | None:
        """Who is in charge of the desk now."""

    async def begin(self, desk: UUID, operator: UUID) -> ShiftInfo:
        """The operator takes over."""

    async def end(self, desk: UUID) -> None:
        """Whoever is in charge leaves."""


class LoanBook(Protocol):
    """Cars that two guard rooms have lent."""

    async def under_way(self) -> list[DoubleLoan]:
        """Those of now."""


class CarRoom(Protocol):
    """The room as a car desk sees it."""

    @property
    def settings(self) -> VehicleSettings:
        """Rules of the city."""

    @property
    def declared(self) -> Declared:
        """Whether a disaster is."""

    @property
    def ledger(self) -> VehicleLedger:
        """All cars."""

    @property
    def checkers(self) -> Checkers:
        """The alcohol checkers."""

    @property
    def alcohol(self) -> BreathBook:
        """Breath tests."""

    @property
    def trips(self) -> TripBook:
        """Which keys are out."""

    @property
    def loans(self) -> LoanBook:
        """Cars lent twice."""

    @property
    def reservations(self) -> Reservations:
        """Who booked which car."""

    @property
    def destinations(self) -> Destinations:
        """Where people usually drive."""

    @property
    def overrides(self) -> OverrideBook:
        """Gates that a manager opened."""

    @property
    def permits(self) -> PermitBook:
        """Gates that a manager opened ahead."""

    @property
    def shifts(self) -> ShiftBook:
        """Guards on duty."""

    @property
    def staff(self) -> StaffRegister:
        """The staff."""

    @property
    def guards(self) -> GuardRegister:
        """The guards."""

    @property
    def cards(self) -> CardRegister:
        """Whose card it is."""

    @property
    def other_room(self) -> OtherRoom:
        """Who is on duty in the other guard room."""

    @property
    def lone_returns(self) -> LoneBook:
        """Keys that come back whose trip is not known here."""

    @property
    def turned_away(self) -> TurningAway:
        """Those for whom there was no car."""

    @property
    def board(self) -> Board:
        """The board as it was drawn last."""

    @property
    def CHANGED(self) -> Event[None]:
        """Something that the boards show has changed."""

    def gates_inside(self, cars: Sequence[VehicleInfo]) -> list[tuple[Gate, ...]]:
        """Why the key of each car would stay today, whoever drives."""
