"""A backup holds all of the box, was read back before it is shown, and belongs to who asked for it."""

import asyncio
import json
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from app.commands.exit_codes import FAILED, OK
from app.runtime import Box
from app.storage.backup import WORKPLACE
from app.storage.backup_archive import unpack
from app.storage.file_copies import file_sha256
from tests.app.commands.conftest import Give
from tests.support.box import hire, opened_box
from tests.support.process import run


def lines_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        count: int = connection.execute('SELECT count(*) FROM journal_line').fetchone()[0]
        return count


def last_lines(database: Path, count: int) -> list[tuple[str, str, dict[str, object]]]:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            'SELECT kind, actor, payload FROM journal_line ORDER BY sequence DESC LIMIT ?', [count]
        ).fetchall()
    return [(kind, actor, json.loads(payload)) for kind, actor, payload in reversed(rows)]


async def test_a_backup_holds_every_line_up_to_its_own(served: Box, give: Give, tmp_path: Path) -> None:
    await hire(served)
    assert (await give('backup', str(tmp_path / 'b.backup'))).code == OK
    (tmp_path / 'parts').mkdir()
    manifest = unpack(tmp_path / 'b.backup', tmp_path / 'parts')
    assert manifest.sequence == lines_in(tmp_path / 'parts' / 'machibako.db') == lines_in(served.directory.database) - 1
    assert (tmp_path / 'parts' / 'box.key').read_bytes() == served.directory.box_key.read_bytes()


async def test_only_the_caller_can_read_the_file(served: Box, give: Give, tmp_path: Path) -> None:
    await give('backup', str(tmp_path / 'b.backup'))
    assert stat.S_IMODE((tmp_path / 'b.backup').stat().st_mode) == 0o600


async def test_a_backup_in_clear_says_so(served: Box, give: Give, tmp_path: Path) -> None:
    ended = await give('backup', str(tmp_path / 'b.backup'))
    assert 'backup.recipients' in ended.err


async def test_a_backup_for_a_recipient_is_opened_by_that_key_alone(tmp_path: Path, give: Give) -> None:
    key = pyrage.x25519.Identity.generate()
    (tmp_path / 'box').mkdir()
    (tmp_path / 'box' / 'machibako.toml').write_text(f'[backup]\nrecipients = ["{key.to_public()}"]\n')
    ended = await give('backup', str(tmp_path / 'b.backup'))
    assert (ended.code, ended.err) == (OK, '')
    content = (tmp_path / 'b.backup').read_bytes()
    assert b'machibako' not in content
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [pyrage.x25519.Identity.generate()])
    assert b'machibako.toml' in pyrage.decrypt(content, [key])


async def test_a_recipient_that_is_no_key_is_named_and_nothing_is_written(tmp_path: Path, give: Give) -> None:
    (tmp_path / 'box').mkdir()
    (tmp_path / 'box' / 'machibako.toml').write_text('[backup]\nrecipients = ["age1wrong"]\n')
    ended = await give('backup', str(tmp_path / 'b.backup'))
    assert ended.code == FAILED
    assert 'age1wrong' in ended.err
    assert not (tmp_path / 'b.backup').exists()


async def test_nothing_stays_behind_in_the_box(served: Box, give: Give, tmp_path: Path) -> None:
    await give('backup', str(tmp_path / 'b.backup'))
    assert list(served.directory.backups.iterdir()) == []


async def test_what_a_killed_backup_left_is_cleared_away(served: Box, give: Give, tmp_path: Path) -> None:
    (served.directory.backups / WORKPLACE).mkdir()
    (served.directory.backups / WORKPLACE / 'half').write_bytes(b'half')
    assert (await give('backup', str(tmp_path / 'b.backup'))).code == OK
    assert list(served.directory.backups.iterdir()) == []


async def test_a_place_that_cannot_be_written_is_said_and_the_last_backup_is_kept(
    served: Box, give: Give, tmp_path: Path
) -> None:
    target = tmp_path / 'away' / 'b.backup'
    ended = await give('backup', str(target))
    assert ended.code == FAILED
    assert str(target) in ended.err


async def test_the_backup_is_an_act_of_the_journal(served: Box, give: Give, tmp_path: Path) -> None:
    await give('backup', str(tmp_path / 'b.backup'))
    started, made = last_lines(served.directory.database, 2)
    assert started == ('storage.backup_started', 'command-line', {'encrypted': False})
    up_to, digest = lines_in(served.directory.database) - 1, file_sha256(tmp_path / 'b.backup')
    payload = {'encrypted': False, 'intact': True, 'sha256': digest, 'up_to': up_to}
    assert made == ('storage.backup_made', 'command-line', payload)


async def test_a_backup_of_a_box_that_does_not_run_is_an_act_too(tmp_path: Path, give: Give) -> None:
    await give('backup', str(tmp_path / 'b.backup'))
    assert [kind for kind, *_rest in last_lines(tmp_path / 'box' / 'machibako.db', 1)] == ['storage.backup_made']


async def test_a_backup_that_found_no_place_was_not_made(served: Box, give: Give, tmp_path: Path) -> None:
    await give('backup', str(tmp_path / 'away' / 'b.backup'))
    assert [kind for kind, *_rest in last_lines(served.directory.database, 1)] == ['storage.backup_started']


async def test_a_journal_that_is_not_intact_is_backed_up_and_said(tmp_path: Path, give: Give) -> None:
    async with opened_box(tmp_path / 'box') as box:
        await hire(box)
    with closing(sqlite3.connect(tmp_path / 'box' / 'machibako.db')) as connection, connection:
        connection.execute('DROP TRIGGER journal_line_refuses_update')
        connection.execute("UPDATE journal_line SET actor = 'somebody' WHERE sequence = 2")
    ended = await give('backup', str(tmp_path / 'b.backup'))
    assert ended.code == FAILED
    assert '2 行目' in ended.out
    assert tarfile.is_tarfile(tmp_path / 'b.backup')


async def test_two_backups_at_once_both_come_out_whole(served: Box, give: Give, tmp_path: Path) -> None:
    ended = await asyncio.gather(give('backup', str(tmp_path / 'a')), give('backup', str(tmp_path / 'b')))
    assert [one.code for one in ended] == [OK, OK]
    for name in ('a', 'b'):
        (tmp_path / f'{name}-parts').mkdir()
        unpack(tmp_path / name, tmp_path / f'{name}-parts')


async def test_a_backup_while_people_are_recorded_is_one_moment_of_the_journal(
    served: Box, give: Give, tmp_path: Path
) -> None:
    backing_up = asyncio.create_task(give('backup', str(tmp_path / 'b.backup')))
    number = 1000
    while not backing_up.done():
        number += 1
        await hire(served, str(number))
    assert (await backing_up).code == OK
    (tmp_path / 'parts').mkdir()
    manifest = unpack(tmp_path / 'b.backup', tmp_path / 'parts')
    assert 1 < manifest.sequence < lines_in(served.directory.database)
    for words in (('restore', str(tmp_path / 'b.backup')), ('journal', 'verify')):
        ended = await asyncio.to_thread(run, *words, data=tmp_path / 'other')
        assert ended.returncode == OK, ended.stderr
