"""Movement: arrivals, temporary leaves, departures."""

from datetime import timedelta

import pytest

from app import clock
from app.journal.history import History, HistoryFilter
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.departures import LONGEST_DESTINATION, Going
from app.shelters.models import Departure
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


async def test_the_hospital_and_that_supplies_are_still_needed_are_kept_sealed(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    going = Going(destination=' 県立中央病院  6階 ', needs_supplies=True)
    left = await box.shelters.stays.leave(person, shelter.id, LeftFor.HOSPITAL, OFFICER, going=going)

    told = (await box.shelters.stays.departures.of([left.id]))[left.id]
    assert (told.destination, told.shelter, told.needs_supplies) == ('県立中央病院 6階', None, True)
    assert '中央病院'.encode() not in ((await Departure.get(id=left.id)).destination or b'')
    line = await JournalLine.get(kind='shelters.left')
    assert '中央病院' not in f'{line.payload}'
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(subject=person), 0, 1)
    assert [part.fields for part in lines[0].opened] == [{'destination': '県立中央病院 6階'}]


async def test_the_shelter_that_somebody_moved_to_is_kept(box: Box) -> None:
    here, there = await opened_shelter(box), await opened_shelter(box, '長坂台小学校')
    person = (await register(box, here)).evacuee.id
    left = await box.shelters.stays.leave(
        person, here.id, LeftFor.OTHER_SHELTER, OFFICER, going=Going(shelter=there.id)
    )
    assert (await box.shelters.stays.departures.of([left.id]))[left.id].shelter == there.id


async def test_a_destination_stays_readable_when_the_record_becomes_another_ones(box: Box) -> None:
    shelter = await opened_shelter(box)
    person, same = [(await register(box, shelter)).evacuee.id for _each in range(2)]
    going = Going(destination='金沢市泉2丁目 妹の家')
    left = await box.shelters.stays.leave(person, shelter.id, LeftFor.RELATIVES, OFFICER, going=going)
    await box.shelters.duplicates.merge(same, person, OFFICER)
    assert left.id in {stay.id for stay in await box.shelters.stays.of(same)}
    assert (await box.shelters.stays.departures.of([left.id]))[left.id].destination == '金沢市泉2丁目 妹の家'


async def test_of_whom_told_nothing_nothing_is_kept_and_long_words_are_cut(box: Box) -> None:
    shelter = await opened_shelter(box)
    silent, talking = [(await register(box, shelter)).evacuee.id for _each in range(2)]
    first = await box.shelters.stays.leave(silent, shelter.id, LeftFor.HOME, OFFICER)
    going = Going(destination='泉' * 500)
    second = await box.shelters.stays.leave(talking, shelter.id, LeftFor.HOME, OFFICER, going=going)
    told = await box.shelters.stays.departures.of([first.id, second.id])
    assert {stay: len(one.destination) for stay, one in told.items()} == {second.id: LONGEST_DESTINATION}


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
