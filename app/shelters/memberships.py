"""Who belongs to which household: the steps that changes of households are made of."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.details import SharedDetails
from app.shelters.models import Household, HouseholdMember
from app.shelters.shared_details import open_shared, seal_shared, shared_text
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault

HOUSEHOLD_CREATED = 'shelters.household_created'
HOUSEHOLD_CHANGED = 'shelters.household_changed'
HOUSEHOLD_JOINED = 'shelters.household_joined'
HOUSEHOLD_LEFT = 'shelters.household_left'
REPRESENTATIVE_CHANGED = 'shelters.household_representative'
TABLE = 'household'


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdInfo:
    """A household as it stands: members in the order in which they joined."""

    id: UUID
    shared: SharedDetails = field(repr=False)
    members: tuple[UUID, ...]
    representative: UUID | None
    """None only where nobody belongs to it any more."""
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class By:
    """Who changes it, and at which desk."""

    actor: Actor
    desk: UUID | None = None


class NotInHousehold(Exception):
    """The person does not belong to the household, or there is none."""


class Memberships:
    """Steps within a transaction; each writes its line of the journal."""

    def __init__(self, vault: Vault, journal: Journal, changed: Event[UUID]) -> None:
        self._vault = vault
        self._journal = journal
        self._changed = changed

    async def create(self, tx: Transaction, household: UUID, shared: SharedDetails, by: By) -> None:
        """A household without members; its key must exist."""
        details = seal_shared(self._vault, TABLE, household, shared)
        await Household.create(id=household, details=details, changed_at=clock.now(), using_db=tx.connection)
        await self._write(tx, HOUSEHOLD_CREATED, household, (), by, shared)

    async def set_shared(self, tx: Transaction, household: UUID, shared: SharedDetails, by: By) -> None:
        """Replace what all members share."""
        details = seal_shared(self._vault, TABLE, household, shared)
        query = Household.filter(id=household).using_db(tx.connection)
        await query.update(details=details, changed_at=clock.now())
        await self._write(tx, HOUSEHOLD_CHANGED, household, (), by, shared)

    async def take_in(self, tx: Transaction, household: UUID, evacuees: Sequence[UUID], by: By) -> None:
        """These join, in this order; those who are in it already stay as they are."""
        there = {row.evacuee for row in await open_rows(tx, household=household)}
        joining = [evacuee for evacuee in dict.fromkeys(evacuees) if evacuee not in there]
        if not joining:
            return
        for row in await HouseholdMember.filter(evacuee__in=joining, ended_at=None).using_db(tx.connection):
            await self.let_go(tx, row.evacuee, by)
        at = clock.now()
        rows = [_member(household, each, at + timedelta(microseconds=place)) for place, each in enumerate(joining)]
        await HouseholdMember.bulk_create(rows, using_db=tx.connection)
        await self._write(tx, HOUSEHOLD_JOINED, household, tuple(joining), by)

    async def let_go(self, tx: Transaction, evacuee: UUID, by: By) -> None:
        """Somebody leaves whatever household they are in; if they spoke for it, who joined first of the others does."""
        for row in await open_rows(tx, evacuee=evacuee):
            query = HouseholdMember.filter(id=row.id).using_db(tx.connection)
            await query.update(ended_at=clock.now(), is_representative=False)
            await self._write(tx, HOUSEHOLD_LEFT, row.household, (evacuee,), by)
            await self.keep_a_speaker(tx, row.household, by)

    async def keep_a_speaker(self, tx: Transaction, household: UUID, by: By) -> None:
        """Let who joined first speak for the household if nobody does."""
        rows = await open_rows(tx, household=household)
        if rows and not any(row.is_representative for row in rows):
            await self.appoint(tx, household, rows[0].evacuee, by)

    async def appoint(self, tx: Transaction, household: UUID, evacuee: UUID, by: By) -> None:
        """Let this member speak for the household."""
        members = HouseholdMember.filter(household=household, ended_at=None).using_db(tx.connection)
        await members.update(is_representative=False)
        await members.filter(evacuee=evacuee).update(is_representative=True)
        await self._write(tx, REPRESENTATIVE_CHANGED, household, (evacuee,), by)

    async def read(self, household: UUID, tx: Transaction | None = None) -> HouseholdInfo:
        """The household.

        Raises:
            NotInHousehold: there is none of this id.
        """
        query = Household.filter(id=household)
        row = await (query.using_db(tx.connection) if tx else query).first()
        if row is None:
            raise NotInHousehold
        members = await open_rows(tx, household=household)
        return HouseholdInfo(
            id=row.id,
            shared=open_shared(self._vault, TABLE, row.id, row.details),
            members=tuple(member.evacuee for member in members),
            representative=next((member.evacuee for member in members if member.is_representative), None),
            changed_at=row.changed_at,
        )

    async def _write(
        self,
        tx: Transaction,
        kind: str,
        household: UUID,
        evacuees: tuple[UUID, ...],
        by: By,
        shared: SharedDetails | None = None,
    ) -> None:
        sealed = () if shared is None else (Sealed(household, RecordClass.SHELTER, {'details': shared_text(shared)}),)
        act = Act(kind=kind, actor=by.actor, subjects=(household, *evacuees), desk=by.desk, sealed=sealed)
        await self._journal.append(tx, act)
        tx.after_commit(lambda: self._changed.emit(household))


async def open_rows(tx: Transaction | None, **of: UUID) -> list[HouseholdMember]:
    """Memberships that have not ended, of a household or of a person, in the order of joining."""
    query = HouseholdMember.filter(ended_at=None, **of).order_by('joined_at')
    return await (query.using_db(tx.connection) if tx else query)


def _member(household: UUID, evacuee: UUID, joined_at: datetime) -> HouseholdMember:
    return HouseholdMember(id=uuid.uuid4(), household=household, evacuee=evacuee, joined_at=joined_at)
