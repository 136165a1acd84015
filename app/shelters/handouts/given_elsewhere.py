"""What other boxes told that somebody received, as the rules of this box see it; where, no desk says."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from app.shelters.across.claims import is_shared
from app.shelters.across.elsewhere import claims_elsewhere
from app.shelters.across.models import AcrossClaim
from app.shelters.across.same_items import Named, SameItems
from app.shelters.handouts.models import HandoutItem
from app.shelters.handouts.rules import Given
from app.shelters.handouts.same_person import records_of
from app.shelters.handouts.values import Share
from app.storage.transaction import Transaction


async def given_elsewhere(
    tx: Transaction, item: UUID, share: Share, records: Collection[UUID], members: Iterable[UUID]
) -> list[Given]:
    """What counts where this item is wanted; `members` are the others of the household, of whom this person may know.

    Of what others received for their household only the wanted item counts, and only if the household shares it here.
    """
    theirs = await claims_elsewhere(tx, records)
    own = [claim for claim in theirs if claim.root is None]
    shared = await _shared(tx, theirs, members) if share is Share.HOUSEHOLD else []
    if not own and not shared:
        return []
    items = await HandoutItem.filter(retired_at=None).using_db(tx.connection)
    same = SameItems([*map(_of_claim, [*own, *shared]), *map(_of_item, items)])
    here = {same.id_of(_of_item(row)): row.id for row in items}
    found = [(here.get(same.id_of(_of_claim(claim))), claim.at) for claim in own]
    found += [(item, claim.at) for claim in shared if here.get(same.id_of(_of_claim(claim))) == item]
    return [Given(what, at, '', 0) for what, at in found if what is not None]


async def applied_elsewhere(
    tx: Transaction, benefit: UUID, share: Share, records: Collection[UUID], members: Iterable[UUID]
) -> list[datetime]:
    """When other boxes took an application for this benefit."""
    given = await given_elsewhere(tx, benefit, share, records, members)
    return sorted(each.at for each in given if each.item == benefit)


async def _shared(tx: Transaction, theirs: Iterable[AcrossClaim], members: Iterable[UUID]) -> list[AcrossClaim]:
    """What others received for the household, each once however many of its members are told of."""
    own = [claim for claim in theirs if is_shared(claim)]
    of_members = [record for member in members for record in await records_of(tx, member)]
    others = [claim for claim in await claims_elsewhere(tx, of_members) if is_shared(claim)]
    once = {claim.root or claim.id: claim for claim in (*own, *others)}
    return [claim for root, claim in once.items() if root not in {each.id for each in own if each.root is None}]


def _of_item(row: HandoutItem) -> Named:
    return Named(row.name, row.code)


def _of_claim(claim: AcrossClaim) -> Named:
    return Named(claim.item, claim.item_code)
