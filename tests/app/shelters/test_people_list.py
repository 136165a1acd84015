"""The people of a shelter, filtered and paged."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from app import clock
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registration
from app.shelters.guardians import NobodyNamed
from app.shelters.people_list import NO_AREA, Flag, PeopleFilter
from app.shelters.places import Area, ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.values import LeftFor, Need, Place, StayState, Urgency
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register


async def names(box: Box, shelter: ShelterInfo, **wanted: object) -> list[str]:
    """Who is listed."""
    query = replace(PeopleFilter(shelter=shelter.id, practice=False), **wanted)  # type: ignore[arg-type]
    rows, total = await box.shelters.people.page(query, 0, 50)
    assert total == len(rows)
    return [row.details.name for row in rows]


async def test_the_list_is_paged_by_number(box: Box) -> None:
    shelter = await opened_shelter(box)
    people = [
        Registration(arrival=Arrival(shelter=shelter.id), details=PersonDetails(name=f'{number:03}'))
        for number in range(120)
    ]
    await box.shelters.evacuees.register_all(people, OFFICER)
    rows, total = await box.shelters.people.page(PeopleFilter(shelter=shelter.id, practice=False), 50, 50)
    assert (total, rows[0].details.name, rows[-1].details.name) == (120, '050', '099')


async def test_who_left_is_listed_only_when_asked_for(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = (await register(box, shelter)).evacuee.id
    await register(box, shelter, PersonDetails(name='泉'))
    await box.shelters.stays.leave(first, shelter.id, LeftFor.HOME, OFFICER)
    assert await names(box, shelter) == ['泉']
    assert await names(box, shelter, state=StayState.LEFT) == ['金沢 花子']


async def test_who_left_and_came_again_is_listed_once(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    await box.shelters.stays.leave(person, shelter.id, LeftFor.HOME, OFFICER)
    await box.shelters.stays.arrive(person, Arrival(shelter=shelter.id), OFFICER)
    assert await names(box, shelter) == ['金沢 花子']
    assert await names(box, shelter, state=StayState.LEFT) == []


async def test_areas_and_places_are_told_apart(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall = Area(id=uuid.uuid4(), shelter=shelter.id, name='体育館')
    await box.shelters.register.put_area(hall, OFFICER)
    first = (await register(box, shelter)).evacuee.id
    second = (await register(box, shelter, PersonDetails(name='泉'))).evacuee.id
    await box.shelters.stays.move(first, shelter.id, OFFICER, area=hall.id, place=Place.SHELTER)
    await box.shelters.stays.move(second, shelter.id, OFFICER, area=None, place=Place.CAR)
    assert await names(box, shelter, area=str(hall.id)) == ['金沢 花子']
    assert await names(box, shelter, area=NO_AREA) == ['泉']
    assert await names(box, shelter, place=Place.CAR) == ['泉']


@pytest.mark.parametrize(
    ('flag', 'details'),
    [
        (Flag.URGENT, PersonDetails(name='泉', urgencies=frozenset({Urgency.OXYGEN}))),
        (Flag.NEEDS, PersonDetails(name='泉', needs=frozenset({Need.PREGNANT}))),
        (Flag.UNACCOMPANIED, PersonDetails(name='泉', unaccompanied=True)),
    ],
)
async def test_a_flag_finds_who_needs_somebody(box: Box, flag: Flag, details: PersonDetails) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await register(box, shelter, details)
    assert await names(box, shelter, flag=flag) == ['泉']


async def test_unnamed_people_and_visitors_are_found(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    visitor = Registration(arrival=Arrival(shelter=shelter.id, visitor=True))
    await box.shelters.evacuees.register(visitor, OFFICER)
    assert await names(box, shelter, flag=Flag.UNNAMED) == ['']
    assert await names(box, shelter, flag=Flag.VISITOR) == ['']


async def test_who_was_not_seen_for_long_is_found(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    assert await names(box, shelter, flag=Flag.SILENT) == []
    hours = box.settings.shelters.silent_hours
    with clock.use(clock.SettableClock(clock.now() + timedelta(hours=hours, minutes=1))):
        await register(box, shelter, PersonDetails(name='泉'))
        assert await names(box, shelter, flag=Flag.SILENT) == ['金沢 花子']


async def test_a_list_with_a_protected_person_is_the_same_as_one_without(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    before = await names(box, shelter)
    hidden = replace(HANAKO, name='泉', kana='イズミ', protected=True, needs=frozenset({Need.ILLNESS}))
    await register(box, shelter, hidden)
    assert await names(box, shelter) == before
    assert await names(box, shelter, flag=Flag.NEEDS) == []
    assert await names(box, shelter, sees_protected=True) == ['金沢 花子', '泉']


async def test_a_child_is_flagged_until_somebody_who_is_named_takes_over(box: Box) -> None:
    shelter = await opened_shelter(box)
    child = (await register(box, shelter, PersonDetails(name='泉', unaccompanied=True))).evacuee.id
    with pytest.raises(NobodyNamed):
        await box.shelters.guardians.take_over(child, '  ', OFFICER)
    await box.shelters.guardians.take_over(child, '祖母 泉 ハナ', OFFICER)
    assert await names(box, shelter, flag=Flag.UNACCOMPANIED) == []
    line = await JournalLine.get(kind='shelters.child_taken_over')
    assert '祖母' not in str(line.payload)
    with pytest.raises(NobodyNamed):
        await box.shelters.guardians.take_over(child, '祖母', OFFICER)
