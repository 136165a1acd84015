"""The arithmetic of the standards, and that what nobody confirmed is never taken for nothing."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.shelters.needs import standards
from app.shelters.needs.standards import Measure, Standard, Verdict, split_toilets, together, toilets_needed

PEOPLE = st.integers(0, 5000)
PARTS = st.lists(st.one_of(st.none(), st.integers(0, 500).map(float)), min_size=1, max_size=6)


def test_seven_hundred_people_need_what_the_guideline_says() -> None:
    assert standards.area(None, 700).need == 2450
    assert (toilets_needed(700, 0, 7), toilets_needed(700, 7, 7)) == (14, 35)
    assert (split_toilets(35).women, split_toilets(35).men) == (26, 9)
    assert standards.water(None, None, 700).need == 10_500
    assert standards.drinking_water(None, 700).need == 2100
    assert standards.baths(None, 700).need == 14


def test_the_strict_rule_for_toilets_begins_on_the_day_that_the_city_set() -> None:
    assert [toilets_needed(100, days, 3) for days in (0, 2.99, 3, 10)] == [2, 2, 5, 5]


def test_nothing_confirmed_is_neither_enough_nor_short() -> None:
    measure = standards.beds(None, 40)
    assert (measure.verdict, measure.lacking, measure.have.known) == (Verdict.UNKNOWN, None, None)


def test_nobody_counted_yet_makes_no_need_of_zero() -> None:
    assert standards.beds(0, None).verdict is Verdict.UNKNOWN
    assert standards.beds(0, 0).verdict is Verdict.ENOUGH


def test_a_confirmed_zero_is_short() -> None:
    measure = standards.baths(0, 51)
    assert (measure.verdict, measure.lacking) == (Verdict.SHORT, 2)


def test_three_toilets_for_women_to_one_for_men() -> None:
    assert standards.toilets_for_women(6, 2).verdict is Verdict.ENOUGH
    assert standards.toilets_for_women(5, 2).lacking == 1
    assert standards.toilets_for_women(None, 2).verdict is Verdict.UNKNOWN
    assert standards.toilets_for_women(3, None).verdict is Verdict.UNKNOWN


def test_no_people_have_no_metres_each() -> None:
    assert standards.area_per_person(700, 0) is None
    assert standards.area_per_person(None, 5) is None
    assert standards.area_per_person(700, 200) == 3.5


@given(parts=PARTS, need=st.integers(0, 3000))
def test_whatever_is_confirmed_later_never_turns_a_shortage_into_enough(parts: list[float | None], need: int) -> None:
    measure = Measure(Standard.TOILETS, together(parts), need)
    largest = Measure(Standard.TOILETS, together([10_000.0 if part is None else part for part in parts]), need)
    smallest = Measure(Standard.TOILETS, together([0.0 if part is None else part for part in parts]), need)
    if measure.verdict is Verdict.SHORT:
        assert largest.verdict is Verdict.SHORT
    if measure.verdict is Verdict.ENOUGH:
        assert smallest.verdict is Verdict.ENOUGH


@given(parts=PARTS)
def test_a_sum_with_something_unconfirmed_is_no_number(parts: list[float | None]) -> None:
    amount = together(parts)
    assert (amount.known is None) == (None in parts)


@given(parts=PARTS, need=st.integers(0, 3000))
def test_what_lacks_is_what_is_missing_to_the_need(parts: list[float | None], need: int) -> None:
    measure = Measure(Standard.BEDS, together(parts), need)
    if measure.lacking is not None:
        assert measure.lacking == max(0, need - measure.have.at_least)


@given(people=PEOPLE, days=st.floats(0, 100), later=st.integers(0, 365))
def test_toilets_suffice_and_not_one_too_many_is_asked_for(people: int, days: float, later: int) -> None:
    needed = toilets_needed(people, days, later)
    each = 20 if days >= later else 50
    assert needed * each >= people > (needed - 1) * each or needed == people == 0


@given(toilets=st.integers(0, 400))
def test_splitting_toilets_loses_none_and_keeps_three_to_one(toilets: int) -> None:
    split = split_toilets(toilets)
    assert split.women + split.men == toilets
    assert abs(split.women - 3 * split.men) <= 3
    assert split.men == math.ceil(toilets / 4)
