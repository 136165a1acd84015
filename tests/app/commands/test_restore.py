"""A restore happens whole or not at all, and is never mistaken for a cut."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pyrage
import pytest

from app.access.principals import Role, StaffPrincipal
from app.commands.exit_codes import FAILED, OK
from app.exchange.identity import ensure_identity
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.people.staff import StaffEntry
from app.runtime import Box
from app.storage.transaction import transaction
from app.storage.vault import RecordClass
from tests.app.commands.conftest import Ended, Give
from tests.support.box import hire, opened_box
from tests.support.process import command, environment


@pytest.fixture
async def backup(tmp_path: Path, give: Give) -> Path:
    """A backup with one member of staff; another came to the box afterwards."""
    async with opened_box(tmp_path / 'box') as box:
        await hire(box, '1001')
    await give('backup', str(tmp_path / 'b.backup'))
    async with opened_box(tmp_path / 'box') as box:
        await hire(box, '2002', '佐藤\u3000花子')
    return tmp_path / 'b.backup'


async def staff_names(root: Path) -> dict[str, str]:
    async with opened_box(root) as box:
        return await names_in(box)


async def names_in(box: Box) -> dict[str, str]:
    members = [await box.staff.find_by_number(number) for number in ('1001', '2002', '3003')]
    return {member.number: member.name for member in members if member is not None}


async def test_the_box_is_as_it_was_and_its_journal_is_intact(tmp_path: Path, give: Give, backup: Path) -> None:
    assert (await give('restore', str(backup))).code == OK
    assert await staff_names(tmp_path / 'box') == {'1001': '山田\u3000太郎'}
    assert (await give('journal', 'verify')).code == OK


async def test_a_restore_begins_an_epoch(tmp_path: Path, give: Give, backup: Path) -> None:
    await give('restore', str(backup))
    with closing(sqlite3.connect(tmp_path / 'box' / 'machibako.db')) as connection:
        reasons = [row[0] for row in connection.execute('SELECT reason FROM journal_epoch ORDER BY number')]
    assert reasons == ['first_start', 'restored']


async def test_nobody_stays_signed_in(tmp_path: Path, give: Give) -> None:
    async with opened_box(tmp_path / 'box') as box:
        person = await hire(box, '1001')
        await box.access.accounts.create('1001', [Role.ADMINISTRATOR], Actor.system(), password='long-and-secret-words')
        principal = StaffPrincipal(account=uuid4(), staff=person.id, roles=frozenset(), session=uuid4())
        await transaction(lambda tx: box.access.sessions.begin(tx, principal))
    await give('backup', str(tmp_path / 'b.backup'))
    await give('restore', str(tmp_path / 'b.backup'))
    with closing(sqlite3.connect(tmp_path / 'box' / 'machibako.db')) as connection:
        assert connection.execute('SELECT count(*), count(ended_at) FROM access_session').fetchone() == (1, 1)


async def test_what_was_taken_back_after_the_backup_stays_taken_back(tmp_path: Path, give: Give) -> None:
    async with opened_box(tmp_path / 'box') as box:
        token = await box.access.api_tokens.create('給与', 'attendance:read', Actor.system())
        kept = await box.access.api_tokens.create('検証', 'attendance:read', Actor.system())
    await give('backup', str(tmp_path / 'b.backup'))
    async with opened_box(tmp_path / 'box') as box:
        revoked = box.access.api_tokens.find(token)
        assert revoked is not None
        await box.access.api_tokens.revoke(revoked.token, Actor.system())

    ended = await give('restore', str(tmp_path / 'b.backup'))

    assert 'もう一度取り消して' not in ended.err
    async with opened_box(tmp_path / 'box') as box:
        assert box.access.api_tokens.find(token) is None
        assert box.access.api_tokens.find(kept) is not None
        lines = await JournalLine.filter(kind='access.revocations_kept')
    assert [line.payload for line in lines] == ['{"accounts":0,"cards":0,"tablets":0,"tokens":1}']


async def test_at_another_machine_the_person_is_told_to_take_back_again(
    tmp_path: Path, give: Give, backup: Path
) -> None:
    shutil.rmtree(tmp_path / 'box')
    assert 'もう一度取り消して' in (await give('restore', str(backup))).err


async def test_a_replacement_box_is_the_same_box_to_its_peers(tmp_path: Path, give: Give) -> None:
    async with opened_box(tmp_path / 'box') as box:
        before = await asyncio.to_thread(lambda: ensure_identity(box.directory).der)
    await give('backup', str(tmp_path / 'b.backup'))
    await asyncio.to_thread(shutil.rmtree, tmp_path / 'box')
    assert (await give('restore', str(tmp_path / 'b.backup'))).code == OK
    async with opened_box(tmp_path / 'box') as box:
        assert await asyncio.to_thread(lambda: ensure_identity(box.directory).der) == before


async def test_the_old_files_are_kept(tmp_path: Path, give: Give, backup: Path) -> None:
    await give('restore', str(backup))
    (kept,) = (tmp_path / 'box' / 'backups').glob('replaced-*')
    with closing(sqlite3.connect(kept / 'machibako.db')) as connection:
        assert connection.execute('SELECT count(*) FROM staff').fetchone()[0] == 2


async def test_an_empty_directory_becomes_the_box(tmp_path: Path, give: Give, backup: Path) -> None:
    other = tmp_path / 'new' / 'box'
    assert (await give('restore', str(backup), data=other)).code == OK
    assert await staff_names(other) == {'1001': '山田\u3000太郎'}
    assert (await give('journal', 'verify', data=other)).code == OK


async def test_a_box_that_was_begun_anew_becomes_the_old_one(tmp_path: Path, give: Give, backup: Path) -> None:
    async with opened_box(tmp_path / 'other') as box:
        await hire(box, '3003')
    ended = await give('restore', str(backup), data=tmp_path / 'other')
    assert '別の箱' in ended.err
    assert await staff_names(tmp_path / 'other') == {'1001': '山田\u3000太郎'}
    assert (await give('journal', 'verify', data=tmp_path / 'other')).code == OK


async def test_settings_are_restored_only_where_there_are_none(tmp_path: Path, give: Give) -> None:
    settings = tmp_path / 'box' / 'machibako.toml'
    settings.parent.mkdir()
    settings.write_text('name = "東庁舎"\n')
    await give('backup', str(tmp_path / 'b.backup'))
    settings.write_text('name = "西庁舎"\n')
    await give('restore', str(tmp_path / 'b.backup'))
    await give('restore', str(tmp_path / 'b.backup'), data=tmp_path / 'other')
    assert '西庁舎' in settings.read_text()
    assert '東庁舎' in (tmp_path / 'other' / 'machibako.toml').read_text()


async def test_who_was_erased_after_the_backup_stays_erased(tmp_path: Path, give: Give, backup: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        member = await box.staff.find_by_number('1001')
        assert member is not None
        await box.vault.erase((member.id, RecordClass.STAFF))
    await give('restore', str(backup))
    assert await staff_names(tmp_path / 'box') == {'1001': ''}
    await give('restore', str(backup))
    assert await staff_names(tmp_path / 'box') == {'1001': ''}


async def test_checkpoints_from_before_are_kept_and_continued(tmp_path: Path, give: Give, backup: Path) -> None:
    file = tmp_path / 'box' / 'checkpoints' / 'checkpoints.jsonl'
    before = file.read_bytes()
    await give('restore', str(backup))
    assert file.read_bytes().startswith(before)
    assert len(file.read_bytes().splitlines()) == len(before.splitlines()) + 1


async def test_a_running_box_is_not_replaced(served, give: Give, tmp_path: Path) -> None:
    await give('backup', str(tmp_path / 'b.backup'))
    ended = await give('restore', str(tmp_path / 'b.backup'))
    assert ended.code == FAILED
    assert '止めてから' in ended.err


async def test_an_encrypted_backup_asks_for_its_key(tmp_path: Path, give: Give) -> None:
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (tmp_path / 'key').write_text(f'# created for a test\n{key}\n')
    (tmp_path / 'other-key').write_text(f'{other}\n')
    (tmp_path / 'no-key').write_text('AGE-SECRET-KEY-1WRONG\n')
    (tmp_path / 'box').mkdir()
    (tmp_path / 'box' / 'machibako.toml').write_text(f'[backup]\nrecipients = ["{key.to_public()}"]\n')
    await give('backup', str(tmp_path / 'b.backup'))

    async def attempt(*options: str) -> Ended:
        return await give('restore', str(tmp_path / 'b.backup'), *options)

    assert '--identity' in (await attempt()).err
    assert 'この鍵では開けません' in (await attempt('--identity', str(tmp_path / 'other-key'))).err
    assert 'no-key' in (await attempt('--identity', str(tmp_path / 'no-key'))).err
    assert 'absent' in (await attempt('--identity', str(tmp_path / 'absent'))).err
    assert (await attempt('--identity', str(tmp_path / 'key'))).code == OK


def cut_in_half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def cut_after_the_manifest(content: bytes) -> bytes:
    return content[:2048]


def one_byte_of_the_database(content: bytes) -> bytes:
    return content[:20_000] + bytes([content[20_000] ^ 1]) + content[20_001:]


def a_later_part(content: bytes) -> bytes:
    place = content.rindex(b'"signature"') + 20
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize(
    'damage',
    [
        cut_in_half, cut_after_the_manifest, one_byte_of_the_database, a_later_part,
        lambda _content: b'', lambda _content: b'PK\x03\x04 a spreadsheet',
    ],
)  # fmt: skip
async def test_a_file_that_is_not_what_was_written_replaces_nothing(
    tmp_path: Path, give: Give, backup: Path, damage: Callable[[bytes], bytes]
) -> None:
    damaged = tmp_path / 'damaged'
    whole, database = await asyncio.to_thread(backup.read_bytes), tmp_path / 'box' / 'machibako.db'
    damaged.write_bytes(damage(whole))
    before = database.read_bytes()
    ended = await give('restore', str(damaged))
    assert ended.code == FAILED
    assert '何も置き換えていません' in ended.err
    assert database.read_bytes() == before
    assert not list((tmp_path / 'box').glob('restore-*'))


async def test_a_file_that_is_not_there_is_said(give: Give, tmp_path: Path) -> None:
    ended = await give('restore', str(tmp_path / 'absent'))
    assert ended.code == FAILED
    assert 'absent' in ended.err


async def test_a_broken_journal_is_restored_only_when_asked_for(tmp_path: Path, give: Give) -> None:
    async with opened_box(tmp_path / 'box') as box:
        await box.staff.save([StaffEntry(number='1', name='ア', kana='ア', department='')], Actor.system())
    with closing(sqlite3.connect(tmp_path / 'box' / 'machibako.db')) as connection, connection:
        connection.execute('DROP TRIGGER journal_line_refuses_update')
        connection.execute("UPDATE journal_line SET actor = 'somebody' WHERE sequence = 2")
    await give('backup', str(tmp_path / 'b.backup'))
    assert 'つながっていません' in (await give('restore', str(tmp_path / 'b.backup'))).err
    assert (await give('restore', str(tmp_path / 'b.backup'), '--accept-broken-journal')).code == OK


async def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, give: Give, backup: Path) -> None:
    async with opened_box(tmp_path / 'future'):
        pass
    with closing(sqlite3.connect(tmp_path / 'future' / 'machibako.db')) as connection, connection:
        connection.execute(
            "INSERT INTO tortoise_migrations SELECT 999, app, '9999_new', applied_at FROM tortoise_migrations LIMIT 1"
        )
    future = await _pack_as_it_is(tmp_path / 'future', tmp_path / 'future.backup')
    ended = await give('restore', str(future))
    assert ended.code == FAILED
    assert '新しい版' in ended.err
    assert await staff_names(tmp_path / 'box') == {'1001': '山田\u3000太郎', '2002': '佐藤\u3000花子'}


EVERY_STEP_OF = {'rename': 1, 'unlink': 1, 'fsync': 2}


@pytest.mark.timeout(400)
@pytest.mark.parametrize('call', EVERY_STEP_OF)
async def test_a_restore_killed_at_any_step_leaves_the_old_box_or_the_new_one(
    tmp_path: Path, backup: Path, call: str
) -> None:
    shutil.copytree(tmp_path / 'box', tmp_path / 'untouched')
    outcomes = set()
    for step in range(1, 200, EVERY_STEP_OF[call]):
        shutil.rmtree(tmp_path / 'box')
        shutil.copytree(tmp_path / 'untouched', tmp_path / 'box')
        code = await asyncio.to_thread(_restore_killed_at, call, step, backup, tmp_path / 'box')
        outcomes.add(await _old_or_new(tmp_path / 'box'))
        if code == OK:
            break
    assert code == OK
    assert step > 3
    assert 'new' in outcomes


def _restore_killed_at(call: str, step: int, backup: Path, root: Path) -> int:
    injection = f'inject={call}:signal=KILL:when={step}'
    strace = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', f'trace={call}', '-e', injection]
    words = command('restore', str(backup), '--data-dir', str(root))
    return subprocess.run([*strace, *words], env=environment(), capture_output=True, check=False).returncode


async def _old_or_new(root: Path) -> str:
    """Which box it is; opening it must succeed, with every name readable and the journal intact."""
    from app.journal.verify import verify_journal

    async with opened_box(root) as box:
        names = await names_in(box)
        key = box.vault.public_key
        verdict = await box.reading.read(lambda c: verify_journal(c, box.directory.checkpoints, key))
    assert verdict.findings == []
    assert not [name for name in os.listdir(root) if name.startswith('restore-')]
    if names == {'1001': '山田\u3000太郎'}:
        return 'new'
    assert names == {'1001': '山田\u3000太郎', '2002': '佐藤\u3000花子'}
    return 'old'


async def _pack_as_it_is(root: Path, target: Path) -> Path:
    """Pack a box that this version cannot open."""
    from app.commands.backup import _sign_copy
    from app.storage.backup import copy_box
    from app.storage.backup_archive import Manifest, measure_parts, pack
    from app.storage.layout import DataDirectory
    from app.storage.vault import Vault

    directory, parts = DataDirectory(root), root / 'parts'
    parts.mkdir()
    copy_box(directory, parts)
    checkpoint = _sign_copy(parts, Vault(directory.keys, directory.box_key, directory.erasures))
    manifest = Manifest(
        box=checkpoint.box,
        epoch=checkpoint.epoch,
        sequence=checkpoint.sequence,
        hash=checkpoint.hash,
        created_at=checkpoint.at,
        parts=measure_parts(parts),
    )
    pack(parts, manifest, target)
    return target
