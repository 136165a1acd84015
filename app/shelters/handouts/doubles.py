"""Claims that were made twice: at two shelters, at two boxes, or under two numbers (二重の受取)."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.clock import TOKYO
from app.shelters.handouts.items import ItemList
from app.shelters.handouts.rules import limits
from app.shelters.handouts.values import Answer, ItemInfo, Share
from app.storage.reading import ReadOnlyDatabase

CLAIMS = """
    SELECT id, item, shelter, evacuee, household, origin, given_at, overrode FROM handout
    WHERE evacuee IS NOT NULL AND taken_back_at IS NULL AND practice = ? AND given_at >= ? ORDER BY given_at
"""
MERGED = 'SELECT id, merged_into FROM evacuee WHERE merged_into IS NOT NULL'


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A handout as far as it matters here."""

    id: UUID
    item: UUID
    shelter: UUID
    evacuee: UUID
    household: UUID | None
    origin: UUID | None
    at: datetime
    overridden: bool


@dataclass(frozen=True, slots=True)
class Double:
    """Two handouts of which the second would have had to wait, had the desk known of the first."""

    first: Claim
    second: Claim
    answer: Answer


class Doubles:
    """Finds them afterwards. Nobody is refused for it, and nothing is taken away."""

    def __init__(self, items: ItemList, reading: ReadOnlyDatabase) -> None:
        self._items = items
        self._reading = reading

    async def since(self, start: datetime, *, practice: bool) -> list[Double]:
        """Double claims of which the second was made since; the newest first."""
        items = {item.id: item for item in await self._items.all()}
        values = [practice, start.astimezone(TOKYO).isoformat(' ')]

        def query(connection: sqlite3.Connection) -> list[Double]:
            merged = {UUID(row['id']): UUID(row['merged_into']) for row in connection.execute(MERGED)}
            return double_claims([_claim(row) for row in connection.execute(CLAIMS, values)], items, merged)

        return await self._reading.read(query)


def double_claims(claims: Sequence[Claim], items: Mapping[UUID, ItemInfo], merged: Mapping[UUID, UUID]) -> list[Double]:
    """The double claims in what was given, the newest first; `merged` leads to the record that stands for both."""
    by_claimant: dict[UUID, list[Claim]] = {}
    for claim in sorted(claims, key=lambda each: each.at):
        by_claimant.setdefault(_claimant(claim, items, merged), []).append(claim)
    found = [double for theirs in by_claimant.values() for double in _of_one(theirs, items)]
    return sorted(found, key=lambda double: double.second.at, reverse=True)


def _of_one(claims: Sequence[Claim], items: Mapping[UUID, ItemInfo]) -> Iterator[Double]:
    for number, claim in enumerate(claims):
        item, earlier = items.get(claim.item), claims[:number]
        if item is None or claim.overridden or not earlier:
            continue
        passed = limits(claim.item, item.entry.rules, [(each.item, each.at) for each in earlier], claim.at)
        objection = next(iter(passed), None)
        if objection is None:
            continue
        other = objection.item or claim.item
        first = _last_elsewhere(earlier, claim, other)
        if first is not None:
            yield Double(first, claim, objection.answer)


def _last_elsewhere(earlier: Iterable[Claim], claim: Claim, item: UUID) -> Claim | None:
    def seen_from(each: Claim) -> tuple[UUID, UUID | None, UUID]:
        return (each.shelter, each.origin, each.evacuee)

    apart = [each for each in earlier if each.item == item and seen_from(each) != seen_from(claim)]
    return apart[-1] if apart else None


def _claimant(claim: Claim, items: Mapping[UUID, ItemInfo], merged: Mapping[UUID, UUID]) -> UUID:
    item = items.get(claim.item)
    if claim.household and item is not None and item.entry.rules.share is Share.HOUSEHOLD:
        return claim.household
    person, seen = claim.evacuee, {claim.evacuee}
    while person in merged and merged[person] not in seen:
        person = merged[person]
        seen.add(person)
    return person


def _claim(row: sqlite3.Row) -> Claim:
    return Claim(
        id=UUID(row['id']),
        item=UUID(row['item']),
        shelter=UUID(row['shelter']),
        evacuee=UUID(row['evacuee']),
        household=UUID(row['household']) if row['household'] else None,
        origin=UUID(row['origin']) if row['origin'] else None,
        at=datetime.fromisoformat(row['given_at']).astimezone(TOKYO),
        overridden=bool(row['overrode']),
    )
