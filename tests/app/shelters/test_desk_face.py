"""A My Number Card at the desk: what is printed on it, read with what is printed on it or by its holder."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runtime import Box
from app.shelters.desk import ShelterDesk
from app.shelters.desk_presses import Plain, ReadFace
from app.shelters.desk_screens import Problem, Step, Told
from app.shelters.faces import can_be_sent, is_visitor
from app.shelters.tokens import Token
from app.shelters.values import Assured, PersonClass, Sex
from device_drivers.card_reader.interface import FaceRead
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.text_application import FaceKey, FaceKeyKind
from tests.support.box import felica, until
from tests.support.reception import CODE_B, FACE, asked, my_number_card, open_reception, registered, touched
from tests.support.shelter import OFFICER, opened_shelter

WITH_CODE = ReadFace(FaceKeyKind.CODE_B, CODE_B)
WITH_PIN = ReadFace(FaceKeyKind.PIN, '1234')


class TornCard(SimulatedCard):
    def read_face(self, key: FaceKey) -> FaceRead:
        raise CardError(CardProblem.TORN)


async def test_the_code_from_the_face_registers_its_holder_with_one_press_and_its_digits(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    card = my_number_card()
    reader.hold(card)
    await until(lambda: desk.view.step is Step.NEW and desk.view.is_my_number)
    await asked(desk, Step.CODE, WITH_CODE)
    await until(lambda: desk.view.told is Told.REGISTERED)

    assert desk.view.person is not None
    assert (desk.view.told, desk.view.person.surname) == (Told.REGISTERED, '金沢')
    found = await box.shelters.evacuees.by_token(Token.of_card(card.credential))
    assert found is not None
    assert (found.details.name, found.details.address) == (FACE.name, FACE.address)
    assert (found.details.birth_date, found.details.sex, found.assured) == (
        FACE.birth_date,
        Sex.FEMALE,
        Assured.CARD_DATA,
    )
    reader.lift()
    await touched(desk, reader, card, Step.PERSON)
    assert desk.view.told is Told.ALREADY


async def test_a_wrong_pin_says_how_many_tries_are_left_and_stops_at_one(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    card = my_number_card()
    reader.hold(card)
    await until(lambda: desk.view.step is Step.NEW)
    for left in (2, 1):
        await asked(desk, Step.PIN, ReadFace(FaceKeyKind.PIN, '9999'))
        await until(partial(_has_left, desk, left))
        assert (desk.view.step, desk.view.problem) == (Step.PIN, Problem.PIN_WRONG)
    await asked(desk, Step.PIN, WITH_PIN)
    await until(lambda: desk.view.problem is Problem.PIN_LAST_TRY)
    assert (desk.view.step, card.tries_left) == (Step.CODE, 1)
    await asked(desk, WITH_CODE)
    await until(lambda: desk.view.told is Told.REGISTERED)


async def test_a_slip_in_the_code_costs_no_try(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    card = my_number_card()
    reader.hold(card)
    await until(lambda: desk.view.step is Step.NEW)
    await asked(desk, Step.CODE, ReadFace(FaceKeyKind.CODE_B, '55131720352285'))
    assert (desk.view.step, desk.view.problem, card.code_tries_left) == (Step.CODE, Problem.CODE_TYPO, 10)


@pytest.mark.parametrize('problem', [CardProblem.EXPIRED, CardProblem.NO_CERTIFICATE, CardProblem.FOREIGN_CHAIN])
async def test_a_card_whose_certificate_is_of_no_use_still_tells_who_its_holder_is(
    box: Box, problem: CardProblem
) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    reader.hold(my_number_card(problem=problem))
    await until(lambda: desk.view.step is Step.NEW)
    assert (desk.view.is_my_number, desk.view.has_token) == (True, False)
    await asked(desk, Step.CODE, WITH_CODE)
    await until(lambda: desk.view.told is Told.REGISTERED)


async def test_another_card_than_the_one_that_was_touched_names_nobody(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, my_number_card('5F01'), Step.NEW)
    await asked(desk, Step.CODE, WITH_CODE)
    assert desk.view.step is Step.READING
    reader.tap(my_number_card('5F02'))
    await until(lambda: desk.view.problem is Problem.OTHER_CARD)
    assert (desk.view.step, desk.view.face) == (Step.NEW, None)


async def test_a_card_taken_away_too_early_is_waited_for_with_the_code_that_was_typed(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, my_number_card(), Step.NEW)
    await asked(desk, Step.CODE, WITH_CODE)
    reader.tap(TornCard(credential=my_number_card().credential))
    await until(lambda: desk.view.problem is Problem.TORN)
    assert desk.view.step is Step.READING
    reader.tap(my_number_card())
    await until(lambda: desk.view.told is Told.REGISTERED)


async def test_giving_up_withdraws_the_wish_and_the_next_card_is_an_ordinary_touch(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, my_number_card(), Step.NEW)
    await asked(desk, Step.PIN, WITH_PIN)
    await asked(desk, Plain.CANCEL, Plain.CANCEL)
    await touched(desk, reader, felica('0114CCCCCCCCCCCC'), Step.NEW)
    assert not desk.view.is_my_number


async def test_a_visitor_is_marked_as_one(box: Box) -> None:
    shelter = await opened_shelter(box)
    entry = replace(shelter.entry, address='石川県金沢市泉3丁目')
    await box.shelters.register.change(shelter.id, entry, OFFICER)
    desk, reader = await open_reception(box)
    await until(lambda: desk.view.step is Step.WAITING)
    visitor = my_number_card(face=replace(FACE, address='東京都千代田区霞が関1丁目'))
    reader.hold(visitor)
    await until(lambda: desk.view.step is Step.NEW)
    await asked(desk, Step.CODE, WITH_CODE)
    await until(lambda: desk.view.told is Told.REGISTERED)
    assert desk.view.person is not None
    assert desk.view.person.visitor


async def test_somebody_who_was_read_by_mistake_is_taken_back_with_one_press(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    reader.hold(my_number_card())
    await until(lambda: desk.view.step is Step.NEW)
    await asked(desk, Step.CODE, WITH_CODE)
    await until(lambda: desk.view.may_withdraw)
    await asked(desk, Plain.WITHDRAW)
    assert (desk.view.told, desk.view.registered) == (Told.WITHDRAWN, 0)


async def test_the_next_card_of_a_household_is_asked_for_its_code_at_once(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, my_number_card('5F01'), Step.NEW)
    await asked(desk, Step.CODE, WITH_CODE)
    reader.tap(my_number_card('5F01'))
    await until(lambda: desk.view.told is Told.REGISTERED)
    await asked(desk, Plain.NEXT_MEMBER)
    await touched(desk, reader, my_number_card('5F02'), Step.CODE)
    await asked(desk, WITH_CODE)
    reader.tap(my_number_card('5F02'))
    await until(lambda: desk.view.step is Step.HOUSEHOLD and desk.view.members == 2)
    assert desk.view.registered == 2


async def test_who_was_registered_without_a_name_is_named_by_their_card(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    card = my_number_card()
    await touched(desk, reader, card, Step.NEW)
    await registered(desk, PersonClass.WOMAN)
    number = desk.view.person and desk.view.person.number
    reader.hold(card)
    await until(lambda: desk.view.told is Told.ALREADY)
    await asked(desk, Step.CODE, WITH_CODE)
    await until(lambda: desk.view.step is Step.CONFIRM)
    await asked(desk, Plain.CONFIRM)
    assert desk.view.person is not None
    assert (desk.view.told, desk.view.person.number, desk.view.person.surname) == (Told.NAMED, number, '金沢')


async def test_nothing_of_the_card_reaches_a_log_or_the_disk_in_clear(
    box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    reader.hold(my_number_card())
    await until(lambda: desk.view.step is Step.NEW)
    await asked(desk, Step.PIN, ReadFace(FaceKeyKind.PIN, '8271'))
    await until(lambda: desk.view.problem is Problem.PIN_WRONG)
    await asked(desk, Plain.CANCEL, Step.CODE, WITH_CODE)
    await until(lambda: desk.view.told is Told.REGISTERED)
    shown = repr(desk.view)
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        told = caplog.text + shown + '\n'.join(database.iterdump())
    assert not [word for word in ('8271', CODE_B, '花子', '広坂', '1980-02') if word in told]


@pytest.mark.parametrize(
    ('address', 'shelter', 'visitor'),
    [
        ('石川県金沢市広坂1丁目', '石川県金沢市泉', False),
        ('金沢市広坂1丁目', '石川県金沢市泉', False),
        ('石川県 金沢市広坂', '金沢市泉', False),
        ('石川県河北郡津幡町', '石川県金沢市泉', True),
        ('東京都府中市', '広島県府中市元町', True),
        ('三重県四日市市', '三重県四日市市諏訪町', False),
        ('', '石川県金沢市泉', False),
        ('東京都千代田区', '', False),
    ],
)
def test_who_lives_in_another_municipality_is_a_visitor(address: str, shelter: str, visitor: bool) -> None:
    assert is_visitor(address, shelter) is visitor


@given(st.text('0123456789', max_size=16))
def test_only_what_can_be_a_code_is_sent(digits: str) -> None:
    sent = can_be_sent(FaceKey(FaceKeyKind.CODE_B, digits))
    assert not sent or (len(digits) == 14 and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31)
    assert can_be_sent(FaceKey(FaceKeyKind.PIN, digits)) is (len(digits) == 4)


def _has_left(desk: ShelterDesk, tries: int) -> bool:
    return desk.view.tries_left == tries
