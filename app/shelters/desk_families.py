"""A household that entered itself on its own phone comes to the desk."""

from app.shelters.desk_screens import PersonShown, Problem
from app.shelters.evacuees import Evacuees, Registration
from app.shelters.families import Families
from app.shelters.family_codes import DraftProblem, DraftRefused
from app.shelters.family_values import Taken
from app.shelters.households import Households
from app.shelters.memberships import By
from app.shelters.reception import At, Reception
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
    """Registers a whole household with one press."""

    def __init__(self, families: Families, evacuees: Evacuees, households: Households, reception: Reception) -> None:
        self._families = families
        self._evacuees = evacuees
        self._households = households
        self._reception = reception

    async def shown(self, at: At, text: str) -> Taken | Problem | None:
        """What a household entered; None: the text is nothing of the kind."""
        try:
            return await self._families.take(text, at.actor, at.desk)
        except DraftRefused as error:
            return PROBLEMS.get(error.problem)

    async def register(self, at: At, taken: Taken) -> tuple[PersonShown, int]:
        """Register all of them, all or none, as one household; the first is shown.

        Raises:
            StorageError: nothing was recorded.
        """
        family, shelter = taken.family, at.shelter
        arrival = Arrival(
            shelter=shelter.id,
            area=at.place.area,
            place=family.place,
            visitor=family.visitor or visitor_by_default(shelter, family.shared.address),
            practice=shelter.practice,
        )
        registrations = [
            Registration(
                arrival=arrival,
                details=each,
                assured=Assured.TOLD,
                attempt=f'family:{taken.draft}:{index}',
            )
            for index, each in enumerate(family.members)
        ]
        by = By(at.actor, at.desk)
        registered = await register_family(self._evacuees, self._households, registrations, family.shared, by)
        await self._families.used(taken.draft, at.actor, at.desk)
        return await self._reception.show_read(at, registered[0].evacuee.id), len(registered)
