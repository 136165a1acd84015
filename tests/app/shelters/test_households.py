"""Households: together, apart, and who speaks for them."""

import sqlite3
from contextlib import closing
from uuid import UUID, uuid4

import pytest

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.details import PersonDetails, SharedDetails
from app.shelters.evacuees import Registration
from app.shelters.memberships import NotInHousehold
from app.shelters.stays import Arrival
from tests.support.shelter import OFFICER, opened_shelter

HOME = SharedDetails(name='金沢', address='石川県金沢市広坂1丁目1番1号', phone='076-220-2111')


async def people(box: Box, many: int) -> list[UUID]:
    """So many people who are registered at once."""
    shelter = await opened_shelter(box)
    details = [PersonDetails(name=f'家族 {number}') for number in range(many)]
    registrations = [Registration(arrival=Arrival(shelter=shelter.id), details=each) for each in details]
    return [each.evacuee.id for each in await box.shelters.evacuees.register_all(registrations, OFFICER)]


async def test_the_first_of_a_household_speaks_for_it(box: Box) -> None:
    family = await people(box, 3)
    household = await box.shelters.households.create(family, OFFICER, shared=HOME)
    assert household.members == tuple(family)
    assert household.representative == family[0]
    assert household.shared == HOME


async def test_forty_people_are_one_household(box: Box) -> None:
    family = await people(box, 40)
    household = await box.shelters.households.create(family, OFFICER, representative=family[39])
    assert household.members == tuple(family)
    assert household.representative == family[39]


async def test_somebody_who_is_not_in_it_cannot_speak_for_it(box: Box) -> None:
    family = await people(box, 3)
    with pytest.raises(NotInHousehold):
        await box.shelters.households.create(family[:2], OFFICER, representative=family[2])
    household = await box.shelters.households.create(family[:2], OFFICER)
    with pytest.raises(NotInHousehold):
        await box.shelters.households.set_representative(household.id, family[2], OFFICER)


async def test_a_household_of_nobody_is_refused(box: Box) -> None:
    with pytest.raises(NotInHousehold):
        await box.shelters.households.create([], OFFICER)


async def test_who_joins_another_household_leaves_the_one_before(box: Box) -> None:
    first, second, third = await people(box, 3)
    before = await box.shelters.households.create([first, second], OFFICER)
    after = await box.shelters.households.create([third], OFFICER)
    await box.shelters.households.add(after.id, [first], OFFICER)

    left = await box.shelters.households.get(before.id)
    assert left is not None
    assert (left.members, left.representative) == ((second,), second)
    joined = await box.shelters.households.of(first)
    assert joined is not None
    assert (joined.id, joined.members) == (after.id, (third, first))


async def test_who_joins_twice_is_in_it_once(box: Box) -> None:
    first, second = await people(box, 2)
    household = await box.shelters.households.create([first], OFFICER)
    for _press in range(2):
        household = await box.shelters.households.add(household.id, [second, second], OFFICER)
    assert household.members == (first, second)


async def test_a_part_of_a_household_splits_off_with_the_same_address(box: Box) -> None:
    family = await people(box, 4)
    household = await box.shelters.households.create(family, OFFICER, shared=HOME)
    split = await box.shelters.households.split(household.id, family[:2], OFFICER)

    assert (split.members, split.representative, split.shared) == (tuple(family[:2]), family[0], HOME)
    rest = await box.shelters.households.get(household.id)
    assert rest is not None
    assert (rest.members, rest.representative) == (tuple(family[2:]), family[2])


async def test_two_households_join_and_the_empty_one_stays_readable(box: Box) -> None:
    family = await people(box, 4)
    first = await box.shelters.households.create(family[:2], OFFICER, shared=HOME)
    second = await box.shelters.households.create(family[2:], OFFICER)
    joined = await box.shelters.households.join(first.id, second.id, OFFICER)

    assert joined.members == (*family[2:], *family[:2])
    assert joined.representative == family[2]
    empty = await box.shelters.households.get(first.id)
    assert empty is not None
    assert (empty.members, empty.representative, empty.shared) == ((), None, HOME)


async def test_a_household_does_not_join_itself(box: Box) -> None:
    household = await box.shelters.households.create(await people(box, 2), OFFICER)
    with pytest.raises(NotInHousehold):
        await box.shelters.households.join(household.id, household.id, OFFICER)


async def test_leaving_a_household_of_others_is_refused(box: Box) -> None:
    first, second = await people(box, 2)
    household = await box.shelters.households.create([first], OFFICER)
    with pytest.raises(NotInHousehold):
        await box.shelters.households.leave(household.id, second, OFFICER)
    with pytest.raises(NotInHousehold):
        await box.shelters.households.leave(uuid4(), first, OFFICER)


async def test_the_shared_address_is_changed_for_all_and_told(box: Box) -> None:
    household = await box.shelters.households.create(await people(box, 2), OFFICER)
    told: list[UUID] = []
    box.shelters.households.CHANGED.listen(told.append)
    changed = await box.shelters.households.set_shared(household.id, HOME, OFFICER)
    assert changed.shared == HOME
    assert told == [household.id]


async def test_nothing_of_a_household_is_readable_on_the_disk(box: Box) -> None:
    await box.shelters.households.create(await people(box, 2), OFFICER, shared=HOME)
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        dump = '\n'.join(database.iterdump())
    assert '広坂' not in dump
    assert '076-220' not in dump


async def test_each_change_of_a_household_is_a_line_of_the_journal(box: Box) -> None:
    family = await people(box, 2)
    household = await box.shelters.households.create(family, OFFICER)
    await box.shelters.households.leave(household.id, family[0], OFFICER)
    kinds = (
        await JournalLine.filter(kind__startswith='shelters.household')
        .order_by('sequence')
        .values_list('kind', flat=True)
    )
    steps = [str(kind).removeprefix('shelters.household_') for kind in kinds]
    assert steps == ['created', 'joined', 'representative', 'left', 'representative']


async def test_two_households_of_one_dwelling_are_linked_to_it(box: Box) -> None:
    first, second = await people(box, 2)
    below = await box.shelters.households.create([first], OFFICER)
    above = await box.shelters.households.create([second], OFFICER)
    house = await box.shelters.dwellings.create(below.id, SharedDetails(address='広坂1-1-1', damage='半壊'), OFFICER)
    for _press in range(2):
        await box.shelters.dwellings.link(above.id, house.id, OFFICER)

    assert sorted(await box.shelters.dwellings.households_of(house.id)) == sorted([below.id, above.id])
    await box.shelters.dwellings.change(house.id, SharedDetails(address='広坂1-1-1', damage='全壊'), OFFICER)
    (found,) = await box.shelters.dwellings.of(above.id)
    assert found.shared.damage == '全壊'
    await box.shelters.dwellings.unlink(above.id, house.id, OFFICER)
    assert await box.shelters.dwellings.of(above.id) == []


async def test_a_dwelling_that_is_not_known_is_refused(box: Box) -> None:
    with pytest.raises(LookupError):
        await box.shelters.dwellings.change(uuid4(), HOME, OFFICER)
    with pytest.raises(LookupError):
        await box.shelters.dwellings.link(uuid4(), uuid4(), OFFICER)
