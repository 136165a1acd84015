"""What one event at a car desk is decided by and drawn from: read once, and the same for all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app import clock
from app.desks.register import DeskInfo
from app.settings import VehicleSettings
from app.vehicles.checker_values import CheckerInfo
from app.vehicles.desk_flow import Draft, next_step
from app.vehicles.desk_room import CarRoom
from app.vehicles.detector_choice import DetectorChoice, detectors_at
from app.vehicles.gates import GateRules
from app.vehicles.key_gates import rules_of
from app.vehicles.ledger import VehicleInfo
from app.vehicles.lent_twice import DoubleLoan
from app.vehicles.permits import PermitInfo
from app.vehicles.reservations import Coming
from app.vehicles.screens import Step
from app.vehicles.trip_table import UnderWay


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFacts:
    """The room as it stands at one moment, as one desk sees it. It is dropped when the event is over."""

    desk: DeskInfo
    now: datetime
    settings: VehicleSettings
    cars: Sequence[VehicleInfo]
    """All in use, by guard room and key number; their odometers may be those of an earlier return."""
    trips: UnderWay
    lent_twice: Sequence[DoubleLoan]
    reservations: Coming
    heard_at: datetime | None
    """When Garoon last answered."""
    permits: Sequence[PermitInfo]
    """Of today and later."""
    checkers: Sequence[CheckerInfo]
    operator: UUID | None
    """Who is in charge of the desk."""
    remote: Mapping[UUID, str] | None = None
    """Who may confirm from elsewhere, by name; None: that was not asked, for somebody is there."""
    names: Mapping[UUID, str]
    """What the desk calls those who are in charge, confirm or manage; empty where the name was erased."""

    @property
    def today(self) -> date:
        """The date in Tokyo."""
        return self.now.date()

    @property
    def rules(self) -> GateRules:
        """What the city decided for itself, today."""
        return rules_of(self.settings, self.today)

    @property
    def detectors(self) -> DetectorChoice:
        """With what a breath at this desk is measured."""
        return detectors_at(self.desk.id, self.checkers, self.today)

    def car(self, vehicle: UUID) -> VehicleInfo | None:
        """The car in use with this id."""
        number = vehicle.int
        return next((car for car in self.cars if car.id.int == number), None)

    def name_of(self, person: UUID | None) -> str:
        """What the desk calls this person."""
        return self.names.get(person, '') if person else ''

    def knows_those_of(self, draft: Draft) -> bool:
        """Whether everybody who is named beside this draft was asked for."""
        is_asked = self.remote is not None or not self.is_alone(draft)
        return is_asked and all(each is None or each in self.names for each in (draft.confirmer, draft.manager))

    def is_alone(self, draft: Draft) -> bool:
        """Whether a driver stands at the breath test, and nobody is there to confirm it."""
        driver = draft.driver or draft.tapped
        others = self.operator is not None and (driver is None or self.operator != driver.id)
        return next_step(draft) is Step.BREATH and draft.confirmer is None and not others


async def read_facts(room: CarRoom, desk: DeskInfo, draft: Draft | None = None) -> DeskFacts:
    """The facts as they are now; without a draft nobody is named, so nobody's name is asked for.

    All but names of staff is in memory, and is forgotten there with the commit that changes it.
    """
    now, cars, shift = clock.now(), await room.ledger.fleet(), await room.shifts.current(desk.id)
    operator = shift.operator if shift else None
    named = (operator, draft.confirmer, draft.manager) if draft else ()
    return DeskFacts(
        desk=desk,
        now=now,
        settings=room.declared.applied_to(room.settings),
        cars=cars,
        trips=await room.trips.now(),
        lent_twice=await room.loans.under_way(),
        reservations=await room.reservations.coming(now),
        heard_at=room.reservations.heard_at,
        permits=await room.permits.coming(),
        checkers=await room.checkers.all(),
        operator=operator,
        names=await _names(room, {person for person in named if person}),
    )


async def _names(room: CarRoom, people: Iterable[UUID]) -> dict[UUID, str]:
    guards = {person: await room.guards.get(person) for person in people}
    of_staff = [person for person, guard in guards.items() if guard is None]
    staff = await room.staff.get_many(of_staff) if of_staff else {}
    surnames = {person: staff[person].surname if person in staff else '' for person in of_staff}
    return surnames | {person: guard.surname for person, guard in guards.items() if guard}
