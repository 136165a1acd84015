"""The roll call at night: who is there, who is not, and how many heads more than names."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from app import clock
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registration
from app.shelters.places import Area, ShelterInfo
from app.shelters.roll_call import RollCallRefused
from app.shelters.roll_call_sheet import AreaSheet, Mark
from app.shelters.stays import Arrival
from app.shelters.values import LeftFor, PersonClass, StayState
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register


async def hall_with(box: Box, shelter: ShelterInfo, people: int) -> tuple[uuid.UUID, list[uuid.UUID]]:
    """An area with so many people."""
    hall = Area(id=uuid.uuid4(), shelter=shelter.id, name='体育館')
    await box.shelters.register.put_area(hall, OFFICER)
    arrival = Arrival(shelter=shelter.id, area=hall.id)
    named = [Registration(arrival=arrival, details=PersonDetails(name=f'家族 {number}')) for number in range(people)]
    return hall.id, [each.evacuee.id for each in await box.shelters.evacuees.register_all(named, OFFICER)]


async def sheets_of(box: Box, shelter: ShelterInfo, *, sees_protected: bool = False) -> dict[str, AreaSheet]:
    """The areas by their names."""
    roll_call = (await box.shelters.roll_calls.of(shelter.id))[0]
    found = await box.shelters.roll_calls.sheets(roll_call, sees_protected=sees_protected)
    return {sheet.name: sheet for sheet in found}


async def test_each_area_shows_who_should_be_there_and_what_was_found(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall, people = await hall_with(box, shelter, 4)
    calls = box.shelters.roll_calls
    roll_call = await calls.begin(shelter, OFFICER)
    for person, mark in zip(people, (Mark.PRESENT, Mark.ABSENT, Mark.NOT_FOUND), strict=False):
        await calls.mark(roll_call.id, person, mark, OFFICER)
    await calls.count_heads(roll_call.id, hall, 7, OFFICER)

    sheet = (await sheets_of(box, shelter))['体育館']
    assert (sheet.named, sheet.heads, sheet.difference, sheet.unanswered) == (4, 7, 3, 1)
    assert sheet.marked == {Mark.PRESENT: 1, Mark.ABSENT: 1, Mark.NOT_FOUND: 1}
    assert [each.mark for each in sheet.people] == [Mark.PRESENT, Mark.ABSENT, Mark.NOT_FOUND, None]


async def test_the_last_press_and_the_last_number_count(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall, people = await hall_with(box, shelter, 1)
    roll_call = await box.shelters.roll_calls.begin(shelter, OFFICER)
    for mark, heads in ((Mark.NOT_FOUND, 3), (Mark.PRESENT, 1)):
        await box.shelters.roll_calls.mark(roll_call.id, people[0], mark, OFFICER)
        await box.shelters.roll_calls.count_heads(roll_call.id, hall, heads, OFFICER)
    sheet = (await sheets_of(box, shelter))['体育館']
    assert (sheet.people[0].mark, sheet.heads, sheet.difference) == (Mark.PRESENT, 1, 0)


async def test_who_was_counted_at_the_entrance_stands_beside_the_names(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall, _people = await hall_with(box, shelter, 2)
    for _press in range(5):
        press = Press(shelter=shelter.id, person_class=PersonClass.WOMAN, area=hall)
        await box.shelters.counts.press(press, OFFICER)
    await box.shelters.roll_calls.begin(shelter, OFFICER)
    sheet = (await sheets_of(box, shelter))['体育館']
    assert (sheet.entrance, sheet.named, sheet.heads, sheet.difference) == (5, 2, None, None)


async def test_who_is_on_a_leave_is_listed_but_not_expected_and_back_when_present(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee.id
    await box.shelters.stays.go_out(person, shelter.id, OFFICER, expected_at=None)
    roll_call = await box.shelters.roll_calls.begin(shelter, OFFICER)
    sheet = (await sheets_of(box, shelter))['区画なし']
    assert (sheet.named, [each.away for each in sheet.people]) == (0, [True])

    await box.shelters.roll_calls.mark(roll_call.id, person, Mark.PRESENT, OFFICER)
    assert (await box.shelters.stays.of(person))[0].state is StayState.PRESENT


async def test_a_protected_person_is_in_the_numbers_but_not_on_the_list(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(HANAKO, protected=True))
    await register(box, shelter)
    await box.shelters.roll_calls.begin(shelter, OFFICER)
    sheet = (await sheets_of(box, shelter))['区画なし']
    assert (sheet.named, len(sheet.people)) == (2, 1)
    assert len((await sheets_of(box, shelter, sees_protected=True))['区画なし'].people) == 2


async def test_who_was_not_seen_for_long_is_flagged(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    later = clock.SettableClock(clock.now() + timedelta(hours=box.settings.shelters.silent_hours, minutes=1))
    with clock.use(later):
        await box.shelters.roll_calls.begin(shelter, OFFICER)
        sheet = (await sheets_of(box, shelter))['区画なし']
    assert [each.silent for each in sheet.people] == [True]


async def test_a_second_tablet_goes_on_with_the_same_roll_call(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = await box.shelters.roll_calls.begin(shelter, OFFICER)
    assert await box.shelters.roll_calls.begin(shelter, OFFICER) == first


async def test_a_signed_roll_call_names_who_did_it_and_takes_no_more(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall, people = await hall_with(box, shelter, 2)
    calls = box.shelters.roll_calls
    roll_call = await calls.begin(shelter, OFFICER)
    await calls.count_heads(roll_call.id, hall, 2, OFFICER)
    signed = await calls.close(roll_call.id, OFFICER)

    assert signed.closed_by == OFFICER.id
    line = await JournalLine.get(kind='shelters.roll_call_closed')
    assert '"heads":2' in str(line.payload).replace(' ', '').replace("'", '"')
    for act in (
        calls.close(roll_call.id, OFFICER),
        calls.mark(roll_call.id, people[0], Mark.PRESENT, OFFICER),
        calls.count_heads(roll_call.id, hall, 2, OFFICER),
    ):
        with pytest.raises(RollCallRefused):
            await act
    assert (await calls.begin(shelter, OFFICER)).id != roll_call.id


async def test_who_left_or_never_came_cannot_be_marked(box: Box) -> None:
    shelter = await opened_shelter(box)
    _hall, people = await hall_with(box, shelter, 1)
    roll_call = await box.shelters.roll_calls.begin(shelter, OFFICER)
    await box.shelters.stays.leave(people[0], shelter.id, LeftFor.HOME, OFFICER)
    for person in (people[0], uuid.uuid4()):
        with pytest.raises(RollCallRefused):
            await box.shelters.roll_calls.mark(roll_call.id, person, Mark.PRESENT, OFFICER)


@pytest.mark.parametrize('heads', [-1, 10_000])
async def test_a_number_that_cannot_be_is_refused(box: Box, heads: int) -> None:
    shelter = await opened_shelter(box)
    roll_call = await box.shelters.roll_calls.begin(shelter, OFFICER)
    with pytest.raises(RollCallRefused):
        await box.shelters.roll_calls.count_heads(roll_call.id, None, heads, OFFICER)


async def test_a_drill_calls_only_those_who_take_part(box: Box) -> None:
    entry = (await opened_shelter(box)).entry
    drill = await box.shelters.register.add(replace(entry, code='E-drill', name='訓練'), OFFICER, practice=True)
    await register(box, drill)
    arrival = Arrival(shelter=drill.id, practice=True)
    await box.shelters.evacuees.register(Registration(arrival=arrival), OFFICER)
    await box.shelters.roll_calls.begin(drill, OFFICER)
    assert (await sheets_of(box, drill))['区画なし'].named == 1
