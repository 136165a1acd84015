"""Which records are one human being, and who lives with them."""

from collections.abc import Collection
from uuid import UUID

from app.shelters.details import open_person
from app.shelters.models import Evacuee, HouseholdMember, Stay
from app.shelters.values import Place, StayState
from app.storage.transaction import Transaction
from app.storage.vault import Vault


async def records_of(tx: Transaction, evacuee: UUID) -> frozenset[UUID]:
    """The record, and all that a person decided are the same human being."""
    known = {evacuee}
    while True:
        rows = await Evacuee.filter(id__in=list(known)).using_db(tx.connection)
        found = {row.merged_into for row in rows if row.merged_into}
        found |= {row.id for row in await Evacuee.filter(merged_into__in=list(known)).using_db(tx.connection)}
        if found <= known:
            return frozenset(known)
        known |= found


async def household_of(tx: Transaction, evacuee: UUID) -> UUID | None:
    """The household that somebody belongs to now."""
    row = await HouseholdMember.filter(evacuee=evacuee, ended_at=None).using_db(tx.connection).first()
    return row.household if row else None


async def members_of(tx: Transaction, evacuee: UUID) -> list[UUID]:
    """The others of the household, in the order in which they joined."""
    household = await household_of(tx, evacuee)
    if household is None:
        return []
    rows = HouseholdMember.filter(household=household, ended_at=None).using_db(tx.connection)
    return [row.evacuee for row in await rows.order_by('joined_at') if row.evacuee != evacuee]


async def known_to(tx: Transaction, vault: Vault, evacuee: UUID, others: Collection[UUID]) -> frozenset[UUID]:
    """Those of whom this person may learn: what protected people are given says nothing to others, and the reverse."""
    rows = await Evacuee.filter(id__in=[evacuee, *others]).using_db(tx.connection)
    protected = {row.id: open_person(vault, row.id, row.details).protected for row in rows}
    own = protected.get(evacuee, False)
    return frozenset(other for other in others if protected.get(other, False) is own)


async def open_stay(tx: Transaction, records: Collection[UUID], shelter: UUID) -> tuple[Place, StayState] | None:
    """Where somebody stays who belongs to this shelter."""
    rows = Stay.filter(evacuee__in=list(records), shelter=shelter).exclude(state=str(StayState.LEFT))
    row = await rows.using_db(tx.connection).first()
    return (Place(row.place), StayState(row.state)) if row else None
