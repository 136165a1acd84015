"""Rules of handing out: who may have what now, and never more than the limits."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import TOKYO, ClockQuality, Moment, SettableClock
from app.shelters.handouts.allergens import shared_allergens
from app.shelters.handouts.rules import Given, Receiver, dated, day_of, judge, next_day, quantity_for
from app.shelters.handouts.values import Answer, Collector, Entitled, ItemKind, ItemRules, Proxies
from app.shelters.values import PersonClass, Place, StayState

SUPPER, LUNCH = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=TOKYO)
MEAL = ItemRules(kind=ItemKind.MEAL, allergens=frozenset())
HOUR = timedelta(hours=1)


def moment(at: datetime, *, boot: str = 'a', passed: timedelta = timedelta()) -> Moment:
    """A moment whose monotonic clock began at noon."""
    return Moment(at, round(passed.total_seconds() * 1e9), boot, ClockQuality.SYNCHRONISED)


def before(at: datetime, item: UUID = SUPPER, *, boot: str = 'earlier', monotonic_ns: int = 0) -> Given:
    return Given(item, at, boot, monotonic_ns)


def answer(rules: ItemRules, *earlier: Given, at: datetime = NOON, receiver: Receiver | None = None) -> Answer:
    found = judge(SUPPER, rules, receiver or Receiver(), earlier, moment(at))
    return found.answer if found else Answer.GIVEN


def test_without_a_rule_everybody_is_given_again() -> None:
    assert answer(ItemRules(), before(NOON), before(NOON)) is Answer.GIVEN


def test_within_the_interval_the_answer_says_since_when_and_until_when() -> None:
    found = judge(SUPPER, ItemRules(interval=4 * HOUR), Receiver(), [before(NOON - HOUR)], moment(NOON))
    assert found is not None
    assert (found.answer, found.since, found.until) == (Answer.TOO_SOON, NOON - HOUR, NOON + 3 * HOUR)


def test_after_the_interval_it_is_given() -> None:
    assert answer(ItemRules(interval=HOUR), before(NOON - HOUR)) is Answer.GIVEN


def test_a_day_begins_at_five_in_the_morning() -> None:
    rules, supper = ItemRules(per_day=1), before(NOON - timedelta(hours=8))
    assert day_of(supper.at) == day_of(NOON) - timedelta(days=1)
    assert answer(rules, supper) is Answer.GIVEN
    assert answer(rules, supper, at=NOON.replace(hour=4, minute=59)) is Answer.PER_DAY
    assert next_day(supper.at) == NOON.replace(hour=5)


def test_what_is_given_once_is_given_once() -> None:
    assert answer(ItemRules(in_all=1), before(NOON - timedelta(days=90))) is Answer.IN_ALL


def test_what_stands_in_its_place_was_given_today() -> None:
    rules = ItemRules(excludes=frozenset({LUNCH}))
    found = judge(SUPPER, rules, Receiver(), [before(NOON - HOUR, LUNCH)], moment(NOON))
    assert found is not None
    assert (found.answer, found.item, found.until) == (Answer.EXCLUSIVE, LUNCH, next_day(NOON))
    assert answer(rules, before(NOON - timedelta(days=1), LUNCH)) is Answer.GIVEN


def test_what_is_kept_for_infants_leaves_out_nobody_whose_age_is_not_known() -> None:
    milk = ItemRules(only_for=frozenset({PersonClass.INFANT}))
    assert answer(milk, receiver=Receiver(person_class=PersonClass.MAN)) is Answer.NOT_FOR
    assert answer(milk, receiver=Receiver(person_class=PersonClass.INFANT)) is Answer.GIVEN
    assert answer(milk, receiver=Receiver()) is Answer.GIVEN


@pytest.mark.parametrize(
    ('place', 'state', 'expected'),
    [
        (Place.SHELTER, StayState.PRESENT, Answer.GIVEN),
        (Place.SHELTER, StayState.AWAY, Answer.NOT_PRESENT),
        (Place.CAR, StayState.PRESENT, Answer.NOT_PRESENT),
        (None, None, Answer.NOT_PRESENT),
    ],
)
def test_some_things_are_for_those_inside(place: Place | None, state: StayState | None, expected: Answer) -> None:
    receiver = Receiver(place=place, state=state)
    assert answer(ItemRules(entitled=Entitled.PRESENT), receiver=receiver) is expected
    assert answer(ItemRules(), receiver=receiver) is Answer.GIVEN


@pytest.mark.parametrize(
    ('proxies', 'allowed'),
    [
        (Proxies.NOBODY, {Collector.THEMSELVES}),
        (Proxies.HOUSEHOLD, {Collector.THEMSELVES, Collector.HOUSEHOLD}),
        (Proxies.ANYBODY, set(Collector)),
    ],
)
def test_who_may_collect(proxies: Proxies, allowed: set[Collector]) -> None:
    rules = ItemRules(proxies=proxies)
    found = {each for each in Collector if judge(SUPPER, rules, Receiver(), (), moment(NOON), collector=each) is None}
    assert found == allowed


def test_an_allergen_stops_and_is_named_as_the_list_names_it() -> None:
    rules = replace(MEAL, allergens=frozenset({'小麦', '卵'}))
    receiver = Receiver(allergies=('たまごアレルギー',))
    found = judge(SUPPER, rules, receiver, (), moment(NOON))
    assert found is not None
    assert (found.answer, found.allergens) == (Answer.ALLERGEN, ('卵',))
    assert judge(SUPPER, rules, receiver, (), moment(NOON), overridden=frozenset({Answer.ALLERGEN})) is None


def test_a_meal_that_nobody_looked_into_stops_who_has_an_allergy_only() -> None:
    rules = replace(MEAL, allergens=None)
    assert answer(rules, receiver=Receiver(allergies=('そば',))) is Answer.ALLERGENS_UNKNOWN
    assert answer(rules, receiver=Receiver(allergies=(' ',))) is Answer.GIVEN
    assert answer(replace(rules, kind=ItemKind.GOODS), receiver=Receiver(allergies=('そば',))) is Answer.GIVEN


def test_setting_one_reason_aside_leaves_the_others_standing() -> None:
    rules = replace(MEAL, interval=HOUR, allergens=frozenset({'小麦'}))
    receiver = Receiver(allergies=('小麦',))
    overridden = frozenset({Answer.TOO_SOON})
    found = judge(SUPPER, rules, receiver, [before(NOON)], moment(NOON), overridden=overridden)
    assert found is not None
    assert found.answer is Answer.ALLERGEN


@pytest.mark.parametrize(
    ('told', 'contained', 'shared'),
    [
        ('ピーナツ', '落花生', True),
        ('エビ', '海老', True),
        ('甲殻類', 'かに', True),
        ('牛乳', '乳', True),
        ('豆乳', '乳', False),
        ('キウイ', 'キウイ', True),
        ('キウイ アレルギー', 'きうい', True),
        ('そば', '小麦', False),
        ('', '小麦', False),
    ],
)
def test_allergens_are_found_however_they_are_written(told: str, contained: str, shared: bool) -> None:
    assert bool(shared_allergens([told], [contained])) is shared


def test_the_portion_grows_with_the_household() -> None:
    assert quantity_for(ItemRules(portion=2, by_size=True), 4) == 8
    assert quantity_for(ItemRules(portion=2), 4) == 2


def test_setting_the_clock_makes_nothing_older() -> None:
    an_hour_ago = before(NOON, boot='a')
    now = moment(NOON + timedelta(days=3), passed=HOUR)
    assert dated(an_hour_ago, now) == now.at - HOUR
    assert judge(SUPPER, ItemRules(interval=2 * HOUR), Receiver(), [an_hour_ago], now) is not None


EVENTS = st.lists(
    st.one_of(
        st.just(('tap', 0)),
        st.tuples(st.just('wait'), st.integers(0, 60 * 20)),
        st.tuples(st.just('step'), st.integers(-60 * 48, 60 * 48)),
        st.just(('restart', 0)),
    ),
    max_size=40,
)
LIMITS = st.builds(
    ItemRules,
    interval=st.none() | st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(hours=30)),
    per_day=st.none() | st.integers(1, 3),
    in_all=st.none() | st.integers(1, 4),
)


@settings(max_examples=200, deadline=None)
@given(LIMITS, EVENTS)
def test_never_more_than_the_limits_whatever_happens_to_the_clock(
    rules: ItemRules, events: list[tuple[str, int]]
) -> None:
    clock, boot, passed = SettableClock(NOON), 0, timedelta()
    kept: list[Given] = []
    true_times: list[tuple[int, timedelta]] = []
    for event, minutes in events:
        if event == 'wait':
            clock.forward(minutes=minutes)
            passed += timedelta(minutes=minutes)
        elif event == 'step':
            clock.step(clock.now() + timedelta(minutes=minutes))
        elif event == 'restart':
            boot += 1
        now = replace(clock.moment(), boot_id=str(boot))
        if event != 'tap' or judge(SUPPER, rules, Receiver(), kept, now) is not None:
            continue
        kept.append(Given(SUPPER, now.at, now.boot_id, now.monotonic_ns))
        true_times.append((boot, passed))
        by_this_clock = [day_of(dated(each, now)) for each in kept]
        assert rules.per_day is None or by_this_clock.count(day_of(now.at)) <= rules.per_day
    assert rules.in_all is None or len(kept) <= rules.in_all
    for number, (one_boot, one) in enumerate(true_times):
        for other_boot, other in true_times[number + 1 :]:
            if rules.interval is not None and one_boot == other_boot:
                assert other - one >= rules.interval


@settings(max_examples=200, deadline=None)
@given(LIMITS, st.lists(st.integers(0, 60 * 96), max_size=30))
def test_never_more_than_the_limits_whatever_the_order_in_which_paper_was_entered(
    rules: ItemRules, minutes: list[int]
) -> None:
    kept: list[Given] = []
    for minute in minutes:
        now = moment(NOON + timedelta(minutes=minute), boot=str(len(kept)))
        if judge(SUPPER, rules, Receiver(), kept, now) is None:
            kept.append(before(now.at))
    days = [day_of(each.at) for each in kept]
    times = sorted(each.at for each in kept)
    assert rules.in_all is None or len(kept) <= rules.in_all
    assert all(rules.per_day is None or days.count(day) <= rules.per_day for day in days)
    assert all(
        rules.interval is None or later - earlier >= rules.interval for earlier, later in itertools.pairwise(times)
    )
