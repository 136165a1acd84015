"""`machibako backup`: copy, sign, pack, read back, encrypt, and only then put the file where it was asked for."""

import asyncio
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import clock
from app.commands.exit_codes import FAILED, OK
from app.commands.journal import tell_findings
from app.commands.terminal import FileNotTaken, Terminal
from app.journal.checkpoints import Checkpoint, sign
from app.journal.line import Act, Actor
from app.journal.verify import Verdict, verify_copy
from app.language import _
from app.storage.age import encrypt, refuse_bad_recipients
from app.storage.backup import BACKUP_MADE, copy_box, prepare_workplace
from app.storage.backup_archive import CHECKPOINT, DATABASE, Manifest, measure_parts, pack, unpack
from app.storage.file_copies import file_sha256
from app.storage.layout import write_durably
from app.storage.reading import open_read_only
from app.storage.transaction import transaction
from app.storage.vault import Vault

if TYPE_CHECKING:
    from app.runtime import Box

BACKUP_STARTED = 'storage.backup_started'
HEAD = 'SELECT box, epoch, sequence, hash FROM journal_line ORDER BY sequence DESC LIMIT 1'
_one_at_a_time = asyncio.Lock()


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, and the last line that it holds."""

    file: Path
    sequence: int
    sha256: str
    verdict: Verdict


async def backup(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Make a backup of the box and put it where the person wants it.

    Raises:
        BackupRefused: a recipient is no key, or the copy is damaged.
        FileNotTaken: the file could not be written there.
    """
    async with _one_at_a_time:
        workplace = await asyncio.to_thread(prepare_workplace, box.directory)
        try:
            return await _backup(box, workplace, arguments['file'], say)
        finally:
            await asyncio.to_thread(shutil.rmtree, workplace, True)


async def _backup(box: 'Box', workplace: Path, target: str, say: Terminal) -> int:
    recipients = box.settings.backup.recipients
    refuse_bad_recipients(recipients)
    payload = {'encrypted': bool(recipients)}
    act = Act(kind=BACKUP_STARTED, actor=Actor.command_line(), payload=payload)
    await transaction(lambda tx: box.journal.append(tx, act))
    made = await asyncio.to_thread(make_backup, box, workplace)
    if await say.take_file(made.file, target) != made.sha256:
        raise FileNotTaken(f'{target}: {_("書いたものと中身が違います")}')
    await _note_made(box, made)
    if not recipients:
        say.note(_('暗号化していません。このファイルを持つ人は、記録をすべて読めます(設定 backup.recipients)'))
    if not made.verdict.intact:
        say.note(_('バックアップは作りましたが、箱の記録そのものが正しくつながっていません'))
        tell_findings(made.verdict, say)
        return FAILED
    say.out(_('バックアップを作り、確かめました: {file}').format(file=target))
    return OK


async def _note_made(box: 'Box', made: Made) -> None:
    payload = {
        'encrypted': bool(box.settings.backup.recipients),
        'up_to': made.sequence,
        'sha256': made.sha256,
        'intact': made.verdict.intact,
    }
    act = Act(kind=BACKUP_MADE, actor=Actor.command_line(), payload=payload)
    await transaction(lambda tx: box.journal.append(tx, act))


def make_backup(box: 'Box', workplace: Path) -> Made:
    """Make and check a backup file in the workplace. Blocks: call it in a thread.

    Raises:
        BackupRefused: the copy is damaged.
    """
    folder = workplace / 'parts'
    folder.mkdir(mode=0o700)
    copy_box(box.directory, folder)
    checkpoint = _sign_copy(folder, box.vault)
    packed = workplace / 'backup.tar'
    manifest = Manifest(
        box=checkpoint.box,
        epoch=checkpoint.epoch,
        sequence=checkpoint.sequence,
        hash=checkpoint.hash,
        created_at=checkpoint.at,
        parts=measure_parts(folder),
    )
    pack(folder, manifest, packed)
    shutil.rmtree(folder)
    verdict = _read_back(packed, workplace / 'read-back', checkpoint)
    if not box.settings.backup.recipients:
        return Made(packed, manifest.sequence, file_sha256(packed), verdict)
    encrypted = workplace / 'backup.age'
    encrypt(packed, encrypted, box.settings.backup.recipients)
    return Made(encrypted, manifest.sequence, file_sha256(encrypted), verdict)


def _sign_copy(folder: Path, vault: Vault) -> Checkpoint:
    with closing(open_read_only(folder / DATABASE)) as connection:
        box, epoch, sequence, hash_ = connection.execute(HEAD).fetchone()
    checkpoint = Checkpoint(box, epoch, sequence, hash_, clock.now().isoformat(timespec='seconds'))
    write_durably(folder / CHECKPOINT, sign(checkpoint, vault) + b'\n')
    return checkpoint


def _read_back(packed: Path, folder: Path, checkpoint: Checkpoint) -> Verdict:
    folder.mkdir(mode=0o700)
    unpack(packed, folder)
    with closing(sqlite3.connect(f'file:{folder / DATABASE}?mode=ro', uri=True)) as connection:
        verdict = verify_copy(connection, checkpoint)
    shutil.rmtree(folder)
    return verdict
