"""What is looked at in a shelter, and what was found there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fact(StrEnum):
    """One thing to look at; amounts are of what can be used unless the name says broken."""

    TOILETS_WOMEN = 'toilets_women'
    TOILETS_MEN = 'toilets_men'
    TOILETS_SHARED = 'toilets_shared'
    TOILETS_ACCESSIBLE = 'toilets_accessible'
    TOILETS_PORTABLE = 'toilets_portable'
    """仮設・携帯トイレ that stand ready."""
    TOILETS_BROKEN = 'toilets_broken'
    WATER_DRINKING = 'water_drinking'
    """Litres in store."""
    WATER_OTHER = 'water_other'
    BEDS = 'beds'
    PARTITIONS = 'partitions'
    BATHS = 'baths'
    MEALS_TONIGHT = 'meals_tonight'
    POWER = 'power'
    TAP_WATER = 'tap_water'
    SEWER = 'sewer'
    GAS = 'gas'
    PHONE = 'phone'
    NET = 'net'
    BUILDING = 'building'
    ROAD = 'road'


class Condition(StrEnum):
    """How something stands."""

    GOOD = 'good'
    PARTLY = 'partly'
    BAD = 'bad'


CONDITIONS = (Fact.POWER, Fact.TAP_WATER, Fact.SEWER, Fact.GAS, Fact.PHONE, Fact.NET, Fact.BUILDING, Fact.ROAD)
AMOUNTS = tuple(fact for fact in Fact if fact not in CONDITIONS)
LITRES = (Fact.WATER_DRINKING, Fact.WATER_OTHER)
USABLE_TOILETS = (
    Fact.TOILETS_WOMEN,
    Fact.TOILETS_MEN,
    Fact.TOILETS_SHARED,
    Fact.TOILETS_ACCESSIBLE,
    Fact.TOILETS_PORTABLE,
)
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """What was found when somebody looked; neither amount nor condition: 未確認, which is not 0."""

    amount: float | None = None
    condition: Condition | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody can say."""
        return self.amount is not None or self.condition is not None


@dataclass(frozen=True, slots=True)
class Known:
    """The last entry about one thing."""

    found: Found
    as_of: datetime


class FactRefused(Exception):
    """The entry does not fit; the message names the fact."""


def checked(fact: Fact, found: Found) -> Found:
    """The entry, known to fit its fact.

    Raises:
        FactRefused: an amount where a condition belongs or the other way, negative, too large, or half a bed.
    """
    wrong = found.amount is not None if fact in CONDITIONS else found.condition is not None
    if wrong or (found.amount is not None and not _is_amount(fact, found.amount)):
        raise FactRefused(fact.value)
    return found


def _is_amount(fact: Fact, amount: float) -> bool:
    return 0 <= amount <= MOST and (fact in LITRES or amount == int(amount))
