"""Who is from another municipality (市外の方): at the desk with one press, and corrected later by an officer."""

import pytest

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.desk_presses import MarkVisitor, Plain
from app.shelters.desk_screens import Step
from app.shelters.models import Stay
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.stays import NotHere
from app.shelters.values import LeftFor, ShelterKind, ShelterState
from app.shelters.visitor_marks import VISITOR_MARKED, mark_visitor
from app.shelters.visitors import visitor_by_default
from tests.support.reception import asked, open_reception, registered
from tests.support.shelter import OFFICER, opened_shelter, register


async def stranded_shelter(box: Box) -> ShelterInfo:
    entry = ShelterEntry(code='S-1', name='金沢駅', kind=ShelterKind.STRANDED, address='石川県金沢市木ノ新保町1')
    shelter = await box.shelters.register.add(entry, OFFICER, here=True)
    return await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)


async def test_one_press_before_somebody_is_registered_says_that_they_are_from_elsewhere(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, Plain.WITHOUT_CARD)
    assert not desk.view.visitor
    await asked(desk, MarkVisitor(True))
    assert desk.view.visitor
    await registered(desk)
    assert desk.view.person is not None
    assert desk.view.person.visitor

    await asked(desk, Plain.FINISH, Plain.WITHOUT_CARD)
    assert not desk.view.visitor
    await registered(desk)
    assert sorted([row.visitor for row in await Stay.all()]) == [False, True]


async def test_the_others_of_a_household_are_from_where_the_first_is(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, Plain.WITHOUT_CARD, MarkVisitor(True))
    await registered(desk)
    await asked(desk, Plain.NEXT_MEMBER)
    await registered(desk)
    assert [row.visitor for row in await Stay.all()] == [True, True]


async def test_where_stranded_travellers_stay_everybody_is_from_elsewhere_until_it_is_pressed(box: Box) -> None:
    await stranded_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, Plain.WITHOUT_CARD)
    assert desk.view.visitor
    await registered(desk)
    await asked(desk, Plain.FINISH, Plain.WITHOUT_CARD, MarkVisitor(False))
    await registered(desk)
    assert sorted([row.visitor for row in await Stay.all()]) == [False, True]


async def test_an_address_says_more_than_the_kind_of_the_shelter(box: Box) -> None:
    shelter = await stranded_shelter(box)
    assert not visitor_by_default(shelter, '石川県金沢市広坂1丁目1番1号')
    assert visitor_by_default(shelter, '東京都千代田区丸の内1')


async def test_the_press_is_nothing_where_nobody_is_being_registered(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, MarkVisitor(True))
    assert (desk.view.step, desk.view.visitor) == (Step.WAITING, False)


async def test_an_officer_corrects_it_and_each_correction_is_in_the_journal_once(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    seen = (await box.shelters.stays.of(person))[0].seen_at

    for visitor in (True, True, False):
        await mark_visitor(box.journal, box.shelters.stays, person, shelter.id, OFFICER, visitor=visitor)

    (stay,) = await box.shelters.stays.of(person)
    assert (stay.visitor, stay.seen_at) == (False, seen)
    assert await JournalLine.filter(kind=VISITOR_MARKED).count() == 2


async def test_nobody_is_corrected_who_has_left(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    await box.shelters.stays.leave(person, shelter.id, LeftFor.HOME, OFFICER)
    with pytest.raises(NotHere):
        await mark_visitor(box.journal, box.shelters.stays, person, shelter.id, OFFICER, visitor=True)
