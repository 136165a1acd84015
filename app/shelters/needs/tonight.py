"""How many meals of which kind are wanted tonight, as totals without names."""

import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.shelters.details import PersonDetails, open_person
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

EATING = """
    SELECT id, details FROM evacuee WHERE id IN (
        SELECT evacuee FROM stay WHERE shelter = ? AND practice = ? AND state = 'present'
    )
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """Of those who are registered and not away tonight, wherever they stay."""

    registered: int
    diets: Mapping[str, int]
    """By the diet that was asked for, the most frequent first."""
    allergies: Mapping[str, int]

    @property
    def nothing_told(self) -> int:
        """No diet was entered, which does not say that any will do."""
        return self.registered - sum(self.diets.values())


def tonight_of(people: Iterable[PersonDetails]) -> Tonight:
    """Sum up; one diet spelled in several widths is one."""
    known = list(people)
    diets = Counter(_spelled(each.diet) for each in known if each.diet.strip())
    allergies = Counter(
        allergy for each in known for allergy in {_spelled(one) for one in each.allergies if one.strip()}
    )
    return Tonight(registered=len(known), diets=dict(diets.most_common()), allergies=dict(allergies.most_common()))


class MealBook:
    """Reads diets; details are opened in a thread."""

    def __init__(self, vault: Vault, reading: ReadOnlyDatabase) -> None:
        self._vault = vault
        self._reading = reading

    async def tonight(self, shelter: UUID, *, practice: bool) -> Tonight:
        """The totals of one shelter."""

        def query(connection: sqlite3.Connection) -> Tonight:
            rows = connection.execute(EATING, (str(shelter), practice))
            return tonight_of(open_person(self._vault, UUID(row['id']), row['details']) for row in rows)

        return await self._reading.read(query)


def _spelled(words: str) -> str:
    return unicodedata.normalize('NFKC', words).strip()
