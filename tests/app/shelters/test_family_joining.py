"""What a family writes after it was registered becomes part of its records: nobody is registered twice."""

from dataclasses import replace
from datetime import date

from app.runtime import Box
from app.shelters.desk_presses import Plain
from app.shelters.desk_screens import Problem, Step, Told
from app.shelters.details import PersonDetails, SharedDetails
from app.shelters.evacuees import EvacueeInfo
from app.shelters.family_values import Family
from app.shelters.joined_details import completed
from app.shelters.tokens import Token
from app.shelters.values import Assured, Need, PersonClass, Place, Sex
from tests.support.box import felica
from tests.support.reception import FACE, asked, my_number_card, open_reception, registered, touched
from tests.support.shelter import OFFICER, opened_shelter

PHONE, BAND = '192.0.2.7', 'BAND-0001'
KEN = PersonDetails(name='金沢 健', birth_date=date(1980, 2, 17), sex=Sex.MALE, allergies=('卵',), phone='090-1')
AI = PersonDetails(name='金沢 愛', birth_date=date(1982, 5, 5), sex=Sex.FEMALE, needs=frozenset({Need.PREGNANT}))
FAMILY = Family(members=(KEN, AI), shared=SharedDetails(address='広坂1丁目', phone='090-1'))


async def banded(box: Box) -> EvacueeInfo:
    """Somebody who was registered with one press, and got a wristband."""
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, Plain.WITHOUT_CARD)
    await registered(desk, PersonClass.MAN)
    assert desk.view.person is not None
    await box.shelters.evacuees.bind(desk.view.person.evacuee, Token.printed(BAND), OFFICER)
    await asked(desk, Plain.FINISH)
    return await info_of(box, desk.view.last_number)


async def info_of(box: Box, number: str) -> EvacueeInfo:
    info = await box.shelters.evacuees.by_number(number)
    assert info is not None
    return info


async def wrote(box: Box, family: Family = FAMILY) -> str:
    """The family opened the page by the wristband and wrote; answers the number that the phone shows."""
    whose = await box.shelters.own_pages.whose(BAND)
    assert whose is not None
    return (await box.shelters.families.put(family, PHONE, whose)).number


async def test_a_wristband_without_a_name_gets_its_details_from_the_phone_with_one_press(box: Box) -> None:
    person = await banded(box)
    desk, _reader = await open_reception(box, '受付2')
    await desk.scan(await wrote(box))
    assert (desk.view.step, desk.view.completes, desk.view.members) == (Step.DRAFT, (person.number,), 2)
    await asked(desk, Plain.REGISTER_FAMILY)

    assert (desk.view.told, desk.view.registered) == (Told.COMPLETED, 2)
    after = await info_of(box, person.number)
    assert (after.details, after.assured) == (KEN, Assured.TOLD)
    household = await box.shelters.households.of(person.id)
    assert household is not None
    assert (household.members[0], len(household.members), household.shared.phone) == (person.id, 2, '090-1')


async def test_the_wristband_that_wrote_brings_the_draft_to_the_desk_by_itself(box: Box) -> None:
    person = await banded(box)
    await wrote(box)
    desk, _reader = await open_reception(box, '受付2')
    await desk.scan(BAND)
    assert (desk.view.step, desk.view.completes) == (Step.DRAFT, (person.number,))
    await asked(desk, Plain.CANCEL)
    assert desk.view.step is Step.PERSON
    await desk.scan(BAND)
    await asked(desk, Plain.REGISTER_FAMILY, Plain.FINISH)
    await desk.scan(BAND)
    assert desk.view.step is Step.PERSON


async def test_a_draft_that_was_written_without_a_wristband_is_joined_to_who_touches(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, felica('01'), Step.NEW)
    await registered(desk, PersonClass.WOMAN)
    await asked(desk, Plain.FINISH)
    await desk.scan((await box.shelters.families.put(FAMILY, PHONE)).code)
    assert desk.view.completes == ()
    await touched(desk, reader, felica('01'), Step.DRAFT)
    assert len(desk.view.completes) == 1
    await asked(desk, Plain.REGISTER_FAMILY)

    assert (desk.view.told, desk.view.registered) == (Told.COMPLETED, 2)
    holder = await box.shelters.evacuees.by_token(Token.of_card(felica('01').credential))
    assert holder is not None
    assert holder.details == AI


async def test_a_card_that_nobody_holds_does_not_drop_the_draft(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await desk.scan((await box.shelters.families.put(FAMILY, PHONE)).code)
    await touched(desk, reader, felica('02'), Step.DRAFT)
    assert (desk.view.problem, desk.view.members) == (Problem.DRAFT_OTHER_CARD, 2)


async def test_what_a_card_told_stays_and_only_the_rest_is_filled(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await touched(desk, reader, my_number_card(), Step.NEW)
    await registered(desk)
    assert desk.view.person is not None
    evacuee = desk.view.person.evacuee
    card = PersonDetails(name=FACE.name, birth_date=FACE.birth_date, sex=Sex.FEMALE, address=FACE.address)
    await box.shelters.evacuees.set_details(evacuee, card, OFFICER, assured=Assured.CARD_DATA)
    told = replace(AI, name='金沢花子', birth_date=FACE.birth_date, address='別の住所', protected=True)
    await asked(desk, Plain.FINISH)
    await desk.scan((await box.shelters.families.put(Family(members=(told,)), PHONE)).code)
    await touched(desk, reader, my_number_card(), Step.DRAFT)
    await asked(desk, Plain.REGISTER_FAMILY)

    after = await box.shelters.evacuees.get(evacuee)
    assert after is not None
    assert (after.details.name, after.details.address, after.assured) == (FACE.name, FACE.address, Assured.CARD_DATA)
    assert (after.details.needs, after.details.protected) == (AI.needs, True)
    assert desk.view.registered == 1


async def test_two_children_without_names_are_told_apart_by_a_touch(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    for serial, person_class in (('01', PersonClass.MAN), ('02', PersonClass.CHILD), ('03', PersonClass.CHILD)):
        await touched(desk, reader, felica(serial), Step.NEW)
        await registered(desk, person_class)
        if serial == '01':
            await asked(desk, Plain.NEXT_MEMBER)
    await asked(desk, Plain.FINISH)
    ren, rin = (PersonDetails(name=name, birth_date=date(2016, 4, 1)) for name in ('金沢 蓮', '金沢 凛'))
    code = (await box.shelters.families.put(Family(members=(KEN, ren, replace(rin, allergies=('そば',)))), PHONE)).code
    await desk.scan(code)
    await touched(desk, reader, felica('01'), Step.DRAFT)
    assert desk.view.unclear == 2
    await asked(desk, Plain.REGISTER_FAMILY)
    assert desk.view.step is Step.DRAFT
    await touched(desk, reader, felica('03'), Step.DRAFT)
    assert (desk.view.unclear, len(desk.view.completes)) == (0, 3)
    await asked(desk, Plain.REGISTER_FAMILY)

    assert desk.view.registered == 3
    third = await box.shelters.evacuees.by_token(Token.of_card(felica('03').credential))
    assert third is not None
    assert third.details.name == '金沢 蓮'


async def test_a_draft_of_other_people_is_not_joined_and_is_not_lost(box: Box) -> None:
    person = await banded(box)
    await box.shelters.evacuees.set_details(
        person.id, PersonDetails(name='鶴来 一', birth_date=date(1950, 1, 1)), OFFICER
    )
    desk, _reader = await open_reception(box, '受付2')
    number = await wrote(box)
    await desk.scan(number)
    assert desk.view.problem is Problem.DRAFT_OF_OTHERS
    assert (await box.shelters.families.take(number, OFFICER)).family == FAMILY


async def test_who_writes_that_they_sleep_in_the_car_is_not_inside_any_more(box: Box) -> None:
    person = await banded(box)
    await wrote(box, replace(FAMILY, members=(KEN,), place=Place.CAR))
    desk, _reader = await open_reception(box, '受付2')
    await desk.scan(BAND)
    await asked(desk, Plain.REGISTER_FAMILY)
    assert (await box.shelters.stays.of(person.id))[0].place is Place.CAR


async def test_an_alarm_about_a_child_and_a_refusal_are_not_undone_from_a_phone() -> None:
    known = PersonDetails(unaccompanied=True, protected=True, language='vi')
    after = completed(known, PersonDetails(name='金沢 蓮'))
    assert (after.unaccompanied, after.protected, after.language, after.name) == (True, True, 'vi', '金沢 蓮')


async def test_a_wristband_of_nobody_leads_to_nobody(box: Box) -> None:
    await banded(box)
    assert await box.shelters.own_pages.whose('BAND-9999') is None
