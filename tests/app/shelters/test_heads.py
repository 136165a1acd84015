"""How many are there: presses since the shelter opened or a roll call was signed, without those who left."""

import uuid
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.journal.line import Actor
from app.runtime import Box
from app.shelters.desk_counting import DeskCounter
from app.shelters.desk_places import DeskPlace
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registration
from app.shelters.heads import without
from app.shelters.open_data.directory import Fullness, directory
from app.shelters.places import Area, ShelterEntry, ShelterInfo
from app.shelters.roll_call_sheet import Mark
from app.shelters.stays import Arrival
from app.shelters.values import LeftFor, PersonClass, Place, ShelterState
from tests.support.shelter import OFFICER, counted, opened_shelter

KEYS = st.tuples(st.sampled_from([None, UUID(int=1), UUID(int=2)]), st.sampled_from(list(PersonClass)))
COUNTS = st.dictionaries(KEYS, st.integers(0, 40))


async def come(box: Box, shelter: ShelterInfo, people: int, area: UUID | None = None) -> list[UUID]:
    """So many are registered inside."""
    arrival = Arrival(shelter=shelter.id, area=area, practice=shelter.practice)
    named = [Registration(arrival=arrival, details=PersonDetails(name=f'家族 {number}')) for number in range(people)]
    return [each.evacuee.id for each in await box.shelters.evacuees.register_all(named, OFFICER)]


async def leave(box: Box, shelter: ShelterInfo, people: list[UUID], left_for: LeftFor = LeftFor.HOME) -> None:
    for person in people:
        await box.shelters.stays.leave(person, shelter.id, left_for, OFFICER)


async def people_everywhere(box: Box, shelter: ShelterInfo) -> int | None:
    """What the strip, headquarters and the desk say, which is the same."""
    strip = await box.shelters.needs.strip(shelter)
    own = await box.shelters.headquarters.own.of_shelters(practice=shelter.practice, with_households=True)
    figures = next(each for each in own if each.shelter.id == shelter.id)
    reconciled = await box.shelters.counts.reconcile(shelter.id, practice=shelter.practice)
    assert figures.people == strip.presence.people
    assert figures.counted == strip.presence.counted_people == sum(reconciled.counted.values())
    assert reconciled.difference == strip.presence.difference
    return figures.people


async def area(box: Box, shelter: ShelterInfo, name: str) -> UUID:
    added = Area(id=uuid.uuid4(), shelter=shelter.id, name=name)
    await box.shelters.register.put_area(added, OFFICER)
    return added.id


async def signed(box: Box, shelter: ShelterInfo, heads: dict[UUID | None, int]) -> None:
    """A roll call that counted so many heads."""
    calls = box.shelters.roll_calls
    roll_call = await calls.begin(shelter, OFFICER)
    for where, number in heads.items():
        await calls.count_heads(roll_call.id, where, number, OFFICER)
    await calls.close(roll_call.id, OFFICER)


async def reopened(box: Box, shelter: ShelterInfo) -> None:
    for state in (ShelterState.CLOSED, ShelterState.OPENED):
        await box.shelters.register.set_state(shelter.id, state, OFFICER)


async def fullness(box: Box) -> Fullness:
    return (await directory(box.shelters.register, box.reading)).shelters[0].fullness


async def test_when_everybody_has_left_nobody_is_there_anywhere(box: Box) -> None:
    shelter = await opened_shelter(box, capacity=10)
    await counted(box, shelter, 6)
    await counted(box, shelter, 4, PersonClass.WOMAN)
    people = await come(box, shelter, 10)
    assert (await people_everywhere(box, shelter), await fullness(box)) == (10, Fullness.FULL)
    for each, left_for in zip(people, list(LeftFor), strict=False):
        await leave(box, shelter, [each], left_for)
    assert (await people_everywhere(box, shelter), await fullness(box)) == (0, Fullness.ROOM)
    draft = await box.shelters.reports.draft(shelter, OFFICER)
    values = {figure.key: figure.value for figure in draft.figures}
    assert (values['people_total'], values['people_counted'], values['people_men']) == (0, 0, 0)


async def test_who_was_only_counted_stays_counted_when_the_registered_leave(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 5)
    await leave(box, shelter, (await come(box, shelter, 3))[:2])
    assert await people_everywhere(box, shelter) == 3


async def test_more_who_leave_than_were_counted_do_not_make_the_count_negative(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 1)
    people = await come(box, shelter, 4)
    await leave(box, shelter, people[:3])
    assert await people_everywhere(box, shelter) == 1


async def test_who_left_before_anybody_was_counted_is_not_taken_off(box: Box) -> None:
    shelter = await opened_shelter(box)
    await leave(box, shelter, await come(box, shelter, 3))
    assert await people_everywhere(box, shelter) == 0
    await counted(box, shelter, 4)
    assert await people_everywhere(box, shelter) == 4


async def test_a_temporary_leave_changes_nothing(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 2)
    (person,) = await come(box, shelter, 1)
    await box.shelters.stays.go_out(person, shelter.id, OFFICER, expected_at=None)
    assert await people_everywhere(box, shelter) == 2
    await box.shelters.stays.come_back(person, shelter.id, OFFICER)
    assert await people_everywhere(box, shelter) == 2


async def test_who_moves_to_the_car_is_no_longer_inside_and_is_again_when_back(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 3)
    (person, _other) = await come(box, shelter, 2)
    for place, people in ((Place.CAR, 2), (Place.HOME, 2), (Place.SHELTER, 3), (Place.CAR, 2)):
        await box.shelters.stays.move(person, shelter.id, OFFICER, area=None, place=place)
        assert await people_everywhere(box, shelter) == people
    await leave(box, shelter, [person])
    assert await people_everywhere(box, shelter) == 2


async def test_a_record_that_was_twice_takes_nobody_off_the_count(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 1)
    kept, other = await come(box, shelter, 2)
    await box.shelters.duplicates.merge(kept, other, OFFICER)
    assert (await box.shelters.counts.reconcile(shelter.id)).difference == 0


async def test_the_next_opening_begins_without_the_old_sum(box: Box) -> None:
    shelter = await opened_shelter(box, capacity=10)
    await counted(box, shelter, 9)
    await leave(box, shelter, await come(box, shelter, 1))
    await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
    assert await people_everywhere(box, shelter) == 0
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)
    assert (await people_everywhere(box, shelter), await fullness(box)) == (None, Fullness.UNKNOWN)
    await counted(box, shelter, 2)
    assert (await people_everywhere(box, shelter), await fullness(box)) == (2, Fullness.ROOM)


async def test_being_full_or_adopted_is_no_new_opening(box: Box) -> None:
    shelter = await box.shelters.register.add(ShelterEntry(code='E-1', name='泉'), OFFICER, here=True)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED_BY_RESIDENTS, OFFICER)
    await counted(box, shelter, 3)
    for state in (ShelterState.OPENED, ShelterState.FULL, ShelterState.OPENED):
        await box.shelters.register.set_state(shelter.id, state, OFFICER)
        assert await people_everywhere(box, shelter) == 3


async def test_the_next_drill_begins_without_the_old_sum(box: Box) -> None:
    drill = await box.shelters.register.add(ShelterEntry(code='E-1', name='訓練'), OFFICER, practice=True)
    await box.shelters.register.set_state(drill.id, ShelterState.OPENED, OFFICER)
    await counted(box, drill, 4)
    await reopened(box, drill)
    assert await people_everywhere(box, drill) is None
    await counted(box, drill, 1)
    assert await people_everywhere(box, drill) == 1


async def test_a_signed_roll_call_is_what_counting_goes_on_from(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 30)
    hall, room = await area(box, shelter, '体育館'), await area(box, shelter, '教室')
    people = await come(box, shelter, 4, hall)
    await signed(box, shelter, {hall: 9, room: 3})
    assert await people_everywhere(box, shelter) == 12
    await counted(box, shelter, 2, PersonClass.CHILD)
    assert await people_everywhere(box, shelter) == 14
    await leave(box, shelter, people[:3])
    assert await people_everywhere(box, shelter) == 11
    await signed(box, shelter, {hall: 5, room: 3})
    assert await people_everywhere(box, shelter) == 8


async def test_classes_after_a_roll_call_are_those_of_the_registered_and_the_rest_was_not_asked(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 5)
    await come(box, shelter, 1)
    await signed(box, shelter, {None: 4})
    presence = (await box.shelters.needs.strip(shelter)).presence
    assert (presence.people, sum(presence.by_class().values())) == (4, 4)


async def test_who_is_out_for_a_while_at_the_roll_call_stays_counted(box: Box) -> None:
    shelter = await opened_shelter(box)
    people = await come(box, shelter, 3)
    await box.shelters.stays.go_out(people[0], shelter.id, OFFICER, expected_at=None)
    await signed(box, shelter, {None: 6})
    assert await people_everywhere(box, shelter) == 7
    await leave(box, shelter, people)
    assert await people_everywhere(box, shelter) == 4


async def test_whom_the_roll_call_did_not_find_is_not_taken_off_twice(box: Box) -> None:
    shelter = await opened_shelter(box)
    people = await come(box, shelter, 3)
    calls = box.shelters.roll_calls
    roll_call = await calls.begin(shelter, OFFICER)
    await calls.mark(roll_call.id, people[0], Mark.NOT_FOUND, OFFICER)
    await calls.count_heads(roll_call.id, None, 5, OFFICER)
    await calls.close(roll_call.id, OFFICER)
    await leave(box, shelter, people[:1], LeftFor.UNKNOWN)
    assert await people_everywhere(box, shelter) == 5


async def test_an_area_called_by_name_counts_its_names_and_one_not_called_keeps_its_presses(box: Box) -> None:
    shelter = await opened_shelter(box)
    hall, room = await area(box, shelter, '体育館'), await area(box, shelter, '教室')
    people = await come(box, shelter, 3, hall)
    await counted(box, shelter, 8, area=hall)
    await counted(box, shelter, 2, area=room)
    calls = box.shelters.roll_calls
    roll_call = await calls.begin(shelter, OFFICER)
    for person, mark in zip(people, (Mark.PRESENT, Mark.PRESENT, Mark.NOT_FOUND), strict=True):
        await calls.mark(roll_call.id, person, mark, OFFICER)
    await calls.close(roll_call.id, OFFICER)
    pressed = (await box.shelters.counts.reconcile(shelter.id)).counted
    assert {where: number for (where, _class), number in pressed.items() if number} == {hall: 2, room: 2}


async def test_a_roll_call_that_called_nobody_changes_nothing(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 3)
    await signed(box, shelter, {})
    assert await people_everywhere(box, shelter) == 3


async def test_a_press_before_the_roll_call_cannot_be_taken_back_after_it(box: Box) -> None:
    shelter = await opened_shelter(box)
    counter = DeskCounter(uuid.uuid4(), Actor.system(), box.shelters.counts)
    place = DeskPlace(shelter=shelter)
    await counter.count(place, PersonClass.MAN, 'one')
    await signed(box, shelter, {None: 1})
    assert await counter.last(place) is None
    await counter.take_back(place, 'two')
    assert await people_everywhere(box, shelter) == 1


@given(found=COUNTS, gone=COUNTS)
def test_everybody_who_went_is_taken_off_once_and_nothing_is_below_zero(
    found: dict[tuple[UUID | None, PersonClass], int], gone: dict[tuple[UUID | None, PersonClass], int]
) -> None:
    rest = without(found, gone)
    assert sum(rest.values()) == max(0, sum(found.values()) - sum(gone.values()))
    assert all(people >= 0 for people in rest.values())
