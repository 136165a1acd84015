"""Whether somebody may be given something now: plain functions on plain values."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.clock import TOKYO, Moment
from app.shelters.handouts.allergens import shared_allergens
from app.shelters.handouts.values import Answer, Collector, Entitled, ItemKind, ItemRules, Proxies
from app.shelters.values import PersonClass, Place, StayState

DAY_BEGINS = time(5)
"""What is given in the night belongs to the evening before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """What the rules must know of a person."""

    person_class: PersonClass = PersonClass.UNKNOWN
    allergies: tuple[str, ...] = ()
    place: Place | None = None
    """None: has no open stay at this shelter."""
    state: StayState | None = None
    household_size: int = 1


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was given before, to the person or to the household that shares."""

    item: UUID
    at: datetime
    """By the wall clock of that time, with zone."""
    boot_id: str
    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class Objection:
    """A reason not to give it now."""

    answer: Answer
    since: datetime | None = None
    """When the earlier handout was, by the clock as it stands now."""
    until: datetime | None = None
    """From when it is allowed again, if waiting helps."""
    item: UUID | None = None
    """The other item that stands in its place."""
    allergens: tuple[str, ...] = ()
    elsewhere: bool = False
    """Another box told of it: the desk says so and may give it all the same."""


def judge(
    item: UUID,
    rules: ItemRules,
    receiver: Receiver,
    given: Sequence[Given],
    now: Moment,
    *,
    collector: Collector = Collector.THEMSELVES,
    overridden: frozenset[Answer] = frozenset(),
) -> Objection | None:
    """The first reason not to give it that no officer has set aside; None: give it."""
    found = objections(item, rules, receiver, given, now, collector)
    return next((each for each in found if each.answer not in overridden), None)


def objections(
    item: UUID,
    rules: ItemRules,
    receiver: Receiver,
    given: Sequence[Given],
    now: Moment,
    collector: Collector = Collector.THEMSELVES,
) -> Iterator[Objection]:
    """Every reason not to give it, the one that waiting does not mend first."""
    if rules.only_for and receiver.person_class not in rules.only_for | {PersonClass.UNKNOWN}:
        yield Objection(Answer.NOT_FOR)
    if rules.entitled is Entitled.PRESENT and not _is_present(receiver):
        yield Objection(Answer.NOT_PRESENT)
    if not _may_collect(rules.proxies, collector):
        yield Objection(Answer.NO_PROXY)
    yield from limits(item, rules, [(each.item, dated(each, now)) for each in given], now.at)
    yield from _allergens(rules, receiver)


def limits(item: UUID, rules: ItemRules, given: Iterable[tuple[UUID, datetime]], at: datetime) -> Iterator[Objection]:
    """Which limits another handout at this time would pass."""
    earlier = sorted(given, key=lambda each: each[1])
    own = [when for what, when in earlier if what == item]
    today = [when for when in own if day_of(when) == day_of(at)]
    if rules.in_all is not None and len(own) >= rules.in_all:
        yield Objection(Answer.IN_ALL, own[-1] if own else None)
    if rules.per_day is not None and len(today) >= rules.per_day:
        yield Objection(Answer.PER_DAY, today[-1] if today else None, next_day(at))
    near = [when for when in own if rules.interval is not None and abs(at - when) < rules.interval]
    if rules.interval is not None and near:
        yield Objection(Answer.TOO_SOON, near[-1], near[-1] + rules.interval)
    for other, when in earlier:
        if other in rules.excludes and day_of(when) == day_of(at):
            yield Objection(Answer.EXCLUSIVE, when, next_day(at), other)
            return


def dated(given: Given, now: Moment) -> datetime:
    """When it was by the clock as it stands now: within one boot a clock that was set makes nothing older."""
    if given.boot_id != now.boot_id:
        return given.at
    return now.at - timedelta(microseconds=(now.monotonic_ns - given.monotonic_ns) / 1000)


def day_of(at: datetime) -> date:
    """The day that a time belongs to; a day begins at 05:00 in Tokyo."""
    local = at.astimezone(TOKYO)
    return local.date() if local.time() >= DAY_BEGINS else local.date() - timedelta(days=1)


def next_day(at: datetime) -> datetime:
    """When the next day begins."""
    return datetime.combine(day_of(at) + timedelta(days=1), DAY_BEGINS, TOKYO)


def day_began(at: datetime) -> datetime:
    """When the day of this time began."""
    return datetime.combine(day_of(at), DAY_BEGINS, TOKYO)


def quantity_for(rules: ItemRules, household_size: int) -> int:
    """How many pieces one handout is."""
    return rules.portion * (max(1, household_size) if rules.by_size else 1)


def _is_present(receiver: Receiver) -> bool:
    return receiver.place is Place.SHELTER and receiver.state is StayState.PRESENT


def _may_collect(proxies: Proxies, collector: Collector) -> bool:
    match collector:
        case Collector.THEMSELVES:
            return True
        case Collector.HOUSEHOLD:
            return proxies is not Proxies.NOBODY
        case Collector.NAMED:
            return proxies is Proxies.ANYBODY


def _allergens(rules: ItemRules, receiver: Receiver) -> Iterator[Objection]:
    told = tuple(text for text in receiver.allergies if text.strip())
    if rules.kind is not ItemKind.MEAL or not told:
        return
    if rules.allergens is None:
        yield Objection(Answer.ALLERGENS_UNKNOWN)
        return
    shared = shared_allergens(told, rules.allergens)
    if shared:
        yield Objection(Answer.ALLERGEN, allergens=shared)
