"""Who among those that arrived may be on the list; typo-tolerant, and only ever a proposal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from rapidfuzz.distance import Levenshtein

from app.shelters.details import PersonDetails
from app.shelters.inquiries.matching import plain_kana, plain_name
from app.shelters.vulnerable.values import Likely, VulnerableEntry

NEAR_LETTERS = 2
MOST_LIKELY = 5


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody at the shelters."""

    id: UUID
    number: str
    details: PersonDetails = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Those who arrived, found by birth date and by name."""

    by_birth: Mapping[date, list[Arrived]]
    by_name: Mapping[str, list[Arrived]]

    @classmethod
    def of(cls, people: Iterable[Arrived]) -> 'Arrivals':
        """Sort them once."""
        by_birth, by_name = defaultdict(list), defaultdict(list)
        for person in people:
            if person.details.birth_date:
                by_birth[person.details.birth_date].append(person)
            for key in {plain_name(person.details.name), plain_kana(person.details.kana)} - {''}:
                by_name[key].append(person)
        return cls(by_birth, by_name)

    def likely(self, entry: VulnerableEntry) -> tuple[Likely, ...]:
        """Who has the birth date and nearly the name, or the name and nearly the birth date; the exact first."""
        name, kana, born = plain_name(entry.name), plain_kana(entry.kana), entry.birth_date
        found: dict[UUID, Likely] = {}
        for person in self.by_birth.get(born, ()) if born else ():
            if _near(name, plain_name(person.details.name)) or _near(kana, plain_kana(person.details.kana)):
                found[person.id] = _likely(person, exact=_is_named(person, name, kana))
        for key in {name, kana} - {''}:
            for person in self.by_name.get(key, ()):
                if person.id not in found and near_days(born, person.details.birth_date):
                    found[person.id] = _likely(person, exact=False)
        return tuple(sorted(found.values(), key=lambda one: (not one.exact, one.number))[:MOST_LIKELY])


def near_days(one: date | None, other: date | None) -> bool:
    """Whether one digit differs, month and day are exchanged, or one of them is not known."""
    if one is None or other is None:
        return True
    exchanged = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return exchanged or sum(a != b for a, b in zip(f'{one:%Y%m%d}', f'{other:%Y%m%d}', strict=True)) <= 1


def _near(one: str, other: str) -> bool:
    if not one or not other:
        return False
    most = NEAR_LETTERS if min(len(one), len(other)) > NEAR_LETTERS * 2 else 1
    return bool(Levenshtein.distance(one, other, score_cutoff=most) <= most)


def _is_named(person: Arrived, name: str, kana: str) -> bool:
    return plain_name(person.details.name) == name or (bool(kana) and plain_kana(person.details.kana) == kana)


def _likely(person: Arrived, *, exact: bool) -> Likely:
    return Likely(person.id, person.number, person.details.name, exact)
