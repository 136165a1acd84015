"""A tablet of a shelter that residents opened: it receives everybody and tells nobody about others."""

from functools import partial

import pytest

from app.runtime import Box
from app.shelters.desk import ShelterDesk
from app.shelters.desk_presses import CountOne, Plain
from app.shelters.desk_screens import Problem, Step, Told
from app.shelters.numbers import number_of
from app.shelters.tokens import Token
from app.shelters.values import PersonClass, ShelterState
from tests.support.box import felica, until
from tests.support.reception import asked, attempts, open_reception, registered, touched
from tests.support.shelter import OFFICER, opened_shelter, register

SUICA = felica('0114AAAAAAAAAAAA')


async def test_nobody_is_looked_up_by_a_number_whether_there_is_one_or_not(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED_BY_RESIDENTS, OFFICER)
    await until(lambda: desk.view.by_residents)
    shown = []
    for number in (person.number, number_of(desk.view.prefix, 4000), number_of('ZZZ', 12)):
        await desk.scan(number)
        shown.append((desk.view.step, desk.view.problem, desk.view.person))
    assert shown == [(Step.PROBLEM, Problem.NOT_BY_RESIDENTS, None)] * 3


async def test_people_are_counted_registered_and_known_again_by_their_card(box: Box) -> None:
    shelter = await opened_shelter(box)
    desk, reader = await open_reception(box)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED_BY_RESIDENTS, OFFICER)
    await until(lambda: desk.view.by_residents)
    await asked(desk, CountOne(PersonClass.WOMAN, attempts()))
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    await asked(desk, Plain.FINISH)
    await touched(desk, reader, SUICA, Step.PERSON)
    assert (desk.view.total, desk.view.registered, desk.view.told) == (1, 1, Told.ALREADY)


def is_in(desk: ShelterDesk, state: ShelterState) -> bool:
    return desk.view.shelter_state is state


@pytest.mark.parametrize('state', [ShelterState.OPENED, ShelterState.FULL])
async def test_staff_who_take_over_may_look_for_people_at_once(box: Box, state: ShelterState) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    for now in (ShelterState.OPENED_BY_RESIDENTS, state):
        await box.shelters.register.set_state(shelter.id, now, OFFICER)
        await until(partial(is_in, desk, now))
    await desk.scan(person.number)
    assert desk.view.person is not None
    assert (desk.view.told, desk.view.person.number) == (Told.SHOWN, person.number)


async def test_a_code_on_a_wristband_leads_to_its_holder_who_shows_it(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    await box.shelters.evacuees.bind(person.id, Token.printed('WB-7F3A91C2'), OFFICER)
    desk, _reader = await open_reception(box)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED_BY_RESIDENTS, OFFICER)
    await until(lambda: desk.view.by_residents)
    await desk.scan('WB-7F3A91C2')
    assert (desk.view.step, desk.view.told) == (Step.PERSON, Told.ALREADY)
