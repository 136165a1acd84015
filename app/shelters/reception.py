"""What a reception desk asks and records about people; the desk itself holds nothing but the moment."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from app.journal.line import Actor
from app.messages.languages import Language
from app.shelters.alike import Alike
from app.shelters.calls import Help, UrgentCalls
from app.shelters.desk_people import Unknown
from app.shelters.desk_places import DeskPlace
from app.shelters.desk_screens import PersonShown, Problem, Told
from app.shelters.details import PersonDetails, SharedDetails
from app.shelters.evacuees import EvacueeInfo, Evacuees, Registration
from app.shelters.faces import details_of_face
from app.shelters.households import Households
from app.shelters.memberships import By
from app.shelters.number_lookups import NumberLookups
from app.shelters.other_shelters import OtherShelters
from app.shelters.places import ShelterInfo
from app.shelters.printed_codes import CodeOrigin, ReadCode
from app.shelters.registering_together import register_into, shared_of
from app.shelters.resident_session import DeskAct, may_here
from app.shelters.shown_people import shown
from app.shelters.stays import Arrival, StayInfo, Stays
from app.shelters.tokens import Token, Tokens
from app.shelters.values import Assured, PersonClass, StayState, Urgency
from device_drivers.cards.text_application import FaceAttributes

NOT_TO_BE_BOUND = {CodeOrigin.OTHER_BOX: Problem.OTHER_BOX, CodeOrigin.MISTYPED: Problem.UNKNOWN_CODE}
MERGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A desk that receives people: where it stands, and in whose name it acts."""

    desk: UUID
    actor: Actor
    place: DeskPlace
    shelter: ShelterInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who is to be registered: by a press, or by what their card told."""

    person_class: PersonClass = PersonClass.UNKNOWN
    token: Token | None = field(default=None, repr=False)
    face: FaceAttributes | None = None
    visitor: bool = False
    family_of: UUID | None = None
    """First member of the household that they belong to."""
    attempt: str = ''
    language: Language = Language.JAPANESE


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who is known, and what was recorded."""

    person: PersonShown
    told: Told


class Reception:
    """Receives people at the desks of a shelter."""

    def __init__(
        self,
        *,
        evacuees: Evacuees,
        stays: Stays,
        tokens: Tokens,
        households: Households,
        calls: UrgentCalls,
        alike: Alike,
        numbers: NumberLookups,
        others: OtherShelters,
    ) -> None:
        self._evacuees = evacuees
        self._stays = stays
        self._tokens = tokens
        self._households = households
        self._calls = calls
        self._alike = alike
        self._numbers = numbers
        self._others = others

    async def touched(self, at: At, token: Token) -> Found | Unknown | Problem:
        """A card was touched or a code scanned: who is known came, or came back."""
        holder = await self.holder(at, token)
        return await self.receive(at, holder) if isinstance(holder, UUID) else holder

    async def holder(self, at: At, token: Token) -> UUID | Unknown | Problem:
        """Whose card or code it is; nothing is recorded."""
        info = await self._evacuees.by_token(token)
        if info is None or (info.practice and not at.shelter.practice):
            return Unknown(token=token)
        await self._tokens.recognise(token)
        return Problem.REAL_CARD if at.shelter.practice and not info.practice else info.id

    def read_code(self, text: str) -> ReadCode:
        """What a scanner read or somebody typed, as it is looked for."""
        return self._tokens.codes.read(text)

    async def scanned(self, at: At, text: str) -> Found | Unknown | Problem:
        """What a scanner read or somebody typed: a code that was bound, a number, or a code to be bound."""
        code = self.read_code(text)
        if code.origin is CodeOrigin.NONE:
            return Problem.UNKNOWN_CODE
        found = await self.touched(at, Token.printed(code.text))
        if not isinstance(found, Unknown) or code.origin is CodeOrigin.OWN:
            return found
        numbered = await self.numbered(at, code.text)
        if numbered is None:
            return found if await self._tokens.may_bind(code) else NOT_TO_BE_BOUND.get(code.origin, found)
        return Found(await self.show(at, numbered), Told.SHOWN) if isinstance(numbered, UUID) else numbered

    async def numbered(self, at: At, code: str) -> UUID | Problem | None:
        """Whose number it is; None: it is no number."""
        return await self._numbers.whose(code, at.shelter, at.actor, at.desk)

    async def receive(self, at: At, evacuee: UUID) -> Found:
        """Somebody who is known stands at the desk: present, back, or come from elsewhere."""
        info = await self._get(evacuee)
        before = _open_here(await self._stays.of(info.id), at.shelter.id)
        visitor = any(stay.visitor for stay in await self._stays.of(info.id))
        await self._stays.arrive(info.id, self._arrival(at, visitor=visitor), at.actor, at.desk)
        told = Told.ARRIVED if before is None else Told.BACK if before.state is StayState.AWAY else Told.ALREADY
        return Found(await self.show(at, info.id), told)

    async def register(self, at: At, newcomer: Newcomer) -> Found:
        """Register somebody, or answer who holds the card already.

        Raises:
            StorageError: nothing was recorded.
        """
        await self._end_practice_token(at, newcomer.token)
        first = await self._get(newcomer.family_of) if newcomer.family_of else None
        shared, face = await shared_of(self._households, first), newcomer.face
        of_household = PersonDetails(postal_code=shared.postal_code, address=shared.address)
        details = details_of_face(face) if face else of_household
        registration = Registration(
            arrival=self._arrival(at, visitor=newcomer.visitor),
            person_class=newcomer.person_class,
            details=replace(details, language=newcomer.language.value),
            assured=Assured.CARD_DATA if face else Assured.TOLD,
            token=newcomer.token,
            attempt=newcomer.attempt,
        )
        by = By(at.actor, at.desk)
        registered = await register_into(self._evacuees, self._households, registration, first, by)
        show = self.show_read if face else self.show
        told = Told.ALREADY if registered.already else Told.REGISTERED
        return Found(await show(at, registered.evacuee.id), told)

    async def name(self, at: At, evacuee: UUID, face: FaceAttributes) -> Found:
        """What the card told belongs to somebody who was registered without a name."""
        info = await self._get(evacuee)
        told = details_of_face(face)
        details = replace(info.details, name=told.name, address=told.address, birth_date=told.birth_date, sex=told.sex)
        await self._evacuees.set_details(info.id, details, at.actor, assured=Assured.CARD_DATA, desk=at.desk)
        return Found(await self.show_read(at, info.id), Told.NAMED)

    async def bind(self, at: At, evacuee: UUID, token: Token) -> Found | Problem:
        """Let a card lead to somebody who was just registered."""
        await self._end_practice_token(at, token)
        holder = await self._evacuees.bind(evacuee, token, at.actor, at.desk)
        return Found(await self.show(at, evacuee), Told.BOUND) if holder == evacuee else Problem.TAKEN

    async def members_of(self, evacuee: UUID) -> int:
        """How many belong to the household of this person; 1 where none is known."""
        household = await self._households.of(evacuee)
        return len(household.members) if household else 1

    async def join(self, at: At, first: UUID, evacuee: UUID) -> int:
        """Take somebody into the household of `first`, which is made if there was none; answers its size."""
        household = await self._households.of(first)
        if household is None:
            about = (await self._get(first)).details
            shared = SharedDetails(postal_code=about.postal_code, address=about.address, phone=about.phone)
            made = await self._households.create([first, evacuee], at.actor, shared=shared, desk=at.desk)
            return len(made.members)
        return len((await self._households.add(household.id, [evacuee], at.actor, at.desk)).members)

    async def call(self, at: At, urgency: Urgency, evacuee: UUID | None, area: UUID | None, attempt: str) -> None:
        """Call for help, at once; then it is kept with the person."""
        help_ = Help(
            shelter=at.shelter.id,
            urgency=urgency,
            evacuee=evacuee,
            area=area,
            practice=at.shelter.practice,
            attempt=attempt,
        )
        await self._calls.call(help_, at.actor, at.desk)
        if evacuee is None:
            return
        info = await self._get(evacuee)
        details = replace(info.details, urgencies=info.details.urgencies | {urgency})
        if details != info.details:
            await self._evacuees.set_details(info.id, details, at.actor, assured=info.assured, desk=at.desk)

    async def show(self, at: At, evacuee: UUID) -> PersonShown:
        """A person as this desk shows them."""
        info = await self._get(evacuee)
        here = _open_here(await self._stays.of(info.id), at.shelter.id)
        still_at = await self._others.still_at(info.id, at.shelter.id)
        return shown(info, here, still_at, at.place.areas, await self._others.came_from(info.id))

    async def show_read(self, at: At, evacuee: UUID) -> PersonShown:
        """The same when a name was just read: with the number of whoever may be the same, but not for residents."""
        alike = await self._alike.to(evacuee) if may_here(at.shelter, DeskAct.SEARCH) else ''
        return replace(await self.show(at, evacuee), alike=alike)

    async def standing(self, at: At, evacuee: UUID) -> UUID | None:
        """Who this is now, through merges; None: somebody of a drill where there is none, or the reverse."""
        info = await self._get(evacuee)
        return info.id if info.practice is at.shelter.practice else None

    async def _get(self, evacuee: UUID) -> EvacueeInfo:
        info = await self._evacuees.get(evacuee)
        for _merge in range(MERGES):
            if info is None or info.merged_into is None:
                break
            info = await self._evacuees.get(info.merged_into)
        if info is None:
            raise LookupError('evacuee')
        return info

    async def _end_practice_token(self, at: At, token: Token | None) -> None:
        info = await self._evacuees.by_token(token) if token and not at.shelter.practice else None
        if info is not None and token is not None and info.practice:
            await self._tokens.end_alike(info.id, token)

    def _arrival(self, at: At, *, visitor: bool) -> Arrival:
        return Arrival(shelter=at.shelter.id, area=at.place.area, visitor=visitor, practice=at.shelter.practice)


def _open_here(stays: list[StayInfo], shelter: UUID) -> StayInfo | None:
    return next((stay for stay in stays if stay.shelter == shelter and stay.state is not StayState.LEFT), None)
