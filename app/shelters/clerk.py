"""What each touch and press at a reception desk leads to: records it, and answers with the next moment of the desk."""

from dataclasses import replace
from uuid import UUID

from app import clock
from app.shelters.calls import UrgentCalls
from app.shelters.departures import Going
from app.shelters.desk_face import FaceRefused, OnceMore, Outcome
from app.shelters.desk_families import FamilyReception
from app.shelters.desk_flow import TYPING, Flow
from app.shelters.desk_people import Unknown
from app.shelters.desk_screens import PersonShown, Problem, Step, Told
from app.shelters.guardians import Guardians
from app.shelters.reception import At, Found, Newcomer, Reception
from app.shelters.stays import NotHere, Stays
from app.shelters.tokens import Token
from app.shelters.until import Until, expected_at
from app.shelters.values import LeftFor, PersonClass, Place, Urgency
from app.shelters.visitors import visitor_at_desk
from app.shelters.withdrawing import Withdrawals
from device_drivers.card_reader.interface import FaceRead
from device_drivers.cards.credential import CardKind, Credential
from device_drivers.cards.text_application import FaceKeyKind


class Clerk:
    """Serves whoever stands at a desk. Every method answers with the flow to go on with."""

    def __init__(
        self,
        reception: Reception,
        families: FamilyReception,
        stays: Stays,
        calls: UrgentCalls,
        withdrawals: Withdrawals,
        guardians: Guardians,
    ) -> None:
        self._reception = reception
        self.families = families
        self._stays = stays
        self._calls = calls
        self._withdrawals = withdrawals
        self._guardians = guardians

    async def touched(self, at: At, flow: Flow, credential: Credential) -> Flow:
        """A card: whoever is known came; while digits are typed, nothing happens."""
        if flow.step in TYPING:
            return flow
        token = Token.of_card(credential)
        is_my_number = credential.kind is CardKind.MY_NUMBER
        card = Unknown(token=token, is_my_number=is_my_number)
        return await self._met(at, flow, await self._reception.touched(at, token), card)

    def cannot_be_identified(self, flow: Flow) -> Flow:
        """A My Number Card whose certificate is of no use here: its face can still be read."""
        if flow.step in TYPING:
            return flow
        return flow.unknown(Unknown(is_my_number=True), clock.monotonic())

    async def scanned(self, at: At, flow: Flow, text: str) -> Flow:
        """A code or a number; a household's own code brings all that it entered."""
        if flow.step in TYPING:
            return flow
        drafted = await self.families.scanned(at, flow, text)
        return drafted or await self._met(at, flow, await self._reception.scanned(at, text), None)

    async def register(self, at: At, flow: Flow, person_class: PersonClass, attempt: str) -> Flow:
        """One press: whoever stands there, with the card that was touched if there is one."""
        if flow.step not in (Step.NEW, Step.HOUSEHOLD):
            return flow
        newcomer = Newcomer(
            visitor=visitor_at_desk(flow, at.shelter),
            person_class=person_class,
            token=flow.card.token if flow.card else None,
            family_of=flow.family.first if flow.family else None,
            attempt=f'{at.desk}:{attempt}',
            language=flow.language,
        )
        found = await self._reception.register(at, newcomer)
        is_new = found.told is Told.REGISTERED
        return flow.registered(found.person, found.told, clock.monotonic(), may_withdraw=is_new)

    async def bind(self, at: At, flow: Flow) -> Flow:
        """The card belongs to whoever was registered just before."""
        if flow.step is not Step.NEW or flow.last is None or flow.card is None or flow.card.token is None:
            return flow
        bound = await self._reception.bind(at, flow.last.evacuee, flow.card.token)
        now = clock.monotonic()
        if isinstance(bound, Problem):
            return flow.with_problem(bound, now)
        if flow.family is not None:
            return replace(flow.next_household(now), person=bound.person, told=Told.BOUND)
        return flow.changed(bound.person, Told.BOUND, now)

    def face_told(self, flow: Flow, outcome: Outcome) -> Flow:
        """The card was read, or not."""
        now = clock.monotonic()
        match outcome:
            case FaceRead(credential=credential, attributes=face):
                token = Token.of_card(credential) if credential else None
                if flow.card and flow.card.token and token and flow.card.token != token:
                    return flow.face_refused(FaceKeyKind.CODE_B, Problem.OTHER_CARD, now)
                return flow.face_read(face, now)
            case OnceMore(problem=problem):
                return flow.reading(now, problem)
            case FaceRefused(kind=kind, problem=problem, tries_left=left):
                return flow.face_refused(kind, problem, now, left)

    async def confirm(self, at: At, flow: Flow) -> Flow:
        """Register whose card was read, at once; who was registered before is named after a look and a press."""
        if flow.step is not Step.CONFIRM or flow.face is None:
            return flow
        now = clock.monotonic()
        if flow.person is not None:
            named = await self._reception.name(at, flow.person.evacuee, flow.face)
            return flow.changed(named.person, named.told, now)
        newcomer = Newcomer(
            token=flow.card.token if flow.card else None,
            face=flow.face,
            visitor=visitor_at_desk(flow, at.shelter),
            family_of=flow.family.first if flow.family else None,
            language=flow.language,
        )
        found = await self._reception.register(at, newcomer)
        return flow.registered(found.person, found.told, now, may_withdraw=found.told is Told.REGISTERED)

    async def arrive(self, at: At, flow: Flow) -> Flow:
        """Somebody who was looked up stands here."""
        person = _person_of(flow)
        found = await self._reception.receive(at, person.evacuee)
        return flow.changed(found.person, found.told, clock.monotonic())

    async def end_elsewhere(self, at: At, flow: Flow) -> Flow:
        """The stay at the other shelter is over."""
        person = _person_of(flow)
        if person.elsewhere is None:
            return flow
        here = Going(shelter=at.shelter.id)
        await self._stays.leave(person.evacuee, person.elsewhere, LeftFor.OTHER_SHELTER, at.actor, at.desk, here)
        return await self._changed(at, flow, person, Told.ENDED_ELSEWHERE)

    async def next_member(self, flow: Flow) -> Flow:
        """The next of this household."""
        members = await self._reception.members_of(_person_of(flow).evacuee)
        return flow.next_member(members, clock.monotonic())

    async def join(self, at: At, flow: Flow) -> Flow:
        """Who is shown belongs to the household of before."""
        if not flow.may_join or flow.family is None:
            return flow
        members = await self._reception.join(at, flow.family.first, _person_of(flow).evacuee)
        return flow.joined(members, clock.monotonic())

    async def withdraw(self, at: At, flow: Flow) -> Flow:
        """The last registration was a slip."""
        if not flow.may_withdraw:
            return flow
        await self._withdrawals.withdraw(_person_of(flow).evacuee, at.shelter.id, at.actor, at.desk)
        return flow.withdrawn(clock.monotonic())

    async def go_out(self, at: At, flow: Flow, until: Until) -> Flow:
        """Out for a while."""
        if flow.step is not Step.OUT:
            return flow
        person, back_at = _person_of(flow), expected_at(until, clock.now())
        if await self._guardians.is_alone(person.evacuee):
            return flow.with_problem(Problem.CHILD_ALONE, clock.monotonic())
        await self._stays.go_out(person.evacuee, at.shelter.id, at.actor, expected_at=back_at, desk=at.desk)
        return await self._gone(at, flow, person, Told.WENT_OUT)

    async def begin_going(self, flow: Flow, step: Step) -> Flow:
        """Ask until when, or where to; a child alone goes with nobody before staff have recorded who takes it."""
        asked = flow.to(step, clock.monotonic())
        if asked.step is not step or not await self._guardians.is_alone(_person_of(flow).evacuee):
            return asked
        return flow.with_problem(Problem.CHILD_ALONE, clock.monotonic())

    async def leave(self, at: At, flow: Flow, left_for: LeftFor) -> Flow:
        """Left for good."""
        if flow.step is not Step.LEAVE:
            return flow
        person = _person_of(flow)
        if await self._guardians.is_alone(person.evacuee):
            return flow.with_problem(Problem.CHILD_ALONE, clock.monotonic())
        await self._stays.leave(person.evacuee, at.shelter.id, left_for, at.actor, at.desk)
        return await self._gone(at, flow, person, Told.LEFT)

    async def flag_alone(self, at: At, flow: Flow) -> Flow:
        """The child who was just registered came without an adult."""
        person = _person_of(flow)
        if flow.step is not Step.PERSON or not person.may_be_alone:
            return flow
        await self._guardians.flag(person.evacuee, at.actor, at.desk)
        return await self._changed(at, flow, person, Told.FLAGGED_ALONE)

    async def move(self, at: At, flow: Flow, area: UUID | None, place: Place) -> Flow:
        """To another area, or to the car."""
        if flow.step is not Step.MOVE:
            return flow
        person = _person_of(flow)
        await self._stays.move(person.evacuee, at.shelter.id, at.actor, area=area, place=place, desk=at.desk)
        return await self._changed(at, flow, person, Told.MOVED)

    async def call(self, at: At, flow: Flow, urgency: Urgency, attempt: str) -> Flow:
        """Somebody cannot wait; help comes first, whoever it is."""
        if flow.step is not Step.URGENT:
            return flow
        person = flow.person
        area = person.area if person and person.area else at.place.area
        evacuee = person.evacuee if person else None
        await self._reception.call(at, urgency, evacuee, area, f'{at.desk}:{attempt}')
        after = await self._reception.show(at, person.evacuee) if person else None
        return flow.called(after, clock.monotonic())

    async def _met(self, at: At, flow: Flow, found: Found | Unknown | Problem, card: Unknown | None) -> Flow:
        return await self.families.met(at, flow, found) or self._led_to(flow, found, card)

    def _led_to(self, flow: Flow, found: Found | Unknown | Problem, card: Unknown | None) -> Flow:
        now = clock.monotonic()
        match found:
            case Found(person=person, told=told):
                return flow.found(person, told, now, card)
            case Unknown():
                unknown = flow.unknown(card or found, now)
                return unknown.to(Step.CODE, now) if flow.reads_faces else unknown
            case Problem():
                return flow.with_problem(found, now)

    async def _gone(self, at: At, flow: Flow, person: PersonShown, told: Told) -> Flow:
        shown = await self._reception.show(at, person.evacuee)
        return replace(flow, person=shown).finished(told, clock.monotonic())

    async def _changed(self, at: At, flow: Flow, person: PersonShown, told: Told) -> Flow:
        return flow.changed(await self._reception.show(at, person.evacuee), told, clock.monotonic())


def _person_of(flow: Flow) -> PersonShown:
    if flow.person is None:
        raise NotHere
    return flow.person
