"""What somebody received or applied for, as other boxes are told of it."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from app.shelters.across.models import AcrossClaim
from app.shelters.across.same_items import folded
from app.shelters.handouts.models import Benefit, Handout, HandoutItem
from app.shelters.models import Shelter
from app.storage.transaction import Transaction

DECLINED = 'declined'


def claim_of(root: UUID, member: UUID) -> UUID:
    """The id under which a member is told of what another of the household received."""
    return uuid.uuid5(root, str(member))


def is_shared(claim: AcrossClaim) -> bool:
    """It was received for a whole household."""
    return claim.limits.get('share') == 'household'


async def claim_values(tx: Transaction, told: Mapping[str, Any], person: UUID, at: datetime) -> dict[str, Any]:
    """A handout or an application of which the journal tells; empty: its item is not known."""
    item = await HandoutItem.get_or_none(id=UUID(told['item']), using_db=tx.connection)
    if item is None:
        return {}
    return await _values(tx, item, UUID(told['shelter']), person, at, overridden=bool(told.get('overrode')))


async def own_claims(
    tx: Transaction, records: Collection[UUID], person: UUID, household: UUID | None
) -> list[tuple[UUID, dict[str, Any]]]:
    """All that stands of what a person, or another for their household, received or applied for here, with its id."""
    items = {row.id: row for row in await HandoutItem.all().using_db(tx.connection)}
    theirs = Q(evacuee__in=list(records)) | (Q(household=household) if household else Q(evacuee=person))
    handouts = Handout.filter(theirs, taken_back_at=None, origin=None).using_db(tx.connection)
    found = [(row.id, row.item, row.shelter, row.evacuee, row.given_at, bool(row.overrode)) for row in await handouts]
    benefits = Benefit.filter(theirs).exclude(state=DECLINED).using_db(tx.connection)
    found += [(row.id, row.item, row.shelter, row.evacuee, row.applied_at, False) for row in await benefits]
    claims = []
    for root, item, shelter, receiver, at, overridden in found:
        if item in items:
            values = await _values(tx, items[item], shelter, person, at, overridden=overridden)
            is_own = receiver in records
            claims.append((root if is_own else claim_of(root, person), {**values, 'root': None if is_own else root}))
    return claims


async def _values(
    tx: Transaction, item: HandoutItem, shelter: UUID, person: UUID, at: datetime, *, overridden: bool
) -> dict[str, Any]:
    where = await Shelter.get_or_none(id=shelter, using_db=tx.connection)
    excludes = HandoutItem.filter(id__in=list(item.excludes)).using_db(tx.connection)
    limits = {
        'kind': item.kind,
        'share': item.share,
        'interval_minutes': item.interval_minutes,
        'per_day': item.per_day,
        'in_all': item.in_all if item.amount is None else 1,
        'excludes': sorted(folded(other.name) for other in await excludes),
    }
    return {
        'person': person,
        'shelter': shelter,
        'shelter_name': where.name if where else '',
        'item': item.name,
        'item_code': item.code,
        'root': None,
        'limits': limits,
        'at': at,
        'overridden': overridden,
        'stands': True,
    }
