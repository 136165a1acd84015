"""Cases of illness, sealed, and the area where they are brought to."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from app.runtime import Box
from app.shelters.needs.health import CaseEntry, CaseInfo, CaseRefused, Symptom, proposed_area
from app.shelters.needs.models import HealthCase
from app.shelters.places import Area, ShelterInfo
from app.shelters.values import AreaKind
from app.storage.vault import RecordClass
from tests.support.shelter import OFFICER, opened_shelter, register


def case_of(shelter: ShelterInfo, evacuee: UUID | None = None, people: int = 1) -> CaseEntry:
    return CaseEntry(
        shelter=shelter.id,
        evacuee=evacuee,
        people=people,
        symptoms=frozenset({Symptom.FEVER}),
        remarks='38.5度',
        seen_by='保健師 北',
        practice=False,
    )


async def open_cases(box: Box, shelter: ShelterInfo) -> list[CaseInfo]:
    return list(await box.shelters.needs.health.open(shelter.id, practice=False))


async def test_a_case_by_count_needs_no_name(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.needs.health.note(case_of(shelter, people=4), OFFICER)
    (case,) = await open_cases(box, shelter)
    assert (case.entry.people, case.entry.evacuee, case.is_catching) == (4, None, True)


async def test_a_person_with_fever_is_moved_to_the_area_apart(box: Box) -> None:
    shelter = await opened_shelter(box)
    area = Area(id=uuid4(), shelter=shelter.id, name='保健室', kind=AreaKind.ISOLATION)
    await box.shelters.register.put_area(area, OFFICER)
    evacuee = (await register(box, shelter)).evacuee
    noted = await box.shelters.needs.health.note(case_of(shelter, evacuee.id), OFFICER)
    assert proposed_area(await box.shelters.register.areas(shelter.id)) == area
    await box.shelters.needs.health.isolate(noted.id, area.id, OFFICER)
    (stay,) = await box.shelters.stays.of(evacuee.id)
    assert stay.area == area.id
    (case,) = await open_cases(box, shelter)
    assert case.area == area.id


async def test_symptoms_and_who_saw_them_stand_nowhere_in_clear(box: Box) -> None:
    shelter = await opened_shelter(box)
    evacuee = (await register(box, shelter)).evacuee
    await box.shelters.needs.health.note(case_of(shelter, evacuee.id), OFFICER)
    row = await HealthCase.get()
    assert b'fever' not in row.details
    assert '保健師'.encode() not in row.details
    await box.vault.erase((evacuee.id, RecordClass.SHELTER))
    (case,) = await open_cases(box, shelter)
    assert (case.entry.symptoms, case.entry.seen_by) == (frozenset(), '')


async def test_an_ended_case_is_not_open_and_ends_once(box: Box) -> None:
    shelter = await opened_shelter(box)
    noted = await box.shelters.needs.health.note(case_of(shelter), OFFICER)
    await box.shelters.needs.health.end(noted.id, OFFICER)
    assert await open_cases(box, shelter) == []
    with pytest.raises(CaseRefused, match='case'):
        await box.shelters.needs.health.end(noted.id, OFFICER)


async def test_a_case_without_a_symptom_or_for_nobody_is_refused(box: Box) -> None:
    shelter = await opened_shelter(box)
    for wrong, name in (
        (replace(case_of(shelter), symptoms=frozenset()), 'symptoms'),
        (case_of(shelter, people=0), 'people'),
        (case_of(shelter, uuid4(), people=2), 'people'),
        (replace(case_of(shelter), remarks='あ' * 501), 'remarks'),
    ):
        with pytest.raises(CaseRefused, match=name):
            await box.shelters.needs.health.note(wrong, OFFICER)


def test_a_full_area_apart_is_not_proposed() -> None:
    full = Area(id=uuid4(), shelter=uuid4(), name='和室', kind=AreaKind.ISOLATION, capacity=4, blocked=4)
    assert proposed_area([full, replace(full, kind=AreaKind.GENERAL, blocked=0)]) is None
