"""Counting at the desk: one press, one person, however fast; one press back; all desks see the sum."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from app.runtime import Box
from app.shelters.desk_counting import still_standing
from app.shelters.desk_presses import ChooseMode, CountOne, TakeBack
from app.shelters.desk_screens import Mode, Step
from app.shelters.places import ShelterEntry
from app.shelters.values import PersonClass, ShelterState
from tests.support.box import until
from tests.support.reception import attempts, open_reception
from tests.support.shelter import OFFICER, opened_shelter

CLASSES = st.sampled_from([PersonClass.MAN, PersonClass.WOMAN, PersonClass.CHILD, PersonClass.INFANT])


async def test_each_press_is_one_person_also_when_they_come_at_once(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await desk.press(ChooseMode(Mode.COUNT))
    await asyncio.gather(*(desk.press(CountOne(PersonClass.WOMAN, attempts())) for _press in range(12)))
    assert (desk.view.step, desk.view.total) == (Step.COUNT, 12)


async def test_a_press_that_is_delivered_twice_is_one_person(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    press = CountOne(PersonClass.MAN, attempts())
    await desk.press(press)
    await desk.press(press)
    assert desk.view.total == 1


async def test_one_press_takes_the_last_one_back_and_no_more_than_there_were(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    for person_class in (PersonClass.MAN, PersonClass.CHILD):
        await desk.press(CountOne(person_class, attempts()))
    assert desk.view.last_count is PersonClass.CHILD
    await desk.press(TakeBack(attempts()))
    assert desk.view.counted == {PersonClass.MAN: 1, PersonClass.CHILD: 0}
    await desk.press(TakeBack(attempts()))
    await desk.press(TakeBack(attempts()))
    assert desk.view.total == 0
    assert desk.view.last_count is None


async def test_several_desks_see_the_sum_and_each_takes_back_its_own(box: Box) -> None:
    await opened_shelter(box)
    first, _reader = await open_reception(box)
    second, _reader = await open_reception(box, '受付2')
    await first.press(CountOne(PersonClass.MAN, attempts()))
    await second.press(CountOne(PersonClass.INFANT, attempts()))
    await until(lambda: first.view.total == second.view.total == 2)
    await first.press(TakeBack(attempts()))
    await until(lambda: second.view.counted == {PersonClass.MAN: 0, PersonClass.INFANT: 1})


async def test_nobody_is_counted_at_a_shelter_that_is_not_open_and_the_desk_says_so(box: Box) -> None:
    shelter = await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
    await until(lambda: desk.view.step is Step.CLOSED)
    await desk.press(CountOne(PersonClass.MAN, attempts()))
    assert (await box.shelters.counts.reconcile(shelter.id)).difference == 0
    assert desk.view.shelter_name == '泉小学校'


async def test_a_drill_is_counted_apart(box: Box) -> None:
    shelter = await box.shelters.register.add(ShelterEntry(code='E-1', name='泉'), OFFICER, here=True, practice=True)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)
    desk, _reader = await open_reception(box)
    await desk.press(CountOne(PersonClass.MAN, attempts()))
    assert (desk.view.practice, desk.view.total) == (True, 1)
    assert (await box.shelters.counts.reconcile(shelter.id)).difference == 0


async def test_a_desk_belongs_where_it_was_put_and_counts_into_its_area(box: Box) -> None:
    await opened_shelter(box)
    other = await box.shelters.register.add(ShelterEntry(code='E-2', name='公民館'), OFFICER)
    await box.shelters.register.set_state(other.id, ShelterState.OPENED, OFFICER)
    desk, _reader = await open_reception(box)
    assert desk.view.shelter_name == '泉小学校'
    await box.shelters.reception.places.put(desk.desk.id, other.id, OFFICER, area=None, mode=Mode.COUNT)
    await until(lambda: desk.view.shelter_name == '公民館')
    assert desk.view.step is Step.COUNT


@given(st.lists(CLASSES, max_size=20), st.integers(0, 25))
def test_taking_back_ends_the_newest_press_each_time(pressed: list[PersonClass], times: int) -> None:
    presses = [(person_class, 1) for person_class in pressed]
    for _time in range(times):
        standing = still_standing(presses)
        if standing:
            presses.append((standing[-1], -1))
    assert still_standing(presses) == pressed[: max(0, len(pressed) - times)]
