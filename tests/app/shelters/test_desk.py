"""The reception desk with its registers: tokens, help, households and movement."""

import asyncio

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.desk_presses import CallHelp, GoOut, Leave, MoveTo, Plain, Register, TakeCall
from app.shelters.desk_screens import Problem, Step, Told
from app.shelters.details import PersonDetails
from app.shelters.models import Evacuee
from app.shelters.numbers import number_of
from app.shelters.places import Area, ShelterEntry
from app.shelters.tokens import Token
from app.shelters.until import Until
from app.shelters.values import LeftFor, PersonClass, Place, ShelterState, StayState, Urgency
from tests.support.box import felica, until
from tests.support.reception import asked, attempts, open_reception, registered, touched
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

SUICA = felica('0114AAAAAAAAAAAA')
BLANK = felica('0114BBBBBBBBBBBB')


async def test_an_unknown_card_is_registered_with_one_press_and_known_from_then_on(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    assert desk.view.person is not None
    assert (desk.view.step, desk.view.told) == (Step.PERSON, Told.REGISTERED)
    number = desk.view.person.number

    await touched(desk, reader, SUICA, Step.PERSON)
    assert (desk.view.told, desk.view.person.number, desk.view.registered) == (Told.ALREADY, number, 1)


async def test_a_press_that_is_delivered_twice_registers_one_person(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    attempt = attempts()
    for _delivery in range(2):
        await asked(desk, Plain.WITHOUT_CARD)
        await desk.press(Register(PersonClass.CHILD, attempt))
    assert await Evacuee.all().count() == 1
    assert desk.view.person is not None
    assert desk.view.person.person_class is PersonClass.CHILD


async def test_a_known_person_is_shown_by_surname_number_area_and_flags(box: Box) -> None:
    shelter = await opened_shelter(box)
    details = PersonDetails(name=HANAKO.name, urgencies=frozenset({Urgency.OXYGEN}))
    person = (await register(box, shelter, details)).evacuee
    await box.shelters.evacuees.bind(person.id, Token.of_card(SUICA.credential), OFFICER)
    desk, reader = await open_reception(box)
    await touched(desk, reader, SUICA, Step.PERSON)
    shown = desk.view.person
    assert shown is not None
    assert (shown.surname, shown.number, shown.urgencies) == ('金沢', person.number, (Urgency.OXYGEN,))


async def test_the_name_of_a_protected_person_is_never_on_the_screen(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter, PersonDetails(name='金沢 花子', protected=True))).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(person.number)
    assert desk.view.person is not None
    assert (desk.view.person.number, desk.view.person.surname) == (person.number, '')


async def test_who_was_away_is_back_with_a_touch(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    await asked(desk, Step.OUT, GoOut(Until.THREE_HOURS))
    assert (desk.view.step, desk.view.told) == (Step.DONE, Told.WENT_OUT)
    assert desk.view.person is not None
    assert desk.view.person.state is StayState.AWAY

    await touched(desk, reader, SUICA, Step.PERSON)
    assert (desk.view.told, desk.view.person.state) == (Told.BACK, StayState.PRESENT)


async def test_who_is_looked_up_by_number_is_only_shown(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    await box.shelters.stays.go_out(person.id, shelter.id, OFFICER, expected_at=None)
    desk, _reader = await open_reception(box)
    await desk.scan(person.number.replace('-', '').lower())
    assert desk.view.person is not None
    assert (desk.view.told, desk.view.person.state) == (Told.SHOWN, StayState.AWAY)
    await asked(desk, Plain.ARRIVE)
    assert (desk.view.told, desk.view.person.state) == (Told.BACK, StayState.PRESENT)


async def test_who_comes_from_another_shelter_is_proposed_to_leave_there_and_a_press_decides(box: Box) -> None:
    there = await opened_shelter(box)
    person = (await register(box, there)).evacuee
    await box.shelters.evacuees.bind(person.id, Token.of_card(SUICA.credential), OFFICER)
    here = await box.shelters.register.add(ShelterEntry(code='E-2', name='公民館'), OFFICER)
    await box.shelters.register.set_state(here.id, ShelterState.OPENED, OFFICER)
    desk, reader = await open_reception(box)
    await box.shelters.reception.places.put(desk.desk.id, here.id, OFFICER, area=None, mode=desk.view.mode)
    await until(lambda: desk.view.shelter_name == '公民館')

    await touched(desk, reader, SUICA, Step.PERSON)
    assert desk.view.person is not None
    assert (desk.view.told, desk.view.person.elsewhere_name) == (Told.ARRIVED, '泉小学校')
    assert len(await box.shelters.stays.open_elsewhere(person.id, here.id)) == 1
    await asked(desk, Plain.END_ELSEWHERE)
    assert await box.shelters.stays.open_elsewhere(person.id, here.id) == []
    assert desk.view.person.elsewhere_name == ''


async def test_a_blank_card_is_bound_to_somebody_just_registered(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await asked(desk, Plain.WITHOUT_CARD)
    await registered(desk)
    number = desk.view.person and desk.view.person.number
    await touched(desk, reader, BLANK, Step.NEW)
    assert desk.view.last_number == number
    await asked(desk, Plain.BIND)
    assert (desk.view.told, desk.view.person and desk.view.person.number) == (Told.BOUND, number)
    await touched(desk, reader, BLANK, Step.PERSON)
    assert desk.view.told is Told.ALREADY


async def test_a_wristband_is_a_token_like_any_card(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await desk.scan('WB-7F3A91C2')
    assert (desk.view.step, desk.view.has_token) == (Step.NEW, True)
    await registered(desk)
    await desk.scan('ＷＢ-7F3A91C2')
    assert (desk.view.step, desk.view.told) == (Step.PERSON, Told.ALREADY)


async def test_a_number_of_another_shelter_a_forged_code_and_a_web_address_are_told_apart(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    for text, problem in (
        (number_of('ZZZ', 12), Problem.OTHER_BOX),
        (number_of(desk.view.prefix, 4000), Problem.NOT_FOUND),
        ('https://example.com/abcdef', Problem.UNKNOWN_CODE),
        ('FAMILY.AAAAAA.BBBB', Problem.UNKNOWN_CODE),
    ):
        await desk.scan(text)
        assert (desk.view.step, desk.view.problem) == (Step.PROBLEM, problem)
    assert await Evacuee.all().count() == 0


async def test_a_slip_is_withdrawn_and_stays_in_the_journal(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    assert desk.view.may_withdraw
    await asked(desk, Plain.WITHDRAW)
    assert (desk.view.step, desk.view.told) == (Step.DONE, Told.WITHDRAWN)
    await until(lambda: desk.view.registered == 0)
    await touched(desk, reader, SUICA, Step.NEW)
    kinds = [str(kind) for kind in await JournalLine.all().values_list('kind', flat=True)]
    assert 'shelters.registered' in kinds
    assert 'shelters.registration_withdrawn' in kinds


async def test_two_desks_that_register_the_same_card_in_the_same_second_have_one_person(box: Box) -> None:
    await opened_shelter(box)
    first, one = await open_reception(box)
    second, two = await open_reception(box, '受付2')
    await touched(first, one, SUICA, Step.NEW)
    await touched(second, two, SUICA, Step.NEW)
    await asyncio.gather(registered(first), registered(second))
    assert {first.view.told, second.view.told} == {Told.REGISTERED, Told.ALREADY}
    assert {first.view.may_withdraw, second.view.may_withdraw} == {True, False}
    assert await Evacuee.all().count() == 1


async def test_help_is_seen_at_every_desk_until_somebody_takes_it(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    other, _reader = await open_reception(box, '受付2')
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    await asked(desk, Step.URGENT, CallHelp(Urgency.OXYGEN, attempts()))

    assert (desk.view.step, desk.view.told) == (Step.PERSON, Told.CALLED)
    assert desk.view.person is not None
    assert desk.view.person.urgencies == (Urgency.OXYGEN,)
    assert desk.view.person.person_class is PersonClass.WOMAN
    await until(lambda: len(other.view.calls) == 1)
    call = other.view.calls[0]
    assert (call.urgency, call.number, call.where) == (Urgency.OXYGEN, desk.view.person.number, '受付1')
    await other.press(TakeCall(call.id))
    await other.press(TakeCall(call.id))
    await until(lambda: desk.view.calls == () == other.view.calls)
    taken = await JournalLine.filter(kind='shelters.help_taken').count()
    assert taken == 1


async def test_help_comes_before_a_name(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, Step.URGENT, CallHelp(Urgency.INJURY, attempts()))
    await until(lambda: len(desk.view.calls) == 1)
    assert (desk.view.step, desk.view.told, desk.view.calls[0].number) == (Step.DONE, Told.CALLED, '')


async def test_a_household_of_forty_is_one_press_each_and_shares_the_address(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = (await register(box, shelter)).evacuee
    desk, reader = await open_reception(box)
    await desk.scan(first.number)
    await asked(desk, Plain.NEXT_MEMBER)
    for _member in range(38):
        await registered(desk, PersonClass.CHILD)
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk, PersonClass.MAN)
    assert (desk.view.step, desk.view.members, desk.view.family_of) == (Step.HOUSEHOLD, 40, first.number)

    household = await box.shelters.households.of(first.id)
    assert household is not None
    assert (len(household.members), household.shared.address) == (40, HANAKO.address)
    last = await box.shelters.evacuees.by_token(Token.of_card(SUICA.credential))
    assert last is not None
    assert (last.details.address, last.details.is_named) == (HANAKO.address, False)


async def test_who_was_registered_before_joins_the_household_with_a_press(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = (await register(box, shelter)).evacuee
    second = (await register(box, shelter, PersonDetails(name='金沢 太郎'))).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(first.number)
    await asked(desk, Plain.NEXT_MEMBER)
    await desk.scan(second.number)
    assert desk.view.may_join
    await asked(desk, Plain.JOIN)
    assert (desk.view.step, desk.view.members) == (Step.HOUSEHOLD, 2)


async def test_a_slip_in_a_household_is_withdrawn_and_the_household_goes_on(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(first.number)
    await asked(desk, Plain.NEXT_MEMBER)
    await registered(desk)
    await registered(desk)
    await asked(desk, Plain.WITHDRAW)
    assert (desk.view.step, desk.view.members) == (Step.HOUSEHOLD, 2)
    household = await box.shelters.households.of(first.id)
    assert household is not None
    assert len(household.members) == 2


async def test_leaving_says_where_to_and_moving_says_which_area(box: Box) -> None:
    shelter = await opened_shelter(box)
    area = Area(id=shelter.id, shelter=shelter.id, name='3年1組')
    await box.shelters.register.put_area(area, OFFICER)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(person.number)
    await asked(desk, Step.MOVE)
    assert [each.name for each in desk.view.areas] == ['3年1組']
    await asked(desk, MoveTo(area.id, Place.SHELTER))
    assert desk.view.person is not None
    assert (desk.view.told, desk.view.person.area_name) == (Told.MOVED, '3年1組')
    await asked(desk, Step.LEAVE, Leave(LeftFor.RELATIVES))
    assert (desk.view.step, desk.view.told) == (Step.DONE, Told.LEFT)
    (stay,) = await box.shelters.stays.of(person.id)
    assert (stay.state, stay.left_for) == (StayState.LEFT, LeftFor.RELATIVES)


async def test_a_press_for_somebody_who_left_at_another_desk_says_so(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(person.number)
    await asked(desk, Step.OUT)
    await box.shelters.stays.leave(person.id, shelter.id, LeftFor.HOME, OFFICER)
    await asked(desk, GoOut(Until.AN_HOUR))
    assert desk.view.problem is Problem.GONE


async def test_a_card_of_a_drill_is_new_when_it_is_real(box: Box) -> None:
    shelter = await box.shelters.register.add(ShelterEntry(code='E-3', name='泉'), OFFICER, here=True, practice=True)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)
    desk, reader = await open_reception(box)
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    real = await box.shelters.register.add(ShelterEntry(code='E-4', name='公民館'), OFFICER)
    await box.shelters.register.set_state(real.id, ShelterState.OPENED, OFFICER)
    await box.shelters.reception.places.put(desk.desk.id, real.id, OFFICER, area=None, mode=desk.view.mode)
    await until(lambda: desk.view.shelter_name == '公民館')

    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    assert (desk.view.told, desk.view.registered) == (Told.REGISTERED, 1)
    found = await box.shelters.evacuees.by_token(Token.of_card(SUICA.credential))
    assert found is not None
    assert not found.practice


async def test_nobody_is_known_by_name_when_the_desk_is_idle(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(person.number)
    await asked(desk, Plain.FINISH)
    assert (desk.view.step, desk.view.person) == (Step.WAITING, None)
