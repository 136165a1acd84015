"""What happens at a car desk, step by step: each takes the draft and answers with the next one, or a problem."""

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
from app.vehicles.alcohol_values import Method
from app.vehicles.breath_counter import BreathCounter, Result
from app.vehicles.breath_pictures import BreathPictures
from app.vehicles.confirming import guard_tapped, manager_tapped, officer_tapped, witness_of
from app.vehicles.desk_flow import CarFlow, Draft, next_step
from app.vehicles.desk_room import CarRoom
from app.vehicles.desk_view import draw_view
from app.vehicles.due_times import Due, due_choices, usual_due
from app.vehicles.key_tags import car_of_tag, key_shown
from app.vehicles.odometer import undoubted, with_odometer, with_witnessed_odometer
from app.vehicles.offers import offer_of, offers_for
from app.vehicles.orders import order_back, order_out
from app.vehicles.overrides import LONGEST_REASON, Override
from app.vehicles.screens import CarDeskView, Problem, Step
from app.vehicles.suggestions import usual_destinations
from app.vehicles.trip_values import TripInfo
from device_drivers.cards.credential import Credential

RolesOf = Callable[[UUID], Iterable[Role]]
LONGEST_TEXT = 200
FULL_CHARGE = 100


class CarCounter:
    """The acts of all car desks of one box."""

    def __init__(
        self,
        room: CarRoom,
        roles_of: RolesOf,
        contact: str,
        pictures: BreathPictures | None = None,
        *,
        demo: bool = False,
    ) -> None:
        self._room = room
        self._roles_of = roles_of
        self._contact = contact
        self._demo = demo
        self.breaths = BreathCounter(room, pictures)
        self.CHANGED: Event[None] = room.CHANGED

    async def view_of(self, desk: DeskInfo, flow: CarFlow) -> CarDeskView:
        """What the tablet of this desk shows."""
        return await draw_view(self._room, desk, flow, contact=self._contact, demo=self._demo)

    async def scanned(self, desk: DeskInfo, draft: Draft, text: str) -> Result:
        """The code of a key tag: the car that comes back, or the one whose key is to go out."""
        car = car_of_tag(await self._room.ledger.all(), text, desk.name)
        return Problem.TAG_UNKNOWN if car is None else await key_shown(self._room, draft, car, desk.name)

    async def tapped(self, desk: DeskInfo, draft: Draft, credential: Credential) -> Result:
        """A card: a driver begins, a guard takes the shift or confirms, an IC tag on a key names its car."""
        link, person = await whose_card(self._room.cards, self._room.staff, credential)
        if link is None:
            return Refusal.UNKNOWN_CARD
        if reason := refusal_of_link(link, tap_without_pin=self._room.cards.tap_without_pin):
            return reason
        if next_step(draft) is Step.GATES and self._may(link.subject, Permission.MANAGE_CARS):
            return manager_tapped(draft, link.subject)
        if await self._room.guards.get(link.subject) is not None:
            return await guard_tapped(self._room.shifts, desk.id, draft, link.subject)
        if person is None and (car := await self._room.ledger.get(link.subject)):
            return await key_shown(self._room, draft, car, desk.name)
        if person is None or not person.active:
            return Refusal.RETIRED
        may_confirm = self._may(link.subject, Permission.GUARD_CARS)
        confirmed = await officer_tapped(self._room.shifts, desk.id, draft, person) if may_confirm else None
        return confirmed or await self._driver_tapped(draft, person)

    async def capacity_chosen(self, desk: UUID, draft: Draft, drives: bool) -> Result:
        """Who may be in charge of the desk said whether they came to drive, or to begin their shift."""
        if draft.tapped is None:
            return Problem.FAILED
        if drives:
            return await self._begun(replace(draft, is_undecided=False))
        await self._room.shifts.begin(desk, draft.tapped.id)
        return Draft()

    async def directed(self, draft: Draft, is_return: bool) -> Result:
        """The driver with a car out said what they want."""
        if is_return and draft.open_trip is not None:
            return await self._returning(draft, draft.open_trip)
        return await self._borrowing(draft)

    async def car_chosen(self, draft: Draft, vehicle: UUID) -> Result:
        """One of the offered cars was pressed."""
        offer = offer_of(draft.offers, vehicle)
        car = await self._room.ledger.get(vehicle)
        if offer is None or car is None or draft.tapped is None:
            return Problem.CAR_TAKEN
        asks_charge = car.entry.is_electric and self._room.settings.lowest_charge_percent > 0
        chosen = replace(draft, car=car, offer=offer, due_at=offer.end, purpose=offer.purpose, asks_charge=asks_charge)
        if offer.reservation is None:
            now = clock.now()
            chosen = replace(chosen, due_at=usual_due(now, offer.end), dues=due_choices(now, offer.end))
        people = await self._people_of(offer.reservation)
        if len(people) > 1 and offer.reservation is not None:
            return replace(chosen, candidates=people)
        return await self._with_driver(chosen, draft.tapped)

    async def driver_chosen(self, draft: Draft, index: int) -> Result:
        """The one of several who drives."""
        if not 0 <= index < len(draft.candidates):
            return Problem.FAILED
        return await self._with_driver(draft, draft.candidates[index])

    async def details_entered(self, draft: Draft, destination: str, purpose: str) -> Result:
        """Where to, and what for."""
        return replace(draft, destination=destination.strip()[:LONGEST_TEXT], purpose=purpose.strip()[:LONGEST_TEXT])

    async def due_chosen(self, draft: Draft, due: Due) -> Result:
        """Until when the driver needs a car that nobody reserved."""
        at = next((choice.at for choice in draft.dues if choice.due is due), draft.due_at)
        return replace(draft, due_at=at)

    async def charge_read(self, draft: Draft, percent: int) -> Result:
        """What is left in the battery."""
        return replace(draft, charge=percent) if 0 <= percent <= FULL_CHARGE else Problem.BAD_CHARGE

    async def method_chosen(self, draft: Draft, method: Method) -> Result:
        """How the guard confirms the breath that comes."""
        return replace(draft, method=method)

    async def measures_again(self, draft: Draft) -> Result:
        """After rinsing the mouth; the first value stays in the record."""
        return replace(draft, breath=None, is_positive=False, witness=None)

    async def lets_the_car_in(self, desk: UUID, draft: Draft) -> Result:
        """The guard has seen to a positive driver who is back; the car may come in, and the value stays."""
        witness = await witness_of(self._room.shifts, desk, draft) if draft.is_return else Problem.NEEDS_GUARD
        if isinstance(witness, Problem):
            return witness
        return replace(draft, is_positive_seen=True, confirmer=witness)

    async def overridden(self, desk: UUID, draft: Draft, reason: str) -> Result:
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
                desk=desk,
            )
        )
        return replace(draft, overridden=(*draft.overridden, *((gate.value, reason) for gate in draft.still_closed)))

    async def odometer_read(self, draft: Draft, kilometres: int) -> Result:
        """What the odometer shows."""
        return with_odometer(draft, kilometres)

    async def odometer_doubted(self, draft: Draft) -> Result:
        """What was typed was a slip."""
        return undoubted(draft)

    async def odometer_confirmed(self, desk: UUID, draft: Draft) -> Result:
        """The guard has looked at the unlikely number that was typed twice."""
        witness = await witness_of(self._room.shifts, desk, draft)
        return witness if isinstance(witness, Problem) else with_witnessed_odometer(draft, witness)

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
        return await self._room.trips.take_back(order_back(desk, draft, extras))

    async def shift_ended(self, desk: UUID) -> None:
        """Whoever is in charge of the desk leaves; nobody confirms here until the next tap."""
        await self._room.shifts.end(desk)

    async def _begun(self, draft: Draft) -> Result:
        assert draft.tapped is not None  # noqa: S101 - called with the person who tapped
        trip = await self._room.trips.open_trip_of(draft.tapped.id)
        if trip is None:
            return await self._borrowing(draft)
        if self._room.settings.several_cars:
            return replace(draft, open_trip=trip)
        return await self._returning(draft, trip)

    async def _borrowing(self, draft: Draft) -> Result:
        assert draft.tapped is not None  # noqa: S101 - called with the person who tapped
        offered = await offers_for(self._room, draft.tapped)
        if not offered.offers and not offered.held_back:
            return Problem.NO_CAR_FREE
        return replace(draft, is_return=False, offers=offered.offers, held_back=offered.held_back)

    async def _returning(self, draft: Draft, trip: TripInfo) -> Result:
        car = await self._room.ledger.get(trip.vehicle)
        return replace(draft, is_return=True, open_trip=trip, car=car, driver=draft.tapped)

    async def _with_driver(self, draft: Draft, driver: StaffMember) -> Result:
        usual = await usual_destinations(driver.id)
        subject = draft.offer.purpose if draft.offer else ''
        suggestions = dict.fromkeys((destination, subject or purpose) for destination, purpose in usual)
        return replace(draft, driver=driver, suggestions=tuple(suggestions), purpose=subject)

    async def _driver_tapped(self, draft: Draft, person: StaffMember) -> Result:
        if draft.is_by_key and draft.breath is None:
            return replace(draft, tapped=person, driver=person, is_by_key=False)
        return await self._begun(Draft(tapped=person))

    def _may(self, subject: UUID, permission: Permission) -> bool:
        return roles_allow(self._roles_of(subject), permission)

    async def _people_of(self, reservation: str | None) -> tuple[StaffMember, ...]:
        if reservation is None:
            return ()
        numbers = await self._room.reservations.people_of(reservation)
        found = [await self._room.staff.find_by_number(number) for number in numbers]
        return tuple(person for person in found if person is not None and person.active)
