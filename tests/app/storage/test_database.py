from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise

from app.journal.line import Act, Actor
from app.storage import database
from app.storage.failures import DatabaseDamaged, StorageFailed
from app.storage.layout import DataDirectory, DirectoryInUse
from app.storage.schema import tortoise_config
from app.storage.transaction import transaction
from tests.support.box import hire, opened_box


async def pragma(name: str) -> object:
    rows = await Tortoise.get_connection('default').execute_query_dict(f'PRAGMA {name}')
    return rows[0][name]


async def test_every_commit_waits_for_the_disk(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box'):
        assert await pragma('synchronous') == 2
        assert await pragma('journal_mode') == 'wal'
        assert await pragma('foreign_keys') == 1


async def test_a_disk_setting_that_loses_commits_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_normal(directory: DataDirectory) -> dict[str, Any]:
        config = tortoise_config(directory)
        config['connections']['default']['credentials']['synchronous'] = 'NORMAL'
        return config

    monkeypatch.setattr(database, 'tortoise_config', with_normal)
    with pytest.raises(StorageFailed, match='synchronous'):
        async with opened_box(tmp_path / 'box'):
            pass


async def test_one_process_has_the_directory(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        with pytest.raises(DirectoryInUse):
            box.directory.lock()


async def test_a_missing_database_is_not_begun_anew(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        directory = box.directory
        await hire(box)
    directory.database.unlink()

    with pytest.raises(DatabaseDamaged):
        await database.open_database(directory)
    assert not directory.database.exists()


@pytest.mark.parametrize('damage', ['emptied', 'cut', 'header', 'page'])
async def test_a_damaged_database_is_told_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    async with opened_box(tmp_path / 'box') as box:
        directory = box.directory
        for number in range(60):
            await hire(box, str(2000 + number))
    content = directory.database.read_bytes()
    damaged = {
        'emptied': b'',
        'cut': content[: len(content) // 2 + 100],
        'header': b'X' * 100 + content[100:],
        'page': content[: len(content) // 2] + b'\xff' * 4096 + content[len(content) // 2 + 4096 :],
    }[damage]
    directory.database.write_bytes(damaged)
    if damage == 'page':
        directory.running_mark.touch()

    with pytest.raises(DatabaseDamaged):
        async with opened_box(tmp_path / 'box'):
            pass
    assert directory.database.read_bytes() == damaged


async def test_a_clean_stop_leaves_no_mark_and_a_crash_does(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        assert box.directory.running_mark.exists()
        assert not box.database.was_left_unclean
    assert not box.directory.running_mark.exists()

    box.directory.running_mark.touch()
    async with opened_box(tmp_path / 'box') as again:
        assert again.database.was_left_unclean


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        act = Act(kind='test.happened', actor=Actor.system())
        written = await transaction(lambda tx: box.journal.append(tx, act))
        epoch = box.journal.identity.epoch

    async with opened_box(tmp_path / 'box') as again:
        assert again.journal.identity.epoch == epoch
        head = await transaction(lambda tx: again.journal.append(tx, act))
        assert head.sequence == written.sequence + 1
