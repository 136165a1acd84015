"""What people do at a car desk where the rooms are asked or told: each answers with the next draft, or a problem."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from app import clock
from app.access.principals import Permission, Role, roles_allow
from app.desks.refusals import Refusal, refusal_of_link
from app.desks.register import DeskInfo
from app.events import Event
from app.people.staff import StaffMember
from app.people.taps import whose_card
from app.vehicles.breath_counter import BreathCounter, Result
from app.vehicles.breath_pictures import BreathPictures
from app.vehicles.confirming import guard_tapped, manager_tapped, officer_tapped
from app.vehicles.desk_facts import DeskFacts, read_facts
from app.vehicles.desk_flow import CarFlow, Draft, next_step
from app.vehicles.desk_room import CarRoom
from app.vehicles.desk_view import board_rows, draw_view
from app.vehicles.due_times import due_choices, usual_due
from app.vehicles.key_tags import car_of_tag, key_shown
from app.vehicles.ledger import VehicleInfo
from app.vehicles.lone_desk import with_lone_car
from app.vehicles.offers import offer_of, offers_for
from app.vehicles.orders import order_back, order_out
from app.vehicles.overrides import LONGEST_REASON, Override
from app.vehicles.remote_confirmers import remote_confirmers
from app.vehicles.screens import CarDeskView, DevicesShown, Problem, Step
from app.vehicles.trip_values import TripInfo
from device_drivers.cards.credential import Credential

RolesOf = Callable[[UUID], Iterable[Role]]


class CarCounter:
    """The acts of all car desks of one box. Each is decided by the facts of its event."""

    def __init__(
        self,
        room: CarRoom,
        roles_of: RolesOf,
        contact: str,
        pictures: BreathPictures | None = None,
        *,
        deputies: Callable[[], Iterable[UUID]] = tuple,
        demo: bool = False,
    ) -> None:
        self._room = room
        self._roles_of = roles_of
        self._contact = contact
        self._deputies = deputies
        self._demo = demo
        self.breaths = BreathCounter(room, pictures)
        self.CHANGED: Event[None] = room.CHANGED

    async def facts(self, desk: DeskInfo, draft: Draft) -> DeskFacts:
        """What an event at this desk is decided by and drawn from."""
        facts = await read_facts(self._room, desk, draft)
        if not facts.is_alone(draft):
            return facts
        return replace(facts, remote=await remote_confirmers(self._room, self._deputies(), draft))

    def view_of(self, facts: DeskFacts, flow: CarFlow, devices: DevicesShown) -> CarDeskView:
        """What the tablet of this desk shows."""
        rows = board_rows(self._room.board, facts) if flow.step in (Step.BOARD, Step.PROBLEM) else ()
        return draw_view(facts, flow, rows, devices, contact=self._contact, demo=self._demo)

    async def scanned(self, facts: DeskFacts, draft: Draft, text: str) -> Result:
        """The code of a key tag: the car that comes back, or the one whose key is to go out."""
        car = car_of_tag(facts.cars, text, facts.desk.name)
        return Problem.TAG_UNKNOWN if car is None else await key_shown(facts, self._room.staff, draft, car)

    async def tapped(self, facts: DeskFacts, draft: Draft, credential: Credential) -> Result:
        """A card: a driver begins, a guard takes the shift or confirms, an IC tag on a key names its car."""
        link, person = await whose_card(self._room.cards, self._room.staff, credential)
        if link is None:
            return Refusal.UNKNOWN_CARD
        if reason := refusal_of_link(link, tap_without_pin=self._room.cards.tap_without_pin):
            return reason
        if next_step(draft) is Step.GATES and self._may(link.subject, Permission.MANAGE_CARS):
            return manager_tapped(draft, link.subject)
        if await self._room.guards.get(link.subject) is not None:
            return await guard_tapped(self._room.shifts, facts.desk.id, draft, link.subject)
        if person is None and (car := await self._car(facts, link.subject)):
            return await key_shown(facts, self._room.staff, draft, car)
        if person is None or not person.active:
            return Refusal.RETIRED
        may_confirm = self._may(link.subject, Permission.GUARD_CARS)
        confirmed = officer_tapped(facts.operator, draft, person) if may_confirm else None
        return confirmed or await self._driver_tapped(facts, draft, person)

    async def capacity_chosen(self, facts: DeskFacts, draft: Draft, drives: bool) -> Result:
        """Who may be in charge of the desk said whether they came to drive, or to begin their shift."""
        if draft.tapped is None:
            return Problem.FAILED
        if drives:
            return await self._begun(facts, draft.tapped, replace(draft, is_undecided=False))
        await self._room.shifts.begin(facts.desk.id, draft.tapped.id)
        return Draft()

    async def directed(self, facts: DeskFacts, draft: Draft, is_return: bool) -> Result:
        """The driver with a car out said what they want."""
        if is_return and draft.open_trip is not None:
            return await self._returning(facts, draft, draft.open_trip)
        return Problem.FAILED if draft.tapped is None else self._borrowing(facts, draft.tapped, draft)

    async def car_chosen(self, facts: DeskFacts, draft: Draft, vehicle: UUID) -> Result:
        """One of the offered cars was pressed."""
        if draft.is_lone:
            found = await self._car(facts, vehicle)
            return Problem.FAILED if found is None else with_lone_car(facts, draft, found)
        offer = offer_of(draft.offers, vehicle)
        car = await self._car(facts, vehicle)
        if offer is None or car is None or draft.tapped is None:
            return Problem.CAR_TAKEN
        asks_charge = car.entry.is_electric and facts.settings.lowest_charge_percent > 0
        chosen = replace(draft, car=car, offer=offer, due_at=offer.end, purpose=offer.purpose, asks_charge=asks_charge)
        if offer.reservation is None:
            due_at, dues = usual_due(facts.now, offer.end), due_choices(facts.now, offer.end)
            return await self._with_driver(replace(chosen, due_at=due_at, dues=dues), draft.tapped)
        people = await self._people_of(offer.reservation)
        return replace(chosen, candidates=people) if len(people) > 1 else await self._with_driver(chosen, draft.tapped)

    async def driver_chosen(self, draft: Draft, index: int) -> Result:
        """The one of several who drives."""
        if not 0 <= index < len(draft.candidates):
            return Problem.FAILED
        return await self._with_driver(draft, draft.candidates[index])

    async def overridden(self, facts: DeskFacts, draft: Draft, reason: str) -> Result:
        """The manager who tapped opens the gates this once; it is in the journal whatever follows."""
        reason = reason.strip()[:LONGEST_REASON]
        if not reason:
            return Problem.NO_REASON
        if draft.car is None or draft.driver is None or draft.manager is None:
            return Problem.FAILED
        await self._room.overrides.permit(
            Override(
                attempt=f'{draft.attempt}:override:{draft.breaths}',
                manager=draft.manager,
                vehicle=draft.car.id,
                driver=draft.driver.id,
                gates=draft.still_closed,
                reason=reason,
                desk=facts.desk.id,
            )
        )
        return replace(draft, overridden=(*draft.overridden, *((gate.value, reason) for gate in draft.still_closed)))

    async def hand_over(self, desk: UUID, draft: Draft) -> TripInfo:
        """Key, cards and pouch went out.

        Raises:
            TripRefused: somebody else has the car meanwhile.
        """
        return await self._room.trips.hand_over(order_out(desk, draft))

    async def take_back(self, desk: UUID, draft: Draft, extras: Mapping[str, Any]) -> TripInfo:
        """Key, cards, pouch and receipt came back.

        Raises:
            TripRefused: the trip was ended elsewhere, or the odometer cannot be right.
        """
        order, trip = order_back(desk, draft, extras), draft.open_trip
        known = (await self._room.trips.now()).ending(trip) if trip else None
        if trip is None or known is not None or not draft.is_lone:
            return await self._room.trips.take_back(replace(order, trip=known.id) if known else order)
        await self._room.lone_returns.take(trip.vehicle, order)
        return replace(trip, odometer_in=order.odometer, returned_by=order.returned_by, returned_at=clock.now())

    async def turned_away(self, desk: UUID, press: UUID, car_type: str) -> None:
        """There was no car for somebody."""
        await self._room.turned_away.note(press, desk, car_type)

    async def shift_ended(self, facts: DeskFacts) -> Result:
        """Whoever is in charge of the desk leaves; nobody confirms here until the next tap."""
        await self._room.shifts.end(facts.desk.id)
        return Draft()

    async def _begun(self, facts: DeskFacts, person: StaffMember, draft: Draft) -> Result:
        trip = facts.trips.of_driver.get(person.id)
        if trip is None:
            return self._borrowing(facts, person, draft)
        if facts.settings.several_cars:
            return replace(draft, open_trip=trip)
        return await self._returning(facts, draft, trip)

    def _borrowing(self, facts: DeskFacts, person: StaffMember, draft: Draft) -> Result:
        offered = offers_for(facts, self._room.gates_inside(facts.cars), person)
        return replace(draft, is_return=False, offers=offered.offers, held_back=offered.held_back)

    async def _returning(self, facts: DeskFacts, draft: Draft, trip: TripInfo) -> Result:
        car = await self._car(facts, trip.vehicle)
        return replace(draft, is_return=True, open_trip=trip, car=car, driver=draft.tapped)

    async def _with_driver(self, draft: Draft, driver: StaffMember) -> Result:
        usual = await self._room.destinations.usual(driver.id)
        subject = draft.offer.purpose if draft.offer else ''
        suggestions = dict.fromkeys((destination, subject or purpose) for destination, purpose in usual)
        return replace(draft, driver=driver, suggestions=tuple(suggestions), purpose=subject)

    async def _driver_tapped(self, facts: DeskFacts, draft: Draft, person: StaffMember) -> Result:
        if draft.is_by_key and draft.breath is None:
            return replace(draft, tapped=person, driver=person, is_by_key=False)
        return await self._begun(facts, person, Draft(tapped=person))

    def _may(self, subject: UUID, permission: Permission) -> bool:
        return roles_allow(self._roles_of(subject), permission)

    async def _car(self, facts: DeskFacts, vehicle: UUID) -> VehicleInfo | None:
        """The car, also one that left the ledger meanwhile."""
        return facts.car(vehicle) or await self._room.ledger.get(vehicle)

    async def _people_of(self, reservation: str) -> tuple[StaffMember, ...]:
        numbers = await self._room.reservations.people_of(reservation)
        found = [await self._room.staff.find_by_number(number) for number in numbers]
        return tuple(person for person in found if person is not None and person.active)
