"""A quiet hint that somebody may be registered twice; a person decides at the page of duplicates."""

import asyncio
from uuid import UUID

from app.shelters.duplicate_pairs import common, likelihood
from app.shelters.known_people import Known
from app.shelters.people_models import DuplicateDecision
from app.shelters.search import PeopleSearch

SURE_ENOUGH = 85
"""Out of 100: the same birth date and nearly the name. Less is left to the page of duplicates."""


class Alike:
    """Looks for one person among the others; nobody is merged, and no protected person is ever hinted at."""

    def __init__(self, search: PeopleSearch) -> None:
        self._search = search

    async def to(self, evacuee: UUID) -> str:
        """The number of whoever is most alike; empty: nobody is."""
        people = await self._search.people()
        one = next((each for each in people if each.evacuee == evacuee), None)
        if one is None or one.details.protected or not one.details.is_named:
            return ''
        rows = await DuplicateDecision.filter(undone_at=None, kept=evacuee)
        rows += await DuplicateDecision.filter(undone_at=None, other=evacuee)
        decided = {row.kept for row in rows} | {row.other for row in rows}
        return await asyncio.to_thread(_most_alike, one, people, decided)


def _most_alike(one: Known, people: tuple[Known, ...], decided: set[UUID]) -> str:
    best, number = 0, ''
    for other in people:
        if other.evacuee == one.evacuee or other.evacuee in decided or other.practice != one.practice:
            continue
        if other.details.protected or not other.birth_date or other.birth_date != one.birth_date:
            continue
        score = likelihood(common(one, other), birth_missing=False)
        if score >= SURE_ENOUGH and score > best:
            best, number = score, other.number
    return number
