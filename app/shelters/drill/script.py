"""What happens at which tablet when: an evacuation shaped like the real ones (domain/shelters.md 4.2, 4.3)."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.shelters.drill.invented import InventedPerson, Way

HOURS = 4
EARLY_SHARE, EARLY_HOURS = 0.7, 2
"""70 % arrive within the first two hours."""
DOUBLE_SHARE, DETAILS_SHARE, FED_SHARE, OUT_SHARE, STAY_OUT_SHARE, LEAVE_SHARE = 0.05, 0.5, 0.3, 0.15, 0.2, 0.05
PROTECTED_DOUBLE_SHARE = 0.3
"""Of the protected more come twice than of others: their second record is the harder case."""
HOUR = 3600
LATER_SECONDS = 900


class Step(StrEnum):
    """What is done for a person at a tablet, or by themselves."""

    PRESS = 'press'
    """One more is counted."""
    ENTER = 'enter'
    """They enter themselves, or their household, on a phone."""
    REGISTER = 'register'
    DETAILS = 'details'
    """The QR of the phone completes the record of whoever touches."""
    AGAIN = 'again'
    """The same human being is registered once more, at another tablet."""
    OUT = 'out'
    BACK = 'back'
    MEAL = 'meal'
    LEAVE = 'leave'


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """One act, `second` seconds after the opening; the attempt names it for ever."""

    second: int
    attempt: str
    tablet: int
    step: Step
    person: int


def write_script(seed: int, people: Sequence[InventedPerson], tablets: int) -> list[Act]:
    """All acts in the order of their time; the last of several tablets hands out."""
    chance = random.Random(seed + 1)  # noqa: S311 - the same seed must make the same evacuation
    arrivals = [_arrival(chance) for _person in people]
    receiving = max(1, tablets - 1)
    desks = [chance.randrange(receiving) for _person in people]
    acts: list[Act] = []
    for person in people:
        second, tablet = arrivals[person.speaker], desks[person.speaker]
        for step, later in _of(chance, person):
            place = (tablet + 1) % receiving if step is Step.AGAIN else tablet
            place = tablets - 1 if step is Step.MEAL else place
            acts.append(Act(second + later, f'drill:{step}:{person.index}', place, step, person.index))
    return sorted(acts)


def again_by(person: InventedPerson) -> Way:
    """What somebody comes with the second time: half of them with what the box cannot know them by."""
    if person.has_token and person.index % 2 == 0:
        return person.way
    if person.visitor or person.way in (Way.NOTHING, Way.MY_NUMBER):
        return Way.NOTHING
    return Way.MY_NUMBER


def is_anew(person: InventedPerson) -> bool:
    """Whether the second coming makes a second record."""
    return again_by(person) is Way.NOTHING or again_by(person) is not person.way


def _of(chance: random.Random, person: InventedPerson) -> Iterator[tuple[Step, int]]:
    """What is done for one person, each so many seconds after the arrival; never two at once but in this order."""
    yield Step.PRESS, 0
    if person.way is Way.WITH_FAMILY:
        return
    if person.way is Way.PHONE:
        yield Step.ENTER, 0
    yield Step.REGISTER, 0
    if person.has_token and (person.details.protected or chance.random() < DETAILS_SHARE):
        later = chance.randrange(60, LATER_SECONDS)
        yield Step.ENTER, later
        yield Step.DETAILS, later + 1
    if chance.random() < (PROTECTED_DOUBLE_SHARE if person.details.protected else DOUBLE_SHARE):
        yield Step.AGAIN, chance.randrange(1, LATER_SECONDS)
    if person.has_token and chance.random() < OUT_SHARE:
        yield Step.OUT, LATER_SECONDS
        if chance.random() >= STAY_OUT_SHARE:
            yield Step.BACK, 2 * LATER_SECONDS
    if person.has_token or person.way is Way.NOTHING:
        if chance.random() < FED_SHARE:
            yield Step.MEAL, 3 * LATER_SECONDS
        if chance.random() < LEAVE_SHARE:
            yield Step.LEAVE, 4 * LATER_SECONDS


def _arrival(chance: random.Random) -> int:
    if chance.random() < EARLY_SHARE:
        return chance.randrange(EARLY_HOURS * HOUR)
    return chance.randrange(EARLY_HOURS * HOUR, HOURS * HOUR)
