"""How well a person fits what was typed: plain rules, typos included."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.shelters.birth_dates import NoBirthDate, read_birth_date
from app.shelters.known_people import Known
from app.shelters.numbers import read_number
from app.shelters.spelling import digits, is_kana, kana_parts, name_parts, plain_address

EXACT, BEGINS, PART, TYPO, TYPO_STEP = 100, 92, 85, 80, 8
FEWEST_PHONE_DIGITS = 4
SHORTEST_ADDRESS = 2
_PHONE = re.compile(r'[\d()+\-‐－ー\s]+')


class Fits(StrEnum):
    """Why somebody was found."""

    NUMBER = 'number'
    KANA = 'kana'
    NAME = 'name'
    BIRTH_DATE = 'birth_date'
    PHONE = 'phone'
    ADDRESS = 'address'


@dataclass(frozen=True, slots=True)
class Found:
    """How well, out of 100, and by what somebody fits."""

    score: int
    by: Fits


def match_all(people: Sequence[Known], typed: str, today: date) -> dict[UUID, Found]:
    """Those who fit everything that was typed: dates apart from the rest, the rest as one."""
    days, rest = _dates_apart(typed, today)
    answers = [_born(people, day) for day in days]
    if rest:
        answers.append(_match_words(people, rest))
    if not answers:
        return {}
    both = set.intersection(*(set(answer) for answer in answers))
    return {each: min((answer[each] for answer in reversed(answers)), key=_score) for each in both}


def allowed_typos(letters: int) -> int:
    """Wrong, missing, doubled or swapped letters that a reading of this length may have."""
    if letters <= 2:
        return 0
    return 1 if letters <= 5 else 2


def kana_distance(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Letters between two readings, the order of the names left open; None: more than typos."""
    first, second = ''.join(one), ''.join(other)
    allowed = allowed_typos(min(len(first), len(second)))
    if abs(len(first) - len(second)) > allowed:
        return None
    nearest = min(OSA.distance(first, second), OSA.distance(''.join(reversed(one)), second))
    return nearest if nearest <= allowed else None


def _match_words(people: Sequence[Known], text: str) -> dict[UUID, Found]:
    if number := read_number(text):
        numbered = {each.evacuee: Found(EXACT, Fits.NUMBER) for each in people if each.number == number}
        if numbered:
            return numbered
    if _PHONE.fullmatch(text) and len(digits(text)) >= FEWEST_PHONE_DIGITS:
        return _by_digits(people, digits(text))
    if is_kana(text):
        return _near(people, kana_parts(text), lambda each: each.kana, Fits.KANA)
    found = _near(people, name_parts(text), lambda each: each.name, Fits.NAME)
    return {**_at(people, plain_address(text)), **found}


def _by_digits(people: Sequence[Known], wanted: str) -> dict[UUID, Found]:
    found = {each.evacuee: Found(PART, Fits.NUMBER) for each in people if wanted in each.number.replace('-', '')}
    phones = {
        each.evacuee: Found(EXACT if wanted in each.phones else PART, Fits.PHONE)
        for each in people
        if any(wanted in phone for phone in each.phones)
    }
    return {**found, **phones}


def _born(people: Sequence[Known], day: date) -> dict[UUID, Found]:
    return {each.evacuee: Found(EXACT, Fits.BIRTH_DATE) for each in people if each.birth_date == day}


def _at(people: Sequence[Known], wanted: str) -> dict[UUID, Found]:
    if len(wanted) < SHORTEST_ADDRESS:
        return {}
    return {each.evacuee: Found(PART, Fits.ADDRESS) for each in people if wanted in each.address}


def _near(
    people: Sequence[Known], parts: Sequence[str], of: Callable[[Known], tuple[str, ...]], by: Fits
) -> dict[UUID, Found]:
    if not parts:
        return {}
    wanted = ''.join(parts)
    scores = _typos(people, parts, of)
    for each in people:
        spelled = of(each)
        whole = ''.join(spelled)
        if wanted == whole or wanted in spelled or (len(parts) > 1 and sorted(parts) == sorted(spelled)):
            scores[each.evacuee] = EXACT
        elif whole.startswith(wanted):
            scores[each.evacuee] = BEGINS
        elif len(wanted) > 1 and wanted in whole:
            scores[each.evacuee] = PART
    return {evacuee: Found(score, by) for evacuee, score in scores.items()}


def _typos(people: Sequence[Known], parts: Sequence[str], of: Callable[[Known], tuple[str, ...]]) -> dict[UUID, int]:
    allowed = allowed_typos(sum(len(part) for part in parts))
    if not allowed:
        return {}
    wholes = {each.evacuee: ''.join(of(each)) for each in people}
    fits = _distances(wholes, ''.join(parts), allowed)
    if len(parts) > 1:
        return {**_distances(wholes, ''.join(reversed(parts)), allowed), **fits}
    families = {each.evacuee: spelled[0] for each in people if (spelled := of(each))}
    givens = {each.evacuee: spelled[-1] for each in people if len(spelled := of(each)) > 1}
    return {**_distances(givens, parts[0], allowed), **_distances(families, parts[0], allowed), **fits}


def _distances(spelled: Mapping[UUID, str], wanted: str, allowed: int) -> dict[UUID, int]:
    near = process.extract(wanted, spelled, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
    return {evacuee: TYPO - TYPO_STEP * (int(distance) - 1) for _text, distance, evacuee in near if distance}


def _dates_apart(typed: str, today: date) -> tuple[list[date], str]:
    whole = _date(typed, today)
    if whole is not None:
        return [whole], ''
    words = [(word, _date(word, today)) for word in typed.split()]
    return [day for _word, day in words if day], ' '.join(word for word, day in words if not day)


def _date(text: str, today: date) -> date | None:
    try:
        return read_birth_date(text, today)
    except NoBirthDate:
        return None


def _score(found: Found) -> int:
    return found.score
