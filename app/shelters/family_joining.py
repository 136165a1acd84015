"""What a family wrote on its phone becomes part of the records that are there: nobody is registered twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.shelters.details import PersonDetails
from app.shelters.evacuees import EvacueeInfo, Evacuees, Registration
from app.shelters.families import Families
from app.shelters.family_matching import Match, matched
from app.shelters.family_values import Family, Taken
from app.shelters.households import Households
from app.shelters.joined_details import completed, filled
from app.shelters.memberships import By, open_rows
from app.shelters.stays import Arrival, Stays
from app.shelters.values import Assured, Place, StayState
from app.storage.transaction import Transaction, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Which records a draft completes, before a person presses."""

    shown: tuple[UUID, ...]
    """Who touched, or wrote it."""
    first: UUID
    """The first of them who is one of the family."""
    match: Match
    numbers: tuple[str, ...]
    """Of those whose records it completes."""
    is_protected: bool = False
    """One of them is: no name of the draft is to be seen."""


class FamilyJoining:
    """Compares drafts with the records of a household, and joins them."""

    def __init__(self, families: Families, evacuees: Evacuees, households: Households, stays: Stays) -> None:
        self._families = families
        self._evacuees = evacuees
        self._households = households
        self._stays = stays

    async def plan(self, family: Family, shown: Sequence[UUID]) -> Joining | None:
        """Whose records it would complete; None: none of those who are shown can be one of the family."""
        there = await self.household_of(shown)
        match = matched(family.members, list(there.values()), shown, clock.today())
        found = [there[evacuee] for evacuee in match.records.values()]
        first = next((evacuee for evacuee in shown if evacuee in match.records.values()), None)
        if first is None:
            return None
        return Joining(
            shown=tuple(shown),
            first=first,
            match=match,
            numbers=tuple(info.number for info in found),
            is_protected=any(info.details.protected for info in found),
        )

    async def household_of(self, shown: Sequence[UUID]) -> dict[UUID, EvacueeInfo]:
        """The records of these people and of those who live with them."""
        ids = list(shown)
        for evacuee in shown:
            household = await self._households.of(evacuee)
            ids += household.members if household else ()
        found = [await self._evacuees.get(evacuee) for evacuee in dict.fromkeys(ids)]
        return {info.id: info for info in found if info is not None and info.merged_into is None}

    async def join(self, taken: Taken, joining: Joining, arrival: Arrival, by: By) -> int:
        """Complete the records, register who has none, all or none, and throw the draft away; answers how many are new.

        Raises:
            LookupError: one of the records is gone.
            StorageError: nothing was recorded.
        """
        shared = [
            await self._evacuees.hidden(Registration(arrival=arrival, details=each)) for each in taken.family.members
        ]
        members, records = [each.details for each in shared], joining.match.records
        places = [place for place in range(len(members)) if place not in records]
        ids = dict(zip(places, await self._evacuees.prepare(len(places)), strict=True))
        household = await self._households.prepare()

        async def work(tx: Transaction) -> None:
            for place, evacuee in records.items():
                await self._complete(tx, evacuee, members[place], by)
            people = dict(records)
            for place, new in ids.items():
                attempt = f'family:{taken.draft}:{place}'
                registration = Registration(
                    arrival=arrival, details=members[place], assured=Assured.TOLD, attempt=attempt
                )
                registered = await self._evacuees.register_in(tx, new, registration, by.actor, by.desk)
                people[place] = registered.evacuee.id
            await self._gather(tx, household, joining.first, [people[place] for place in sorted(people)], taken, by)

        await transaction(work)
        await self._move(list(records.values()), arrival, by)
        await self._families.used(taken.draft, by.actor, by.desk)
        return len(places)

    async def _complete(self, tx: Transaction, evacuee: UUID, told: PersonDetails, by: By) -> None:
        info = await self._evacuees.get(evacuee)
        if info is None:
            raise LookupError('evacuee')
        details = completed(info.details, told)
        assured = Assured.TOLD if info.assured is Assured.COUNTED else info.assured
        if details != info.details:
            await self._evacuees.set_details_in(tx, evacuee, details, by.actor, assured, by.desk)

    async def _gather(
        self, tx: Transaction, new: UUID, first: UUID, people: Sequence[UUID], taken: Taken, by: By
    ) -> None:
        shared, rows = taken.family.shared, await open_rows(tx, evacuee=first)
        if rows:
            alone = [each for each in people if not await open_rows(tx, evacuee=each)]
            await self._households.add_in(tx, rows[0].household, alone, by)
            known = await self._households.get(rows[0].household)
            if known is not None and filled(known.shared, shared) != known.shared:
                await self._households.set_shared_in(tx, known.id, filled(known.shared, shared), by)
        elif len(people) > 1:
            await self._households.create_in(tx, new, people, by, shared, first)

    async def _move(self, evacuees: Sequence[UUID], arrival: Arrival, by: By) -> None:
        """Who wrote that they stay in their car or at home is not inside any more."""
        if arrival.place is Place.SHELTER:
            return
        for evacuee in evacuees:
            here = [stay for stay in await self._stays.of(evacuee) if stay.shelter == arrival.shelter]
            if any(stay.state is not StayState.LEFT and stay.place is Place.SHELTER for stay in here):
                place = arrival.place
                await self._stays.move(evacuee, arrival.shelter, by.actor, area=None, place=place, desk=by.desk)
