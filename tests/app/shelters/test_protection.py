"""The flag of protected people: set and lifted with a reason, records open for a while only."""

import sqlite3
from contextlib import closing
from uuid import UUID, uuid4

import pytest

from app import clock
from app.clock import SettableClock
from app.journal.history import History, HistoryFilter
from app.runtime import Box
from app.shelters.protection import OPENED, PROTECTION, ReasonMissing
from tests.support.shelter import OFFICER, opened_shelter, register

SESSION = UUID(int=7)


async def hanako(box: Box) -> UUID:
    return (await register(box, await opened_shelter(box))).evacuee.id


async def test_the_flag_is_set_and_lifted_with_a_reason_that_is_journaled(box: Box) -> None:
    person, protection = await hanako(box), box.shelters.protection
    assert (await protection.set(person, OFFICER, 'DV等支援措置')).details.protected
    assert len(await protection.numbers(practice=False)) == 1
    assert not (await protection.lift(person, OFFICER, '本人の申し出')).details.protected
    assert await protection.numbers(practice=False) == []

    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=PROTECTION), 0, 9)
    reasons = [part.fields['reason'] for line in lines for part in line.opened if part.fields]
    assert reasons == ['本人の申し出', 'DV等支援措置']


async def test_neither_flag_nor_reason_is_readable_on_the_disk(box: Box) -> None:
    await box.shelters.protection.set(await hanako(box), OFFICER, 'DV等支援措置')
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        dump = '\n'.join(database.iterdump())
    assert 'DV等' not in dump
    assert 'protected' not in dump.lower().replace('protection', '')


@pytest.mark.parametrize('reason', ['', ' \u3000', 'あ' * 301])
async def test_nothing_is_changed_or_opened_without_a_reason(box: Box, reason: str) -> None:
    person, protection = await hanako(box), box.shelters.protection
    with pytest.raises(ReasonMissing):
        await protection.set(person, OFFICER, reason)
    with pytest.raises(ReasonMissing):
        await protection.open(person, SESSION, OFFICER, reason)
    assert await protection.numbers(practice=False) == []


async def test_an_opening_ends_by_itself_and_belongs_to_one_session(box: Box) -> None:
    person, protection = await hanako(box), box.shelters.protection
    settable = SettableClock(clock.now())
    with clock.use(settable):
        opening = await protection.open(person, SESSION, OFFICER, '薬の受け渡し')
        assert await protection.read(opening.key, UUID(int=8)) is None
        assert await protection.read('another', SESSION) is None
        settable.forward(seconds=box.settings.shelters.opened_seconds - 1)
        found = await protection.read(opening.key, SESSION)
        assert found is not None
        assert found[0].id == person
        settable.forward(seconds=1)
        assert await protection.read(opening.key, SESSION) is None


async def test_each_opening_is_journaled_before_anything_is_shown(box: Box) -> None:
    person = await hanako(box)
    await box.shelters.protection.open(person, SESSION, OFFICER, '薬の受け渡し')
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=OPENED), 0, 9)
    assert [(line.actor, line.subjects) for line in lines] == [(OFFICER.id, (person,))]


async def test_nobody_is_protected_who_does_not_exist(box: Box) -> None:
    with pytest.raises(LookupError):
        await box.shelters.protection.set(uuid4(), OFFICER, 'DV等支援措置')
    with pytest.raises(LookupError):
        await box.shelters.protection.open(uuid4(), SESSION, OFFICER, '薬の受け渡し')
