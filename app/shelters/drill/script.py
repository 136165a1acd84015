"""What happens at which tablet when: an evacuation shaped like the real ones (domain/shelters.md 4.2, 4.3)."""

import random
from dataclasses import dataclass
from enum import StrEnum

from app.shelters.drill.invented import InventedPerson

HOURS = 4
EARLY_SHARE, EARLY_HOURS = 0.7, 2
"""70 % arrive within the first two hours."""
DOUBLE_SHARE = 0.05
HOUR = 3600
LATER_SECONDS = 900


class Step(StrEnum):
    """What a tablet does."""

    PRESS = 'press'
    """One more is counted."""
    REGISTER = 'register'
    DETAILS = 'details'
    """The family has filled in the rest."""
    AGAIN = 'again'
    """The same human being is registered once more, at another tablet."""


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """One act, `second` seconds after the opening; the attempt names it for ever."""

    second: int
    attempt: str
    tablet: int
    step: Step
    person: int


def write_script(seed: int, people: list[InventedPerson], tablets: int) -> list[Act]:
    """All acts in the order of their time."""
    chance = random.Random(seed + 1)  # noqa: S311 - the same seed must make the same evacuation
    acts: list[Act] = []
    for person in people:
        second, tablet = _arrival(chance), chance.randrange(tablets)
        acts.append(_act(second, tablet, Step.PRESS, person))
        acts.append(_act(second, tablet, Step.REGISTER, person))
        if person.code:
            acts.append(_act(second + chance.randrange(60, LATER_SECONDS), tablet, Step.DETAILS, person))
        if chance.random() < DOUBLE_SHARE:
            other = (tablet + 1) % tablets
            acts.append(_act(second + chance.randrange(1, LATER_SECONDS), other, Step.AGAIN, person))
    return sorted(acts)


def _arrival(chance: random.Random) -> int:
    if chance.random() < EARLY_SHARE:
        return chance.randrange(EARLY_HOURS * HOUR)
    return chance.randrange(EARLY_HOURS * HOUR, HOURS * HOUR)


def _act(second: int, tablet: int, step: Step, person: InventedPerson) -> Act:
    return Act(second, f'drill:{step}:{person.index}', tablet, step, person.index)
