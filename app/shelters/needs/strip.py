"""The live strip of a shelter: each standard beside what there is, and what to ask for."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.shelters.needs import standards
from app.shelters.needs.facts import USABLE_TOILETS, Condition, Fact, Known
from app.shelters.needs.presence import Presence
from app.shelters.needs.standards import Measure, Standard, ToiletNeed, Verdict
from app.shelters.needs.tonight import Tonight
from app.shelters.places import Area
from app.shelters.values import AreaKind, Place

WATER = (Standard.WATER, Standard.DRINKING_WATER)
NOT_ASKED_FOR = (Standard.AREA, Standard.TOILETS_FOR_WOMEN)
"""What no delivery brings, or another request covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One shelter beside the standards."""

    as_of: datetime
    days_open: float
    presence: Presence
    square_metres: float | None
    toilets_wanted: ToiletNeed | None
    measures: tuple[Measure, ...]
    facts: Mapping[Fact, Known]
    tonight: Tonight

    @property
    def area_per_person(self) -> float | None:
        """Square metres."""
        return standards.area_per_person(self.square_metres, self.presence.people)

    @property
    def fed(self) -> int | None:
        """People who eat tonight: inside, and those in cars or at home who are looked after from here."""
        return fed(self.presence)

    @property
    def has_tap_water(self) -> bool:
        """Water comes from the tap, so that stores do not decide."""
        return tap_runs(self.facts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request would ask for, whole pieces or litres."""

    standard: Standard
    quantity: int


def strip_of(
    *,
    as_of: datetime,
    opened: datetime | None,
    presence: Presence,
    square_metres: float | None,
    facts: Mapping[Fact, Known],
    tonight: Tonight,
    toilets_later_days: int,
) -> Strip:
    """Compare everything that is known with the standards."""
    days = days_between(opened, as_of)
    people = presence.people
    needed = None if people is None else standards.toilets_needed(people, days, toilets_later_days)
    return Strip(
        as_of=as_of,
        days_open=days,
        presence=presence,
        square_metres=square_metres,
        toilets_wanted=None if needed is None else standards.split_toilets(needed),
        measures=measures_of(people, fed(presence), square_metres, needed, facts),
        facts=facts,
        tonight=tonight,
    )


def days_between(opened: datetime | None, as_of: datetime) -> float:
    """So many days it is open; 0 for one that is not."""
    return (as_of - opened) / timedelta(days=1) if opened else 0.0


def measures_of(
    people: int | None,
    eating: int | None,
    square_metres: float | None,
    toilets: int | None,
    facts: Mapping[Fact, Known],
) -> tuple[Measure, ...]:
    """Each standard beside what there is; `toilets` are wanted, `eating` are to be fed tonight."""
    found = {fact: known.found.amount for fact, known in facts.items()}
    drinking = found.get(Fact.WATER_DRINKING)
    return (
        standards.area(square_metres, people),
        standards.toilets([found.get(fact) for fact in USABLE_TOILETS], toilets),
        standards.toilets_for_women(found.get(Fact.TOILETS_WOMEN), found.get(Fact.TOILETS_MEN)),
        standards.water(drinking, found.get(Fact.WATER_OTHER), people),
        standards.drinking_water(drinking, people),
        standards.beds(found.get(Fact.BEDS), people),
        standards.baths(found.get(Fact.BATHS), people),
        standards.meals(found.get(Fact.MEALS_TONIGHT), eating),
    )


def shortages(measures: Sequence[Measure], facts: Mapping[Fact, Known]) -> tuple[Standard, ...]:
    """What is certainly short; stores of water do not matter while the tap runs."""
    short = (measure.standard for measure in measures if measure.verdict is Verdict.SHORT)
    return tuple(standard for standard in short if standard not in WATER or not tap_runs(facts))


def tap_runs(facts: Mapping[Fact, Known]) -> bool:
    """Water comes from the tap, so that stores do not decide."""
    known = facts.get(Fact.TAP_WATER)
    return known is not None and known.found.condition is Condition.GOOD


def usable_area(whole: float | None, areas: Sequence[Area]) -> float | None:
    """Square metres to lie on: the areas that are not for cars where all were measured, else the whole shelter."""
    inside = [area.area_m2 for area in areas if area.kind is not AreaKind.CARS]
    measured = standards.together(inside).known
    return whole if measured is None else measured


def fed(presence: Presence) -> int | None:
    """People who eat; None while nobody was counted."""
    if presence.people is None:
        return None
    return presence.people + sum(people for place, people in presence.places.items() if place is not Place.SHELTER)


def draft(strip: Strip) -> tuple[Wanted, ...]:
    """What to ask for, of what is certainly short; stores of water are not asked for while the tap runs."""
    short = [measure for measure in strip.measures if measure.verdict is Verdict.SHORT and _can_come(strip, measure)]
    return tuple(Wanted(measure.standard, math.ceil(measure.lacking or 0)) for measure in short)


def _can_come(strip: Strip, measure: Measure) -> bool:
    if measure.standard in WATER and strip.has_tap_water:
        return False
    return measure.standard not in NOT_ASKED_FOR
