"""What other boxes told that somebody received, as the rules of this box see it; where, no desk says."""

from collections.abc import Iterable
from uuid import UUID

from app.shelters.across.claims import folded
from app.shelters.across.elsewhere import claims_elsewhere
from app.shelters.handouts.models import HandoutItem
from app.shelters.handouts.rules import Given
from app.storage.transaction import Transaction


async def given_elsewhere(tx: Transaction, records: Iterable[UUID]) -> list[Given]:
    """Of the items of this box, which are the same by their names."""
    claims = await claims_elsewhere(tx, records)
    if not claims:
        return []
    items = {folded(row.name): row.id for row in await HandoutItem.filter(retired_at=None).using_db(tx.connection)}
    named = ((items.get(folded(claim.item)), claim.at) for claim in claims)
    return [Given(item, at, '', 0) for item, at in named if item is not None]
