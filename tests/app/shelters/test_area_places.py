"""Places of areas and of the whole shelter: what is taken, what is free, and when it may be full."""

from dataclasses import replace

import pytest

from app.runtime import Box
from app.shelters.area_places import free_in, taken_in
from app.shelters.desk_presses import MoveTo
from app.shelters.desk_screens import Step
from app.shelters.full_matters import full_matters
from app.shelters.places import Area, ShelterInfo
from app.shelters.values import LeftFor, Place, ShelterState
from tests.support.box import until
from tests.support.reception import asked, open_reception
from tests.support.shelter import OFFICER, opened_shelter, register


async def hall_of(box: Box, shelter: ShelterInfo, capacity: int | None, blocked: int = 0) -> Area:
    area = Area(id=shelter.id, shelter=shelter.id, name='体育館', capacity=capacity, blocked=blocked)
    await box.shelters.register.put_area(area, OFFICER)
    return area


async def test_who_is_away_keeps_a_place_and_who_left_or_moved_frees_it(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall = await hall_of(box, shelter, 10, blocked=4)
    people = [(await register(box, shelter)).evacuee.id for _each in range(4)]
    stays = box.shelters.stays
    for person in people:
        await stays.move(person, shelter.id, OFFICER, area=hall.id, place=Place.SHELTER)
    await stays.go_out(people[0], shelter.id, OFFICER, expected_at=None)
    await stays.leave(people[1], shelter.id, LeftFor.HOME, OFFICER)
    await stays.move(people[2], shelter.id, OFFICER, area=None, place=Place.CAR)
    taken = await taken_in(shelter.id, practice=False)
    assert taken == {hall.id: 2}
    assert free_in([hall], taken) == {hall.id: 4}
    assert free_in([replace(hall, capacity=None)], taken) == {}
    assert await taken_in(shelter.id, practice=True) == {}


async def test_the_tablet_shows_how_many_places_are_free_where_somebody_is_moved_to(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall = await hall_of(box, shelter, 2)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(person.number)
    await asked(desk, Step.MOVE)
    assert [area.free for area in desk.view.areas] == [2]
    await asked(desk, MoveTo(hall.id, Place.SHELTER), Step.MOVE)
    await until(lambda: [area.free for area in desk.view.areas] == [1])


@pytest.mark.parametrize(('capacity', 'found'), [(3, []), (2, [2]), (1, [2]), (None, [])])
async def test_a_shelter_with_as_many_people_as_places_is_proposed_to_be_full(
    box: Box, capacity: int | None, found: list[int]
) -> None:
    shelter = await opened_shelter(box, capacity=capacity)
    for _each in range(2):
        await register(box, shelter)
    presence, shelters = box.shelters.needs.presence, box.shelters.register
    assert [matter.count for matter in await full_matters(presence, shelters)] == found
    await shelters.set_state(shelter.id, ShelterState.FULL, OFFICER)
    assert await full_matters(presence, shelters) == []


async def test_places_that_are_blocked_do_not_count(box: Box) -> None:
    shelter = await opened_shelter(box, capacity=10)
    await box.shelters.register.change(shelter.id, replace(shelter.entry, blocked_capacity=9), OFFICER)
    await register(box, shelter)
    found = await full_matters(box.shelters.needs.presence, box.shelters.register)
    assert [matter.name for matter in found] == ['泉小学校']
