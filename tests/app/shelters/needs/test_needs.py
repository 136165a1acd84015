"""Facts of a shelter, and the strip that is made of them."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import SettableClock
from app.runtime import Box
from app.shelters.needs.facts import AMOUNTS, CONDITIONS, Condition, Fact, FactRefused, Found, checked
from app.shelters.needs.opening_time import opened_at
from app.shelters.needs.standards import Standard, Verdict
from app.shelters.needs.strip import Strip, Wanted, draft, usable_area
from app.shelters.needs.tonight import tonight_of
from app.shelters.places import Area, ShelterInfo
from app.shelters.values import AreaKind, LeftFor, ShelterState
from tests.support.morning import MORNING, morning
from tests.support.shelter import HANAKO, OFFICER, counted, opened_shelter, register

OFFICER_ID = UUID(int=1)
__all__ = ['morning']


async def enter(box: Box, shelter: ShelterInfo, **amounts: float | None) -> None:
    found = {Fact(name): Found(amount) for name, amount in amounts.items()}
    await box.shelters.needs.facts.enter(shelter.id, found, OFFICER, practice=False)


def verdict(strip: Strip, standard: Standard) -> Verdict:
    return next(measure.verdict for measure in strip.measures if measure.standard is standard)


async def test_a_shelter_where_nobody_looked_says_so_everywhere(box: Box) -> None:
    strip = await box.shelters.needs.strip(await opened_shelter(box))
    assert strip.presence.people is None
    assert {measure.verdict for measure in strip.measures} == {Verdict.UNKNOWN}
    assert draft(strip) == ()


async def test_the_last_entry_counts_and_carries_its_own_time(box: Box) -> None:
    shelter = await opened_shelter(box)
    await enter(box, shelter, beds=20, baths=1)
    earlier = MORNING - timedelta(hours=2)
    await box.shelters.needs.facts.enter(shelter.id, {Fact.BEDS: Found(12)}, OFFICER, practice=False, as_of=earlier)
    facts = await box.shelters.needs.facts.of(shelter.id, practice=False)
    assert (facts[Fact.BEDS].found.amount, facts[Fact.BEDS].as_of) == (12, earlier)
    assert facts[Fact.BATHS].as_of == MORNING
    assert Fact.GAS not in facts


async def test_something_may_become_unconfirmed_again(box: Box) -> None:
    shelter = await opened_shelter(box)
    await enter(box, shelter, beds=20)
    await enter(box, shelter, beds=None)
    facts = await box.shelters.needs.facts.of(shelter.id, practice=False)
    assert not facts[Fact.BEDS].found.is_confirmed


@pytest.mark.parametrize(
    ('fact', 'found'),
    [
        (Fact.BEDS, Found(-1)),
        (Fact.BEDS, Found(1.5)),
        (Fact.BEDS, Found(float('nan'))),
        (Fact.BEDS, Found(float('inf'))),
        (Fact.BEDS, Found(condition=Condition.BAD)),
        (Fact.POWER, Found(3)),
    ],
)
def test_what_does_not_fit_its_fact_is_refused(fact: Fact, found: Found) -> None:
    with pytest.raises(FactRefused, match=fact.value):
        checked(fact, found)


async def test_nothing_is_entered_of_a_time_to_come(box: Box) -> None:
    shelter = await opened_shelter(box)
    with pytest.raises(FactRefused, match='as_of'):
        await box.shelters.needs.facts.enter(
            shelter.id, {Fact.BEDS: Found(1)}, OFFICER, practice=False, as_of=MORNING + timedelta(minutes=1)
        )


@given(amount=st.one_of(st.none(), st.integers(0, 1_000_000)), fact=st.sampled_from(AMOUNTS))
def test_a_fact_is_confirmed_exactly_when_a_number_was_said(amount: int | None, fact: Fact) -> None:
    assert checked(fact, Found(amount)).is_confirmed == (amount is not None)


def test_every_fact_is_an_amount_or_a_condition() -> None:
    assert {*AMOUNTS, *CONDITIONS} == set(Fact)


async def test_the_larger_of_counted_and_registered_is_looked_after(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    strip = await box.shelters.needs.strip(shelter)
    assert (strip.presence.people, strip.presence.difference) == (1, -1)
    await counted(box, shelter, 4)
    strip = await box.shelters.needs.strip(shelter)
    assert (strip.presence.people, strip.presence.difference) == (4, 3)
    assert strip.area_per_person == 175


async def test_a_shelter_that_everybody_left_has_nobody_and_not_an_unknown_number(box: Box) -> None:
    shelter = await opened_shelter(box)
    registered = await register(box, shelter)
    await box.shelters.stays.leave(registered.evacuee.id, shelter.id, LeftFor.HOME, OFFICER)
    assert (await box.shelters.needs.strip(shelter)).presence.people == 0


async def test_a_drill_counts_nothing_of_the_real_and_the_other_way(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 3)
    await counted(box, shelter, 2, practice=True)
    await enter(box, shelter, beds=3)
    drill = replace(shelter, practice=True)
    strip = await box.shelters.needs.strip(drill)
    assert strip.presence.people == 2
    assert strip.facts == {}


async def test_what_is_certainly_short_is_drafted_and_nothing_else(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 10)
    await enter(box, shelter, beds=4, water_drinking=0, baths=1, toilets_women=0)
    strip = await box.shelters.needs.strip(shelter)
    assert set(draft(strip)) == {Wanted(Standard.BEDS, 6), Wanted(Standard.DRINKING_WATER, 30)}
    assert verdict(strip, Standard.TOILETS) is Verdict.UNKNOWN


async def test_while_the_tap_runs_no_water_is_asked_for(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 10)
    await enter(box, shelter, water_drinking=0, water_other=0)
    running = {Fact.TAP_WATER: Found(condition=Condition.GOOD)}
    await box.shelters.needs.facts.enter(shelter.id, running, OFFICER, practice=False)
    assert draft(await box.shelters.needs.strip(shelter)) == ()


async def test_the_days_count_from_the_opening_and_being_full_does_not_end_them(
    box: Box, morning: SettableClock
) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 100)
    await enter(
        box, shelter, toilets_women=0, toilets_men=0, toilets_shared=2, toilets_accessible=0, toilets_portable=0
    )
    assert verdict(await box.shelters.needs.strip(shelter), Standard.TOILETS) is Verdict.ENOUGH
    morning.forward(days=8)
    await box.shelters.register.set_state(shelter.id, ShelterState.FULL, OFFICER)
    strip = await box.shelters.needs.strip(shelter)
    assert verdict(strip, Standard.TOILETS) is Verdict.SHORT
    assert strip.days_open == 8


async def test_a_closed_shelter_is_not_open_since_any_time(box: Box) -> None:
    shelter = await opened_shelter(box)
    assert await opened_at(box.reading, shelter.id) == MORNING
    await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
    assert await opened_at(box.reading, shelter.id) is None


def test_areas_count_where_all_were_measured_and_cars_never_do() -> None:
    hall = Area(id=OFFICER_ID, shelter=OFFICER_ID, name='体育館', area_m2=400)
    room = replace(hall, name='教室', area_m2=60)
    ground = replace(hall, name='校庭', kind=AreaKind.CARS, area_m2=5000)
    assert usable_area(700, [hall, room, ground]) == 460
    assert usable_area(700, [hall, replace(room, area_m2=None)]) == 700
    assert usable_area(None, [hall, replace(room, area_m2=None)]) is None
    assert usable_area(None, []) is None


async def test_meals_are_totals_by_diet_and_allergy_and_protected_people_are_in_them(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(HANAKO, diet='おかゆ', protected=True))
    await register(box, shelter, replace(HANAKO, diet='おかゆ ', allergies=('卵', '小麦')))
    await register(box, shelter)
    tonight = (await box.shelters.needs.strip(shelter)).tonight
    assert tonight.registered == 3
    assert tonight.diets == {'おかゆ': 2}
    assert tonight.allergies == {'卵': 1, '小麦': 1}
    assert tonight.nothing_told == 1


def test_nobody_wants_no_meal() -> None:
    assert tonight_of([]).nothing_told == 0
