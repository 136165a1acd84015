"""A hint that somebody may be registered twice, and joining a household together with the registration."""

from dataclasses import replace
from uuid import uuid4

import pytest
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError

from app.runtime import Box
from app.shelters.calls import UrgentCalls
from app.shelters.desk_places import DeskPlace
from app.shelters.details import PersonDetails, SharedDetails
from app.shelters.evacuees import Registration
from app.shelters.memberships import By
from app.shelters.models import Evacuee, HouseholdMember, Stay
from app.shelters.number_lookups import NumberLookups
from app.shelters.other_shelters import OtherShelters
from app.shelters.reception import At, Newcomer, Reception
from app.shelters.registering_together import register_family, register_into
from app.shelters.stays import Arrival
from app.shelters.values import ShelterState
from tests.support.reception import FACE
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

BY = By(OFFICER)
REFUSE = "CREATE TRIGGER refuse BEFORE INSERT ON household_member BEGIN SELECT RAISE(ABORT, 'refused'); END"


async def test_who_has_nearly_the_name_and_the_same_birth_date_is_hinted_at_and_nobody_is_merged(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = await register(box, shelter)
    second = await register(box, shelter, replace(HANAKO, name='金澤 花子'))
    other = await register(box, shelter, PersonDetails(name='別 人', birth_date=HANAKO.birth_date))
    alike = box.shelters.alike
    assert await alike.to(second.evacuee.id) == first.evacuee.number
    assert await alike.to(other.evacuee.id) == ''
    assert await Evacuee.exclude(merged_into=None).count() == 0

    await box.shelters.duplicates.keep_apart(first.evacuee.id, second.evacuee.id, OFFICER)
    assert await alike.to(second.evacuee.id) == ''


async def test_a_protected_person_is_never_hinted_at(box: Box) -> None:
    shelter = await opened_shelter(box)
    hidden = await register(box, shelter, replace(HANAKO, protected=True))
    seen = await register(box, shelter)
    assert await box.shelters.alike.to(seen.evacuee.id) == await box.shelters.alike.to(hidden.evacuee.id) == ''


async def test_a_member_is_registered_and_joins_in_one_step_or_not_at_all(box: Box) -> None:
    shelter, room = await opened_shelter(box), box.shelters
    first = (await register(box, shelter)).evacuee
    registration = Registration(arrival=Arrival(shelter=shelter.id))
    await register_into(room.evacuees, room.households, registration, first, BY)
    joined = await register_into(room.evacuees, room.households, registration, first, BY)
    household = await room.households.of(joined.evacuee.id)
    assert household is not None
    assert (len(household.members), household.shared.address) == (3, HANAKO.address)

    people = await Evacuee.all().count()
    await Tortoise.get_connection('default').execute_query(REFUSE)
    with pytest.raises(IntegrityError):
        await register_into(room.evacuees, room.households, registration, first, BY)
    assert await Evacuee.all().count() == await Stay.all().count() == people
    assert await HouseholdMember.all().count() == 3


async def test_a_family_of_its_own_phone_is_one_household_at_once(box: Box) -> None:
    shelter, room = await opened_shelter(box), box.shelters
    people = [Registration(arrival=Arrival(shelter=shelter.id), attempt=f'family:{each}') for each in range(4)]
    for _twice in range(2):
        registered = await register_family(room.evacuees, room.households, people, SharedDetails(phone='076'), BY)
    household = await room.households.of(registered[0].evacuee.id)
    assert household is not None
    assert (len(household.members), household.shared.phone) == (4, '076')
    assert await Evacuee.all().count() == 4


async def test_a_desk_hints_after_a_card_was_read_but_not_while_residents_run_it(box: Box) -> None:
    shelter = await opened_shelter(box)
    known = await register(box, shelter, replace(HANAKO, birth_date=FACE.birth_date))
    room = box.shelters
    reception = Reception(
        evacuees=room.evacuees,
        stays=room.stays,
        tokens=room.tokens,
        households=room.households,
        calls=UrgentCalls(box.journal),
        alike=room.alike,
        numbers=NumberLookups(box.journal, room.evacuees, 'ABC'),
        others=OtherShelters(room.register, room.stays, room.across.elsewhere),
    )
    at = At(desk=uuid4(), actor=OFFICER, place=DeskPlace(shelter=shelter), shelter=shelter)
    found = await reception.register(at, Newcomer(face=FACE))
    assert found.person.alike == known.evacuee.number

    by_residents = replace(at, shelter=replace(shelter, state=ShelterState.OPENED_BY_RESIDENTS))
    assert (await reception.show_read(by_residents, found.person.evacuee)).alike == ''
