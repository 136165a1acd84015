"""What somebody received or applied for, as other boxes are told of it."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.shelters.handouts.models import Benefit, Handout, HandoutItem
from app.shelters.models import Shelter
from app.storage.transaction import Transaction

DECLINED = 'declined'


def folded(name: str) -> str:
    """The name of an item as boxes compare it."""
    return unicodedata.normalize('NFKC', name).strip().casefold()


async def claim_values(tx: Transaction, told: Mapping[str, Any], person: UUID, at: datetime) -> dict[str, Any]:
    """A handout or an application of which the journal tells; empty: its item is not known."""
    item = await HandoutItem.get_or_none(id=UUID(told['item']), using_db=tx.connection)
    if item is None:
        return {}
    return await _values(tx, item, UUID(told['shelter']), person, at, overridden=bool(told.get('overrode')))


async def own_claims(tx: Transaction, records: Collection[UUID], person: UUID) -> list[tuple[UUID, dict[str, Any]]]:
    """All that stands of what a person received or applied for at this box, with its id."""
    items = {row.id: row for row in await HandoutItem.all().using_db(tx.connection)}
    handouts = Handout.filter(evacuee__in=list(records), taken_back_at=None, origin=None).using_db(tx.connection)
    found = [(row.id, row.item, row.shelter, row.given_at, bool(row.overrode)) for row in await handouts]
    benefits = Benefit.filter(evacuee__in=list(records)).exclude(state=DECLINED).using_db(tx.connection)
    found += [(row.id, row.item, row.shelter, row.applied_at, False) for row in await benefits]
    return [
        (claim, await _values(tx, items[item], shelter, person, at, overridden=overridden))
        for claim, item, shelter, at, overridden in found
        if item in items
    ]


async def _values(
    tx: Transaction, item: HandoutItem, shelter: UUID, person: UUID, at: datetime, *, overridden: bool
) -> dict[str, Any]:
    where = await Shelter.get_or_none(id=shelter, using_db=tx.connection)
    excludes = HandoutItem.filter(id__in=list(item.excludes)).using_db(tx.connection)
    limits = {
        'kind': item.kind,
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
        'limits': limits,
        'at': at,
        'overridden': overridden,
        'stands': True,
    }
