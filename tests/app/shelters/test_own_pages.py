"""A person's own page: a wristband alone opens nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app import clock
from app.access.limits import TooSoon
from app.runtime import Box
from app.shelters.details import Consent, PersonDetails
from app.shelters.evacuees import EvacueeInfo
from app.shelters.own_pages import NotOpened
from app.shelters.tokens import Token
from app.shelters.values import LeftFor
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

CODE, BIRTH, PHONE = 'BAND-0001', '昭和21年3月1日', '10.0.0.5'


async def wearing(box: Box, details: PersonDetails = HANAKO) -> EvacueeInfo:
    """Somebody at a shelter, with a wristband."""
    person = (await register(box, await opened_shelter(box), details)).evacuee
    await box.shelters.evacuees.bind(person.id, Token.printed(CODE), OFFICER)
    return person


async def test_wristband_and_birth_date_open_the_page(box: Box) -> None:
    person = await wearing(box)

    page = await box.shelters.own_pages.open(CODE, BIRTH, PHONE)

    assert page.evacuee.number == person.number
    assert page.shelter is not None
    assert page.shelter.entry.name == '泉小学校'


async def test_a_printed_label_that_is_typed_opens_the_page_too(box: Box) -> None:
    person, label = await wearing(box), box.shelters.tokens.codes.new_code()
    await box.shelters.evacuees.bind(person.id, Token.printed(label), OFFICER)

    page = await box.shelters.own_pages.open(f'{label[:6]}-{label[6:]} '.lower(), BIRTH, PHONE)

    assert page.evacuee.number == person.number


@pytest.mark.parametrize(('code', 'birth'), [(CODE, '1946-3-2'), (CODE, ''), (CODE, 'x'), ('BAND-0002', BIRTH)])
async def test_anything_else_opens_nothing_and_says_not_why(box: Box, code: str, birth: str) -> None:
    await wearing(box)

    with pytest.raises(NotOpened) as refused:
        await box.shelters.own_pages.open(code, birth, PHONE)
    assert str(refused.value) == ''


async def test_who_never_told_a_birth_date_has_no_page(box: Box) -> None:
    await wearing(box, replace(HANAKO, birth_date=None))

    with pytest.raises(NotOpened):
        await box.shelters.own_pages.open(CODE, '', PHONE)


async def test_guessing_birth_dates_is_slowed_down(box: Box) -> None:
    await wearing(box)
    for day in range(2, 7):
        with pytest.raises(NotOpened):
            await box.shelters.own_pages.open(CODE, f'1946-3-{day}', f'10.0.0.{day}')

    with pytest.raises(TooSoon):
        await box.shelters.own_pages.open(CODE, BIRTH, PHONE)


async def test_the_page_of_a_protected_person_does_not_tell_the_place(box: Box) -> None:
    await wearing(box, replace(HANAKO, protected=True))

    page = await box.shelters.own_pages.open(CODE, BIRTH, PHONE)

    assert page.shelter is None
    assert '泉小学校' not in repr(page)


async def test_a_family_sees_the_numbers_of_its_members_except_of_one_who_is_protected(box: Box) -> None:
    person = await wearing(box)
    shelter = await box.shelters.register.here()
    assert shelter is not None
    child = (await register(box, shelter, PersonDetails(name='金沢 一'))).evacuee
    hidden = (await register(box, shelter, PersonDetails(name='金沢 陽子', protected=True))).evacuee
    await box.shelters.households.create([person.id, child.id, hidden.id], OFFICER)

    assert (await box.shelters.own_pages.open(CODE, BIRTH, PHONE)).household == (child.number,)


async def test_saying_that_one_leaves_is_a_flag_for_the_desk_and_no_leaving(box: Box) -> None:
    person = await wearing(box)
    pages = box.shelters.own_pages
    key = (await pages.open(CODE, BIRTH, PHONE)).key

    await pages.declare_leaving(key, LeftFor.RELATIVES)
    page = await pages.declare_leaving(key, LeftFor.HOME)

    assert page.leaving is LeftFor.HOME
    assert page.stay is not None
    (declared,) = await box.shelters.leavings.open(page.stay.shelter, practice=False)
    assert declared.evacuee == person.id
    assert await box.shelters.leavings.settle(declared.id, OFFICER)
    assert not await box.shelters.leavings.settle(declared.id, OFFICER)
    assert (await pages.see(key)).leaving is None


async def test_somebody_decides_which_answers_they_allow(box: Box) -> None:
    person = await wearing(box)
    key = (await box.shelters.own_pages.open(CODE, BIRTH, PHONE)).key

    await box.shelters.own_pages.decide(key, Consent(relatives=True, public=False))

    kept = await box.shelters.evacuees.get(person.id)
    assert kept is not None
    assert kept.details == replace(HANAKO, consent=Consent(relatives=True, public=False))


async def test_an_open_page_closes_by_itself(box: Box) -> None:
    await wearing(box)
    key = (await box.shelters.own_pages.open(CODE, BIRTH, PHONE)).key

    with clock.use(clock.SettableClock(clock.now() + timedelta(minutes=21))), pytest.raises(NotOpened):
        await box.shelters.own_pages.see(key)


@pytest.mark.parametrize('key', ['', '..', 'x.1.y', '0' * 32 + '.99999999999.' + '0' * 64])
async def test_a_key_that_the_box_did_not_make_opens_nothing(box: Box, key: str) -> None:
    with pytest.raises(NotOpened):
        await box.shelters.own_pages.see(key)
