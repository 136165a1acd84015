"""Counting by presses, and what the presses are compared with."""

import pytest

from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.values import PersonClass
from tests.support.shelter import OFFICER, opened_shelter, register


async def test_each_press_is_one_person(box: Box) -> None:
    shelter = await opened_shelter(box)
    press = Press(shelter=shelter.id, person_class=PersonClass.WOMAN)
    for _press in range(3):
        await box.shelters.counts.press(press, OFFICER)
    assert (await box.shelters.counts.reconcile(shelter.id)).counted == {(None, PersonClass.WOMAN): 3}


async def test_the_same_attempt_counts_once(box: Box) -> None:
    shelter = await opened_shelter(box)
    press = Press(shelter=shelter.id, person_class=PersonClass.MAN, attempt='tablet:1')
    for _press in range(2):
        await box.shelters.counts.press(press, OFFICER)
    assert (await box.shelters.counts.reconcile(shelter.id)).counted == {(None, PersonClass.MAN): 1}


async def test_a_press_is_taken_back_by_another(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.counts.press(Press(shelter=shelter.id, person_class=PersonClass.CHILD), OFFICER)
    back = Press(shelter=shelter.id, person_class=PersonClass.CHILD, change=-1)
    await box.shelters.counts.press(back, OFFICER)
    assert (await box.shelters.counts.reconcile(shelter.id)).counted == {(None, PersonClass.CHILD): 0}


async def test_a_press_counts_one_person_only(box: Box) -> None:
    shelter = await opened_shelter(box)
    with pytest.raises(ValueError, match='one person'):
        await box.shelters.counts.press(Press(shelter=shelter.id, person_class=PersonClass.MAN, change=40), OFFICER)


async def test_what_was_counted_stands_beside_what_was_registered(box: Box) -> None:
    shelter = await opened_shelter(box)
    for _press in range(3):
        await box.shelters.counts.press(Press(shelter=shelter.id, person_class=PersonClass.WOMAN), OFFICER)
    await register(box, shelter)
    found = await box.shelters.counts.reconcile(shelter.id)
    assert found.difference == 2
    assert found.registered == {(None, PersonClass.WOMAN): 1}


async def test_practice_counts_apart(box: Box) -> None:
    shelter = await opened_shelter(box)
    press = Press(shelter=shelter.id, person_class=PersonClass.WOMAN, practice=True)
    await box.shelters.counts.press(press, OFFICER)
    assert (await box.shelters.counts.reconcile(shelter.id)).counted == {}
