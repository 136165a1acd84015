"""Which records are of one human being after records were merged; nothing is rewritten: a merge can be undone."""

from collections.abc import Iterable
from uuid import UUID

from app.shelters.models import Evacuee


async def all_records_of(evacuee: UUID) -> list[UUID]:
    """This record and all that lead to it."""
    found, newest = [evacuee], [evacuee]
    while newest:
        newest = [row.id for row in await Evacuee.filter(merged_into__in=newest).exclude(id__in=found)]
        found += newest
    return found


async def standing_records(evacuees: Iterable[UUID]) -> list[UUID]:
    """The records that stand for these now, each once, in the same order."""
    leads_to: dict[UUID, UUID] = {}
    asked = list(evacuees)
    unknown = set(asked)
    while unknown:
        rows = await Evacuee.filter(id__in=list(unknown)).exclude(merged_into=None)
        found = {row.id: row.merged_into for row in rows if row.merged_into is not None}
        leads_to |= found
        unknown = set(found.values()) - leads_to.keys()
    return list(dict.fromkeys(_last(each, leads_to) for each in asked))


def _last(evacuee: UUID, leads_to: dict[UUID, UUID]) -> UUID:
    while evacuee in leads_to:
        evacuee = leads_to[evacuee]
    return evacuee
