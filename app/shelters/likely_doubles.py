"""All pairs of records that may be of one human being, looked for once for each state of the people."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from app.shelters.duplicate_pairs import Pair, Reason, likely_pairs
from app.shelters.search import PeopleSearch


@dataclass(frozen=True, slots=True)
class _Found:
    """A pair without what is known of the two, so that no name outlives the index of the search."""

    one: UUID
    other: UUID
    score: int
    reasons: frozenset[Reason]


class LikelyDoubles:
    """Remembers the pairs as long as nobody was registered or changed."""

    def __init__(self, search: PeopleSearch) -> None:
        self._search = search
        self._version = -1
        self._found: tuple[_Found, ...] = ()

    async def all(self) -> list[Pair]:
        """Every pair, protected people and drills included, the likeliest first."""
        known = await self._search.people()
        version = self._search.version
        if version != self._version:
            pairs = await asyncio.to_thread(likely_pairs, known)
            found = (_Found(pair.one.evacuee, pair.other.evacuee, pair.score, pair.reasons) for pair in pairs)
            self._version, self._found = version, tuple(found)
            return pairs
        people = {each.evacuee: each for each in known}
        return [Pair(people[each.one], people[each.other], each.score, each.reasons) for each in self._found]
