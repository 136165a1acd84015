"""A household that entered itself on its own phone comes to the desk, or was there before."""

from collections.abc import Sequence
from uuid import UUID

from app import clock
from app.shelters.desk_flow import Flow
from app.shelters.desk_people import Unknown
from app.shelters.desk_screens import PersonShown, Problem, Step, Told
from app.shelters.evacuees import Evacuees, Registration
from app.shelters.families import Families
from app.shelters.family_codes import DraftProblem, DraftRefused
from app.shelters.family_joining import FamilyJoining, Joining
from app.shelters.family_values import Family, Taken
from app.shelters.households import Households
from app.shelters.memberships import By
from app.shelters.reception import At, Found, Reception
from app.shelters.registering_together import register_family
from app.shelters.stays import Arrival
from app.shelters.values import Assured
from app.shelters.visitors import visitor_by_default

PROBLEMS = {
    DraftProblem.FORGED: Problem.UNKNOWN_CODE,
    DraftProblem.FOREIGN: Problem.OTHER_BOX,
    DraftProblem.EXPIRED: Problem.DRAFT_EXPIRED,
    DraftProblem.USED: Problem.DRAFT_USED,
    DraftProblem.UNKNOWN: Problem.NOT_FOUND,
}


class FamilyReception:
    """Takes in a whole household with one press: registers it, or completes the records that are there."""

    def __init__(
        self,
        families: Families,
        evacuees: Evacuees,
        households: Households,
        reception: Reception,
        joining: FamilyJoining,
    ) -> None:
        self._families = families
        self._evacuees = evacuees
        self._households = households
        self._reception = reception
        self._joining = joining

    async def scanned(self, at: At, flow: Flow, text: str) -> Flow | None:
        """A household showed what it entered; None: the text is nothing of the kind."""
        now = clock.monotonic()
        try:
            taken = await self._families.take(text, at.actor, at.desk)
        except DraftRefused as error:
            problem = PROBLEMS.get(error.problem)
            return flow.with_problem(problem, now) if problem else None
        wrote = await self._reception.standing(at, taken.evacuee) if taken.evacuee else None
        if wrote is None:
            return flow.drafted(taken, now)
        joining = await self._joining.plan(taken.family, [wrote])
        return flow.drafted(taken, now, joining) if joining else flow.with_problem(Problem.DRAFT_OF_OTHERS, now)

    async def met(self, at: At, flow: Flow, found: Found | Unknown | Problem) -> Flow | None:
        """Somebody touched: while a draft is shown they are of that family, else it may be they who wrote one.

        None: no draft has to do with it.
        """
        now = clock.monotonic()
        if isinstance(found, Found):
            return await self._known(at, flow, found.person, now)
        if flow.step is not Step.DRAFT or flow.draft is None:
            return None
        return flow.with_problem(found if isinstance(found, Problem) else Problem.DRAFT_OTHER_CARD, now)

    async def take_in(self, at: At, flow: Flow) -> Flow:
        """One press: complete the records and register who has none.

        Raises:
            LookupError, StorageError: nothing was recorded.
        """
        draft, joining, now = flow.draft, flow.joining, clock.monotonic()
        if draft is None or flow.step is not Step.DRAFT or (joining and joining.match.unclear):
            return flow
        arrival, by = _arrival(at, draft.family), By(at.actor, at.desk)
        if joining is None:
            first = await self._register(draft, arrival, by)
            return flow.cleared().registered(await self._reception.show_read(at, first), Told.REGISTERED, now)
        await self._joining.join(draft, joining, arrival, by)
        return flow.cleared().changed(await self._reception.show_read(at, joining.first), Told.COMPLETED, now)

    async def _known(self, at: At, flow: Flow, person: PersonShown, now: float) -> Flow | None:
        if flow.step is Step.DRAFT and flow.draft is not None:
            shown = list(dict.fromkeys((*_shown(flow.joining), person.evacuee)))
            joining = await self._joining.plan(flow.draft.family, shown)
            if joining is None:
                return flow.with_problem(Problem.DRAFT_OF_OTHERS, now)
            return flow.drafted(flow.draft, now, joining, person)
        if flow.family is not None:
            return None
        draft = await self._families.take_of(person.evacuee, at.actor, at.desk)
        joining = await self._joining.plan(draft.family, [person.evacuee]) if draft else None
        return flow.drafted(draft, now, joining, person) if draft and joining else None

    async def _register(self, taken: Taken, arrival: Arrival, by: By) -> UUID:
        registrations = [
            Registration(arrival=arrival, details=each, assured=Assured.TOLD, attempt=f'family:{taken.draft}:{index}')
            for index, each in enumerate(taken.family.members)
        ]
        shared = taken.family.shared
        registered = await register_family(self._evacuees, self._households, registrations, shared, by)
        await self._families.used(taken.draft, by.actor, by.desk)
        return registered[0].evacuee.id


def _shown(joining: Joining | None) -> Sequence[UUID]:
    return joining.shown if joining else ()


def _arrival(at: At, family: Family) -> Arrival:
    return Arrival(
        shelter=at.shelter.id,
        area=at.place.area,
        place=family.place,
        visitor=family.visitor or visitor_by_default(at.shelter, family.shared.address),
        practice=at.shelter.practice,
    )
