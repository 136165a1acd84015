"""Whom an inquiry means, found with the same work whoever is there (domain/shelters.md 2.5)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.shelters import spelling
from app.shelters.details import PersonDetails
from app.shelters.inquiries.values import Sought
from app.shelters.spelling import kana_parts, name_parts
from app.shelters.values import Sex

LEAST_OF_ADDRESS = 2
_REGION = re.compile('^(?:東京都|北海道|京都府|大阪府|.{2,3}県)?(?:.{1,6}?[市区])?')


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant; `hidden` are protected people and those who share a household with one."""

    id: UUID
    details: PersonDetails = field(repr=False)
    hidden: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """What is compared."""

    name: str
    kana: str
    birth_date: date | None
    sex: Sex | None
    address: str


def match(sought: Sought, people: Iterable[Candidate]) -> UUID | None:
    """The one person who is meant and is not hidden; None: nobody, or more than one. Everybody is looked at."""
    wanted = keys_of(sought)
    hits, found = 0, 0
    for person in people:
        hit = int(agree(wanted, keys_of(person.details)) & (not person.hidden))
        hits += hit
        found += person.id.int * hit
    meant = UUID(int=found * (hits == 1))
    return meant if hits == 1 else None


def agree(wanted: Keys, known: Keys) -> bool:
    """Whether the name agrees and a birth date or an address with it; all parts are compared in every case."""
    same_name = bool(wanted.name) & (wanted.name == known.name)
    same_kana = bool(wanted.kana) & (wanted.kana == known.kana)
    both_births = (wanted.birth_date is not None) & (known.birth_date is not None)
    same_birth = both_births & (wanted.birth_date == known.birth_date)
    same_address = _same_place(wanted.address, known.address)
    told = (Sex.MALE, Sex.FEMALE)
    other_sex = (wanted.sex in told) & (known.sex in told) & (wanted.sex is not known.sex)
    return (same_name | same_kana) & (same_birth | (same_address & (not both_births))) & (not other_sex)


def keys_of(person: Sought | PersonDetails) -> Keys:
    """What a person is compared by."""
    return Keys(
        plain_name(person.name), plain_kana(person.kana), person.birth_date, person.sex, plain_address(person.address)
    )


def plain_name(name: str) -> str:
    """A name without blanks, variation selectors and variants of letters (髙, 﨑, 邊)."""
    return ''.join(name_parts(name))


def plain_kana(kana: str) -> str:
    """A reading without blanks, as it sounds."""
    return ''.join(kana_parts(kana))


def plain_address(address: str) -> str:
    """An address below the city, its numbers parted by single hyphens."""
    return _REGION.sub('', spelling.plain_address(address))


def _same_place(one: str, other: str) -> bool:
    long_enough = (len(one) >= LEAST_OF_ADDRESS) & (len(other) >= LEAST_OF_ADDRESS)
    return long_enough & (_begins(one, other) | _begins(other, one))


def _begins(whole: str, part: str) -> bool:
    following = whole[len(part) : len(part) + 1]
    cut_number = part[-1:].isdigit() & following.isdigit()
    return whole.startswith(part) & (not cut_number)
