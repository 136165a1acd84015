"""People at home and in cars: who was seen longest ago first, what they need, and nothing of who is protected."""

from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registered, Registration
from app.shelters.outside import last_given, rounds_sheet, wanted_words
from app.shelters.people_list import PeopleFilter
from app.shelters.places import ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.values import Need, Place
from tests.app.shelters.handouts.handing_room import handing
from tests.support.shelter import OFFICER, opened_shelter, register

NEEDS = {str(need): str(need) for need in Need}
PLACES = {str(place): str(place) for place in Place}
IN_CAR = PersonDetails(
    name='車野 一', car='軽 白 12-34', phone='090', needs=frozenset({Need.PREGNANT}), allergies=('卵',), diet='おかゆ'
)


async def outside(box: Box, shelter: ShelterInfo, place: Place, details: PersonDetails) -> Registered:
    return await box.shelters.evacuees.register(
        Registration(arrival=Arrival(shelter=shelter.id, place=place), details=details), OFFICER
    )


async def test_who_was_seen_longest_ago_comes_first_and_who_sleeps_inside_is_not_there(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    car = await outside(box, shelter, Place.CAR, IN_CAR)
    home = await outside(box, shelter, Place.HOME, PersonDetails(name='家野 二', address='泉1-1'))
    wanted = PeopleFilter(shelter=shelter.id, practice=False, outside=True)
    rows, total = await box.shelters.people.page(wanted, 0, 50)
    assert ([row.evacuee for row in rows], total) == ([car.evacuee.id, home.evacuee.id], 2)

    await box.shelters.stays.come_back(car.evacuee.id, shelter.id, OFFICER)
    rows, _total = await box.shelters.people.page(wanted, 0, 1)
    assert [row.evacuee for row in rows] == [home.evacuee.id]


async def test_the_sheet_of_the_round_says_where_and_what_is_needed_and_hides_who_is_protected(box: Box) -> None:
    shelter = await opened_shelter(box)
    await outside(box, shelter, Place.CAR, IN_CAR)
    await outside(box, shelter, Place.HOME, PersonDetails(name='秘密 守', address='隠れ家', diet='x', protected=True))
    seen, _total = await box.shelters.people.page(PeopleFilter(shelter=shelter.id, practice=False, outside=True), 0, 9)
    assert [row.details.name for row in seen] == ['車野 一']
    wanted = PeopleFilter(shelter=shelter.id, practice=False, outside=True, sees_protected=True)
    rows, _total = await box.shelters.people.page(wanted, 0, 9)
    first, second = list(rounds_sheet(shelter, rows, {}, PLACES, NEEDS).rows)
    assert (first['where'], first['wanted']) == ('car 軽 白 12-34', '配慮: pregnant、食事: おかゆ、アレルギー: 卵')
    assert (second['name'], second['where'], second['wanted']) == ('(保護が必要な方)', 'home', '')
    assert wanted_words(PersonDetails(), NEEDS) == ()


async def test_the_last_handout_is_told_and_one_that_was_taken_back_is_not(box: Box) -> None:
    room = await handing(box)
    assert await last_given(box.reading, [room.hanako]) == {}
    outcome = await room.give()
    assert outcome.handout is not None
    assert await last_given(box.reading, [room.hanako]) == {room.hanako: outcome.handout.given_at}
    await box.shelters.handouts.handouts.take_back(outcome.handout.id, OFFICER)
    assert await last_given(box.reading, [room.hanako]) == {}
