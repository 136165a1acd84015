"""Movement: arrivals, temporary leaves, departures."""

from datetime import timedelta

import pytest

from app import clock
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.stays import Arrival, NotHere
from app.shelters.values import LeftFor, Place, StayState
from tests.support.shelter import OFFICER, opened_shelter, register


async def test_who_goes_out_is_away_until_they_are_back(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    expected = clock.now() + timedelta(hours=3)

    away = await box.shelters.stays.go_out(person, shelter.id, OFFICER, expected_at=expected)
    assert (away.state, away.expected_at) == (StayState.AWAY, expected)
    back = await box.shelters.stays.come_back(person, shelter.id, OFFICER)
    assert (back.state, back.expected_at) == (StayState.PRESENT, None)


async def test_where_somebody_went_who_left_is_kept(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    left = await box.shelters.stays.leave(person, shelter.id, LeftFor.AMBULANCE, OFFICER)
    assert (left.state, left.left_for) == (StayState.LEFT, LeftFor.AMBULANCE)
    with pytest.raises(NotHere):
        await box.shelters.stays.come_back(person, shelter.id, OFFICER)


async def test_who_comes_again_after_leaving_has_two_stays(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    await box.shelters.stays.leave(person, shelter.id, LeftFor.HOME, OFFICER)
    await box.shelters.stays.arrive(person, Arrival(shelter=shelter.id), OFFICER)
    assert [stay.state for stay in await box.shelters.stays.of(person)] == [StayState.PRESENT, StayState.LEFT]


async def test_an_arrival_elsewhere_does_not_end_the_stay_here_by_itself(box: Box) -> None:
    here, there = await opened_shelter(box), await opened_shelter(box, '長坂台小学校')
    person = (await register(box, here)).evacuee.id
    await box.shelters.stays.arrive(person, Arrival(shelter=there.id), OFFICER)
    (elsewhere,) = await box.shelters.stays.open_elsewhere(person, there.id)
    assert elsewhere.shelter == here.id


async def test_a_move_to_the_car_keeps_that_somebody_is_away(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    await box.shelters.stays.go_out(person, shelter.id, OFFICER, expected_at=None)
    moved = await box.shelters.stays.move(person, shelter.id, OFFICER, area=None, place=Place.CAR)
    assert (moved.place, moved.state) == (Place.CAR, StayState.AWAY)


async def test_each_movement_is_a_line_of_the_journal(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    await box.shelters.stays.go_out(person, shelter.id, OFFICER, expected_at=None)
    await box.shelters.stays.leave(person, shelter.id, LeftFor.RELATIVES, OFFICER)
    kinds = await JournalLine.filter(kind__startswith='shelters.').order_by('sequence').values_list('kind', flat=True)
    last = [str(kind) for kind in kinds][-4:]
    assert last == ['shelters.registered', 'shelters.arrived', 'shelters.went_out', 'shelters.left']
