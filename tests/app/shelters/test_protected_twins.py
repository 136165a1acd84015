"""A second record of a protected person is hidden like the first, and telling a name shows nobody who is protected."""

from dataclasses import replace
from datetime import date

import pytest

from app.runtime import Box
from app.shelters.desk_presses import ReadFace, Show
from app.shelters.desk_screens import Step, Told
from app.shelters.details import PersonDetails
from app.shelters.evacuees import EvacueeInfo, Registration
from app.shelters.places import ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.values import Assured
from device_drivers.cards.text_application import FaceKeyKind
from tests.support.box import until
from tests.support.reception import CODE_B, FACE, asked, my_number_card, open_reception
from tests.support.shelter import OFFICER, opened_shelter, register

SAKURA = PersonDetails(name=FACE.name, birth_date=FACE.birth_date)


async def again(
    box: Box, shelter: ShelterInfo, details: PersonDetails, assured: Assured = Assured.CARD_DATA
) -> EvacueeInfo:
    """The record of somebody who is registered once more, as it is now."""
    registration = Registration(arrival=Arrival(shelter=shelter.id), details=details, assured=assured)
    found = (await box.shelters.evacuees.register(registration, OFFICER)).evacuee
    return await now(box, found)


async def now(box: Box, person: EvacueeInfo) -> EvacueeInfo:
    info = await box.shelters.evacuees.get(person.id)
    assert info is not None
    return info


async def test_a_protected_person_who_comes_again_with_their_card_is_hidden_at_once(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(SAKURA, protected=True))
    desk, reader = await open_reception(box)
    card = my_number_card()
    reader.hold(card)
    await until(lambda: desk.view.is_my_number)
    await asked(desk, Show(Step.CODE), ReadFace(FaceKeyKind.CODE_B, CODE_B))
    await until(lambda: desk.view.told is Told.REGISTERED)
    assert desk.view.person is not None
    assert desk.view.person.surname == ''
    assert len(await box.shelters.protection.numbers(practice=False)) == 2


async def test_all_records_alike_are_hidden_when_one_of_them_becomes_protected(box: Box) -> None:
    shelter = await opened_shelter(box)
    first, second, third = [await again(box, shelter, SAKURA) for _record in range(3)]
    await box.shelters.protection.set(second.id, OFFICER, 'DV等支援措置')
    assert all([(await now(box, each)).details.protected for each in (first, second, third)])


@pytest.mark.parametrize(
    'other',
    [replace(SAKURA, birth_date=date(1980, 2, 18)), replace(SAKURA, name='泉 一郎'), replace(SAKURA, birth_date=None)],
)
async def test_others_stay_as_they_are(box: Box, other: PersonDetails) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(SAKURA, protected=True))
    assert not (await again(box, shelter, other)).details.protected


async def test_a_name_that_was_only_told_does_not_show_that_somebody_is_protected(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(SAKURA, protected=True))
    assert not (await again(box, shelter, SAKURA, Assured.TOLD)).details.protected


async def test_whose_protection_a_person_lifted_is_not_hidden_again_by_another_change(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = await again(box, shelter, SAKURA)
    second = await again(box, shelter, replace(SAKURA, protected=True))
    await box.shelters.protection.lift(first.id, OFFICER, '別の人')
    details = replace((await now(box, first)).details, phone='090-1')
    await box.shelters.evacuees.set_details(first.id, details, OFFICER, assured=Assured.CARD_DATA)
    assert not (await now(box, first)).details.protected
    assert (await now(box, second)).details.protected
