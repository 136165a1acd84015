"""Registering people: once, sealed, with a number that is given without a line to anybody."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from app.journal.verify import verify_journal
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registration
from app.shelters.models import Evacuee
from app.shelters.numbers import read_number
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import PersonClass, StayState
from app.storage.vault import RecordClass
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

WRISTBAND = Token.printed('A1B2C3D4E5')


async def test_a_registered_person_is_present_and_has_a_number(box: Box) -> None:
    shelter = await opened_shelter(box)
    registered = await register(box, shelter)

    assert read_number(registered.evacuee.number) == registered.evacuee.number
    assert registered.evacuee.person_class is PersonClass.WOMAN
    (stay,) = await box.shelters.stays.of(registered.evacuee.id)
    assert (stay.shelter, stay.state) == (shelter.id, StayState.PRESENT)


async def test_what_was_told_is_read_back_as_it_was_told(box: Box) -> None:
    registered = await register(box, await opened_shelter(box))
    found = await box.shelters.evacuees.get(registered.evacuee.id)
    assert found is not None
    assert found.details == HANAKO


async def test_nothing_of_a_person_is_readable_on_the_disk(box: Box) -> None:
    await register(box, await opened_shelter(box))
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        dump = '\n'.join(database.iterdump())
    for word in ('花子', 'ハナコ', '1946', '広坂'):
        assert word not in dump


async def test_a_token_registers_once_however_many_tablets_take_it_in_the_same_second(box: Box) -> None:
    shelter = await opened_shelter(box)
    registration = Registration(arrival=Arrival(shelter=shelter.id), token=WRISTBAND)
    answers = await asyncio.gather(*(box.shelters.evacuees.register(registration, OFFICER) for _tablet in range(5)))

    assert [answer.already for answer in answers].count(False) == 1
    assert len({answer.evacuee.id for answer in answers}) == 1
    assert await Evacuee.all().count() == 1


async def test_the_same_attempt_is_one_person(box: Box) -> None:
    shelter = await opened_shelter(box)
    registration = Registration(arrival=Arrival(shelter=shelter.id), details=HANAKO, attempt='tablet-1:7')
    first = await box.shelters.evacuees.register(registration, OFFICER)
    second = await box.shelters.evacuees.register(registration, OFFICER)
    assert (second.evacuee.id, second.already) == (first.evacuee.id, True)


async def test_a_household_is_registered_together_with_numbers_of_their_own(box: Box) -> None:
    shelter = await opened_shelter(box)
    names = [PersonDetails(name=f'家族 {number}') for number in range(40)]
    registrations = [Registration(arrival=Arrival(shelter=shelter.id), details=each) for each in names]
    household = await box.shelters.evacuees.register_all(registrations, OFFICER)
    assert len({each.evacuee.number for each in household}) == 40


async def test_details_can_come_later(box: Box) -> None:
    shelter = await opened_shelter(box)
    registration = Registration(arrival=Arrival(shelter=shelter.id), token=WRISTBAND)
    unnamed = (await box.shelters.evacuees.register(registration, OFFICER)).evacuee
    assert unnamed.details_at is None

    await box.shelters.evacuees.set_details(unnamed.id, HANAKO, OFFICER)
    found = await box.shelters.evacuees.by_token(WRISTBAND)
    assert found is not None
    assert (found.details.name, found.person_class) == ('金沢 花子', PersonClass.WOMAN)
    assert found.details_at is not None


async def test_details_of_nobody_are_refused(box: Box) -> None:
    shelter = await opened_shelter(box)
    with pytest.raises(LookupError):
        await box.shelters.evacuees.set_details(shelter.id, HANAKO, OFFICER)


async def test_a_token_of_somebody_else_stays_with_them(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = (await register(box, shelter)).evacuee.id
    second = (await register(box, shelter, PersonDetails(name='別人'))).evacuee.id
    assert await box.shelters.evacuees.bind(first, WRISTBAND, OFFICER) == first
    assert await box.shelters.evacuees.bind(second, WRISTBAND, OFFICER) == first


async def test_a_thrown_away_key_erases_the_person_and_the_journal_still_verifies(box: Box) -> None:
    evacuee = (await register(box, await opened_shelter(box))).evacuee
    await box.vault.erase((evacuee.id, RecordClass.SHELTER))
    found = await box.shelters.evacuees.get(evacuee.id)
    assert found is not None
    assert found.details == PersonDetails()
    await box.checkpoint()
    checkpoints, key = box.directory.checkpoints, box.vault.public_key
    verdict = await box.reading.read(lambda connection: verify_journal(connection, checkpoints, key))
    assert verdict.intact
