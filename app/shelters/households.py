"""Households (世帯): who belongs together, from one day to another, and who speaks for them."""

import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence
from uuid import UUID

from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Actor
from app.shelters.details import SharedDetails
from app.shelters.memberships import By, HouseholdInfo, Memberships, NotInHousehold, open_rows
from app.shelters.models import HouseholdMember
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault


class Households:
    """The households of a box. A person belongs to one at a time; who joins another leaves the one before."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self.CHANGED: Event[UUID] = Event()
        """The members, the representative or the shared details of a household changed."""
        self._members = Memberships(vault, journal, self.CHANGED)

    async def create(
        self,
        members: Sequence[UUID],
        actor: Actor,
        *,
        shared: SharedDetails | None = None,
        representative: UUID | None = None,
        desk: UUID | None = None,
    ) -> HouseholdInfo:
        """Make a household of these people; the first speaks for it unless another is said.

        Raises:
            NotInHousehold: the representative is none of them, or there is nobody.
            StorageError: nothing was recorded.
        """
        household = await self.prepare()

        async def work(tx: Transaction) -> HouseholdInfo:
            return await self.create_in(tx, household, members, By(actor, desk), shared, representative)

        return await transaction(work)

    async def prepare(self) -> UUID:
        """The id of a household to come, with its key; before a transaction that calls `create_in`."""
        household = uuid.uuid4()
        await self._vault.ensure([(household, RecordClass.SHELTER)])
        return household

    async def create_in(
        self,
        tx: Transaction,
        household: UUID,
        members: Sequence[UUID],
        by: By,
        shared: SharedDetails | None = None,
        representative: UUID | None = None,
    ) -> HouseholdInfo:
        """The same within a transaction that does more; `household` comes from `prepare`."""
        speaker = representative or next(iter(members), None)
        if speaker is None or speaker not in members:
            raise NotInHousehold
        await self._members.create(tx, household, shared or SharedDetails(), by)
        await self._members.take_in(tx, household, members, by)
        await self._members.appoint(tx, household, speaker, by)
        return await self._members.read(household, tx)

    async def add(
        self, household: UUID, evacuees: Sequence[UUID], actor: Actor, desk: UUID | None = None
    ) -> HouseholdInfo:
        """People join the household, and leave the one that they were in.

        Raises:
            NotInHousehold: there is no such household.
        """

        async def work(tx: Transaction, _before: HouseholdInfo) -> None:
            await self.add_in(tx, household, evacuees, By(actor, desk))

        return await self._change(household, work)

    async def add_in(self, tx: Transaction, household: UUID, evacuees: Sequence[UUID], by: By) -> None:
        """The same within a transaction that does more; the household must exist."""
        await self._members.take_in(tx, household, evacuees, by)
        await self._members.keep_a_speaker(tx, household, by)

    async def set_shared(
        self, household: UUID, shared: SharedDetails, actor: Actor, desk: UUID | None = None
    ) -> HouseholdInfo:
        """Replace address, phone and remarks that all share; what was before stays in the journal.

        Raises:
            NotInHousehold: there is no such household.
        """

        async def work(tx: Transaction, _before: HouseholdInfo) -> None:
            await self._members.set_shared(tx, household, shared, By(actor, desk))

        return await self._change(household, work)

    async def set_shared_in(self, tx: Transaction, household: UUID, shared: SharedDetails, by: By) -> None:
        """The same within a transaction that does more; the household must exist."""
        await self._members.set_shared(tx, household, shared, by)

    async def set_representative(
        self, household: UUID, evacuee: UUID, actor: Actor, desk: UUID | None = None
    ) -> HouseholdInfo:
        """Let another member speak for the household.

        Raises:
            NotInHousehold: they do not belong to it.
        """

        async def work(tx: Transaction, before: HouseholdInfo) -> None:
            _require(before, [evacuee])
            await self._members.appoint(tx, household, evacuee, By(actor, desk))

        return await self._change(household, work)

    async def leave(self, household: UUID, evacuee: UUID, actor: Actor, desk: UUID | None = None) -> HouseholdInfo:
        """Somebody belongs to it no longer; if they spoke for it, who joined first of the others does.

        Raises:
            NotInHousehold: they do not belong to it.
        """

        async def work(tx: Transaction, before: HouseholdInfo) -> None:
            _require(before, [evacuee])
            await self._members.let_go(tx, evacuee, By(actor, desk))

        return await self._change(household, work)

    async def leave_in(self, tx: Transaction, evacuee: UUID, by: By) -> None:
        """Leave whatever household somebody is in, within a transaction that does more."""
        await self._members.let_go(tx, evacuee, by)

    async def stand_in(self, tx: Transaction, other: UUID, kept: UUID, by: By) -> dict[str, list[str]]:
        """One record stands for another in its household, unless it is in one; answers what `stand_back` needs."""
        rows = await open_rows(tx, evacuee=other)
        if not rows:
            return {'household': [], 'joined': [], 'spoke': []}
        household, spoke = rows[0].household, rows[0].is_representative
        joins = not await open_rows(tx, evacuee=kept)
        if joins:
            await self._members.take_in(tx, household, [kept], by)
        await self._members.let_go(tx, other, by)
        if joins and spoke:
            await self._members.appoint(tx, household, kept, by)
        return {
            'household': [str(household)],
            'joined': [str(kept)] if joins else [],
            'spoke': [str(other)] if spoke else [],
        }

    async def stand_back(self, tx: Transaction, other: UUID, kept: UUID, moved: dict[str, list[str]], by: By) -> None:
        """The reverse of `stand_in`, as far as nobody changed the household since."""
        if not moved['household']:
            return
        household = UUID(moved['household'][0])
        await self._members.take_in(tx, household, [other], by)
        if moved['spoke']:
            await self._members.appoint(tx, household, other, by)
        if moved['joined'] and any(row.household == household for row in await open_rows(tx, evacuee=kept)):
            await self._members.let_go(tx, kept, by)

    async def split(
        self, household: UUID, evacuees: Sequence[UUID], actor: Actor, desk: UUID | None = None
    ) -> HouseholdInfo:
        """Make a household of its own of some members; it begins with the same address and phone.

        Raises:
            NotInHousehold: one of them does not belong to it, or nobody was named.
        """
        new = await self.prepare()

        async def work(tx: Transaction) -> HouseholdInfo:
            before = await self._members.read(household, tx)
            _require(before, evacuees)
            return await self.create_in(tx, new, evacuees, By(actor, desk), before.shared)

        return await transaction(work)

    async def join(self, household: UUID, into: UUID, actor: Actor, desk: UUID | None = None) -> HouseholdInfo:
        """All members of one household join another; the one that is left empty stays readable.

        Raises:
            NotInHousehold: one of the two does not exist, or both are the same.
        """

        async def work(tx: Transaction, _before: HouseholdInfo) -> None:
            if household == into:
                raise NotInHousehold
            members = (await self._members.read(household, tx)).members
            await self.add_in(tx, into, members, By(actor, desk))

        return await self._change(into, work)

    async def get(self, household: UUID) -> HouseholdInfo | None:
        """The household of this id."""
        try:
            return await self._members.read(household)
        except NotInHousehold:
            return None

    async def of(self, evacuee: UUID) -> HouseholdInfo | None:
        """The household that somebody belongs to now."""
        rows = await open_rows(None, evacuee=evacuee)
        return await self.get(rows[0].household) if rows else None

    async def of_all(self, evacuees: Iterable[UUID]) -> dict[UUID, UUID]:
        """Which household each of these belongs to; who belongs to none is left out. For a page of people."""
        rows = await HouseholdMember.filter(evacuee__in=list(evacuees), ended_at=None)
        return {row.evacuee: row.household for row in rows}

    async def _change(
        self, household: UUID, work: Callable[[Transaction, HouseholdInfo], Awaitable[None]]
    ) -> HouseholdInfo:
        async def changed(tx: Transaction) -> HouseholdInfo:
            await work(tx, await self._members.read(household, tx))
            return await self._members.read(household, tx)

        return await transaction(changed)


def _require(household: HouseholdInfo, evacuees: Sequence[UUID]) -> None:
    if not evacuees or not set(evacuees) <= set(household.members):
        raise NotInHousehold
