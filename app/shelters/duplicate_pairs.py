"""Which two records may be the same human being, and why: plain rules (domain/shelters.md 1.2, 1.3)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from rapidfuzz.distance import OSA

from app.shelters.known_people import Known
from app.shelters.matching_people import kana_distance

LARGEST_GROUP = 80
"""More people under one address or number are a home or an office, and no sign of anything."""


class Reason(StrEnum):
    """What two records have in common."""

    SAME_NAME = 'same_name'
    LIKE_NAME = 'like_name'
    """A reading with a typo."""
    SAME_BIRTH = 'same_birth'
    LIKE_BIRTH = 'like_birth'
    """One digit differs, or day and month are exchanged."""
    SAME_PHONE = 'same_phone'
    SAME_ADDRESS = 'same_address'


NAMES = frozenset({Reason.SAME_NAME, Reason.LIKE_NAME})
CONTACTS = frozenset({Reason.SAME_PHONE, Reason.SAME_ADDRESS})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, the elder number first, and how likely they are one person, out of 100."""

    one: Known = field(repr=False)
    other: Known = field(repr=False)
    score: int
    reasons: frozenset[Reason]


def likely_pairs(people: Sequence[Known]) -> list[Pair]:
    """The pairs worth a look, the likeliest first. For a thread: it looks at everybody."""
    seen: set[tuple[UUID, UUID]] = set()
    found = []
    for one, other in _neighbours(people):
        if one.practice != other.practice:
            continue
        key = (one.evacuee, other.evacuee)
        if key in seen:
            continue
        seen.add(key)
        reasons = common(one, other)
        if score := likelihood(reasons, birth_missing=not (one.birth_date and other.birth_date)):
            first, second = sorted((one, other), key=lambda each: each.number)
            found.append(Pair(first, second, score, reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.one.number, pair.other.number))


def common(one: Known, other: Known) -> frozenset[Reason]:
    """What two records have in common."""
    return frozenset(_reasons(one, other))


def likelihood(reasons: frozenset[Reason], *, birth_missing: bool) -> int:
    """How likely one person has both records, out of 100; 0: not worth a look.

    Twins share address and birth date, families share a number: without a name alike it is less likely.
    """
    more = 5 if reasons & CONTACTS else 0
    if Reason.SAME_BIRTH in reasons:
        if Reason.SAME_NAME in reasons:
            return 95 + more
        if Reason.LIKE_NAME in reasons:
            return 85 + more
        return (70 if Reason.SAME_PHONE in reasons else 55) if more else 0
    if Reason.LIKE_BIRTH in reasons:
        return 75 + more if Reason.SAME_NAME in reasons else 0
    if birth_missing and more and reasons & NAMES:
        return 75 if Reason.SAME_PHONE in reasons else 65
    return 0


def _reasons(one: Known, other: Known) -> Iterator[Reason]:
    distance = _name_distance(one, other)
    if distance is not None:
        yield Reason.LIKE_NAME if distance else Reason.SAME_NAME
    if one.birth_date and other.birth_date:
        if one.birth_date == other.birth_date:
            yield Reason.SAME_BIRTH
        elif _alike(one.birth_date, other.birth_date):
            yield Reason.LIKE_BIRTH
    if set(one.phones) & set(other.phones):
        yield Reason.SAME_PHONE
    if one.address and one.address == other.address:
        yield Reason.SAME_ADDRESS


def _name_distance(one: Known, other: Known) -> int | None:
    if one.name and one.name == other.name:
        return 0
    if not one.kana or not other.kana:
        return None
    return kana_distance(one.kana, other.kana)


def _alike(one: date, other: date) -> bool:
    same = (one.year == other.year, one.month == other.month, one.day == other.day)
    if same == (True, False, False):
        return (one.month, one.day) == (other.day, other.month)
    return sum(same) == 2 and OSA.distance(one.isoformat(), other.isoformat()) == 1


def _neighbours(people: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Each two who can be likely at all (`likelihood`), in the order of the list; some of them more than once."""
    for one, other in _within(people, _births):
        yield one, other
    for one, other in _within(people, _names):
        first, second = one.birth_date, other.birth_date
        if first and second and (first == second or _alike(first, second)):
            yield one, other
    for one, other in _within(people, _contacts):
        if not (one.birth_date and other.birth_date) or one.birth_date == other.birth_date:
            yield one, other


def _within(people: Sequence[Known], keys: Callable[[Known], Iterable[object]]) -> Iterator[tuple[Known, Known]]:
    groups: dict[object, list[Known]] = {}
    for each in people:
        for key in keys(each):
            groups.setdefault(key, []).append(each)
    for group in groups.values():
        if 1 < len(group) <= LARGEST_GROUP:
            yield from combinations(group, 2)


def _births(each: Known) -> Iterable[object]:
    return (each.birth_date,) if each.birth_date else ()


def _names(each: Known) -> Iterable[object]:
    return [tuple(sorted(parts)) for parts in (each.kana, each.name) if parts]


def _contacts(each: Known) -> Iterable[object]:
    return (each.address, *each.phones) if each.address else each.phones
