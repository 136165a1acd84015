"""The standards for shelters (内閣府 取組指針 of 2024-12-13, domain/shelters.md 2.4) as arithmetic."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

AREA_PER_PERSON = 3.5
"""Square metres."""
PEOPLE_PER_TOILET_AT_FIRST = 50
PEOPLE_PER_TOILET_LATER = 20
WOMEN_TO_MEN = 3
WATER_PER_PERSON = 15.0
"""Litres a day, of which `DRINKING_PER_PERSON` to drink."""
DRINKING_PER_PERSON = 3.0
PEOPLE_PER_BATH = 50


class Standard(StrEnum):
    """What is measured."""

    AREA = 'area'
    TOILETS = 'toilets'
    TOILETS_FOR_WOMEN = 'toilets_for_women'
    WATER = 'water'
    DRINKING_WATER = 'drinking_water'
    BEDS = 'beds'
    BATHS = 'baths'
    MEALS = 'meals'


class Verdict(StrEnum):
    """Whether it is enough."""

    ENOUGH = 'enough'
    SHORT = 'short'
    UNKNOWN = 'unknown'
    """未確認: too little is known to say."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What there is: at least so much, and whether that is all; nothing known is at least 0, and not all."""

    at_least: float
    is_all: bool

    @property
    def known(self) -> float | None:
        """The amount, None where some of it is not confirmed."""
        return self.at_least if self.is_all else None


@dataclass(frozen=True, slots=True)
class Measure:
    """What there is beside what is needed (None: nobody knows for how many)."""

    standard: Standard
    have: Amount
    need: float | None

    @property
    def verdict(self) -> Verdict:
        """Short only where all is confirmed; enough as soon as what is confirmed suffices."""
        if self.need is None:
            return Verdict.UNKNOWN
        if self.have.at_least >= self.need:
            return Verdict.ENOUGH
        return Verdict.SHORT if self.have.is_all else Verdict.UNKNOWN

    @property
    def lacking(self) -> float | None:
        """So much is lacking, 0 where it is enough, None where nobody can say."""
        match self.verdict:
            case Verdict.ENOUGH:
                return 0.0
            case Verdict.SHORT:
                return (self.need or 0.0) - self.have.at_least
            case Verdict.UNKNOWN:
                return None


@dataclass(frozen=True, slots=True)
class ToiletNeed:
    """Toilets by whom they are for, 3 for women to 1 for men."""

    women: int
    men: int


def together(parts: Iterable[float | None]) -> Amount:
    """A sum in which what is not confirmed (None) is never taken for 0."""
    values = list(parts)
    known = [value for value in values if value is not None]
    return Amount(sum(known), len(known) == len(values) and bool(values))


def area(square_metres: float | None, people: int | None) -> Measure:
    """3.5 m² for each person."""
    return Measure(Standard.AREA, together([square_metres]), None if people is None else people * AREA_PER_PERSON)


def area_per_person(square_metres: float | None, people: int | None) -> float | None:
    """Square metres for each person; None without people, or where either is not known."""
    return square_metres / people if square_metres is not None and people else None


def toilets_needed(people: int, days_open: float, later_after_days: int) -> int:
    """One for 50 at first, one for 20 from the day on that the city has set."""
    per_toilet = PEOPLE_PER_TOILET_AT_FIRST if days_open < later_after_days else PEOPLE_PER_TOILET_LATER
    return math.ceil(people / per_toilet)


def split_toilets(toilets: int) -> ToiletNeed:
    """So many toilets, 3 to 1; of 35, 26 are for women and 9 for men."""
    men = math.ceil(toilets / (WOMEN_TO_MEN + 1))
    return ToiletNeed(women=toilets - men, men=men)


def toilets(usable: Iterable[float | None], needed: int | None) -> Measure:
    """Toilets of all kinds that can be used."""
    return Measure(Standard.TOILETS, together(usable), needed)


def toilets_for_women(women: float | None, men: float | None) -> Measure:
    """Three for women to each for men."""
    return Measure(Standard.TOILETS_FOR_WOMEN, together([women]), None if men is None else men * WOMEN_TO_MEN)


def water(drinking: float | None, other: float | None, people: int | None) -> Measure:
    """15 L for each person and day."""
    return Measure(Standard.WATER, together([drinking, other]), _for_each(people, WATER_PER_PERSON))


def drinking_water(litres: float | None, people: int | None) -> Measure:
    """3 L to drink for each person and day."""
    return Measure(Standard.DRINKING_WATER, together([litres]), _for_each(people, DRINKING_PER_PERSON))


def beds(number: float | None, people: int | None) -> Measure:
    """One for each person."""
    return Measure(Standard.BEDS, together([number]), _for_each(people, 1))


def baths(number: float | None, people: int | None) -> Measure:
    """One for 50."""
    return Measure(Standard.BATHS, together([number]), None if people is None else math.ceil(people / PEOPLE_PER_BATH))


def meals(portions: float | None, people: int | None) -> Measure:
    """One for each person tonight."""
    return Measure(Standard.MEALS, together([portions]), _for_each(people, 1))


def _for_each(people: int | None, amount: float) -> float | None:
    return None if people is None else people * amount
