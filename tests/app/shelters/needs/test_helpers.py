"""Tasks of volunteers, and notes to the next day."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from app.clock import TOKYO
from app.runtime import Box
from app.shelters.needs.helpers import HelpRefused, TaskEntry
from app.shelters.needs.models import HandingOver, TaskHelper
from app.storage.vault import RecordClass
from tests.support.shelter import OFFICER, opened_shelter

EIGHT = datetime(2026, 11, 24, 8, tzinfo=TOKYO)


async def entry(box: Box) -> TaskEntry:
    shelter = await opened_shelter(box)
    until = EIGHT + timedelta(hours=4)
    return TaskEntry(shelter=shelter.id, title='朝食', helpers=2, starts_at=EIGHT, ends_at=until, practice=False)


async def test_a_task_knows_who_takes_it_and_how_many_lack(box: Box) -> None:
    task, book = await entry(box), box.shelters.needs.helpers
    added = await book.add_task(task, OFFICER)
    await book.take(added, '北 守', OFFICER)
    (found,) = await book.tasks(task.shelter, practice=False)
    assert ([one.name for one in found.helpers], found.lacking) == (['北 守'], 1)
    await book.give_back(found.helpers[0].id, OFFICER)
    (found,) = await book.tasks(task.shelter, practice=False)
    assert (found.helpers, found.lacking) == ((), 2)


async def test_names_are_sealed_and_gone_with_their_key(box: Box) -> None:
    task, book = await entry(box), box.shelters.needs.helpers
    helper = await book.take(await book.add_task(task, OFFICER), '北 守', OFFICER)
    assert '北'.encode() not in (await TaskHelper.get()).details
    await box.vault.erase((helper, RecordClass.SHELTER))
    (found,) = await book.tasks(task.shelter, practice=False)
    assert found.helpers[0].name == ''


async def test_a_task_that_ended_takes_nobody(box: Box) -> None:
    task, book = await entry(box), box.shelters.needs.helpers
    added = await book.add_task(task, OFFICER)
    await book.end_task(added, OFFICER)
    assert await book.tasks(task.shelter, practice=False) == []
    with pytest.raises(HelpRefused, match='task'):
        await book.take(added, '北 守', OFFICER)


async def test_a_task_that_cannot_be_is_refused(box: Box) -> None:
    task, book = await entry(box), box.shelters.needs.helpers
    for wrong, name in (
        (replace(task, title=' '), 'title'),
        (replace(task, helpers=0), 'helpers'),
        (replace(task, ends_at=task.starts_at), 'ends_at'),
    ):
        with pytest.raises(HelpRefused, match=name):
            await book.add_task(wrong, OFFICER)
    with pytest.raises(HelpRefused, match='helper'):
        await book.give_back(uuid4(), OFFICER)


async def test_a_note_is_read_once_and_sealed(box: Box) -> None:
    shelter, notes = await opened_shelter(box), box.shelters.needs.notes
    await notes.write(shelter.id, '夜間に発電機の燃料を足すこと', OFFICER, practice=False)
    assert '発電機'.encode() not in (await HandingOver.get()).details
    (note,) = await notes.last(shelter.id, practice=False)
    assert (note.words, note.read_at) == ('夜間に発電機の燃料を足すこと', None)
    await notes.read(note.id, OFFICER)
    (note,) = await notes.last(shelter.id, practice=False)
    assert note.read_at is not None
    with pytest.raises(HelpRefused, match='note'):
        await notes.read(note.id, OFFICER)


async def test_a_drill_has_notes_of_its_own(box: Box) -> None:
    shelter, notes = await opened_shelter(box), box.shelters.needs.notes
    await notes.write(shelter.id, '訓練です', OFFICER, practice=True)
    assert await notes.last(shelter.id, practice=False) == []
