"""The shelters of the city and their state."""

import uuid

import pytest

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.places import Area, ShelterEntry, ShelterRefused
from app.shelters.values import AreaKind, ShelterKind, ShelterState
from tests.support.shelter import OFFICER, opened_shelter


async def test_a_shelter_is_not_opened_when_it_is_added(box: Box) -> None:
    entry = ShelterEntry(code='E1720100005111', name='緑小学校', kind=ShelterKind.DESIGNATED, hazards=('earthquake',))
    await box.shelters.register.add(entry, OFFICER)
    (shelter,) = await box.shelters.register.all()
    assert (shelter.entry, shelter.state) == (entry, ShelterState.NOT_OPENED)


async def test_two_shelters_have_different_codes(box: Box) -> None:
    await box.shelters.register.add(ShelterEntry(code='E1', name='緑小学校'), OFFICER)
    with pytest.raises(ShelterRefused, match='code'):
        await box.shelters.register.add(ShelterEntry(code='E1', name='緑中学校'), OFFICER)


async def test_an_import_is_all_or_nothing(box: Box) -> None:
    entries = [ShelterEntry(code='E1', name='緑小学校'), ShelterEntry(code='E2', name=' ')]
    with pytest.raises(ShelterRefused, match='name'):
        await box.shelters.register.add_all(entries, OFFICER)
    assert await box.shelters.register.all() == []


async def test_who_opened_it_is_in_the_journal_and_opening_it_again_is_nothing(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)
    (line,) = await JournalLine.filter(kind='shelters.state')
    assert line.actor == OFFICER.id


async def test_areas_are_added_and_changed(box: Box) -> None:
    shelter = await opened_shelter(box)
    area = Area(id=uuid.uuid4(), shelter=shelter.id, name='体育館', capacity=200, area_m2=700.0)
    await box.shelters.register.put_area(area, OFFICER)
    care = Area(id=area.id, shelter=shelter.id, name='保健室', kind=AreaKind.CARE)
    await box.shelters.register.put_area(care, OFFICER)
    assert await box.shelters.register.areas(shelter.id) == [care]
