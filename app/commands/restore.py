"""`machibako restore`: everything is checked in a place of its own before one file of the box is touched."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from app import clock
from app.access.revocations import Revocations, keep_revocations, read_revocations
from app.access.sessions import end_all_sessions
from app.commands.backup_check import check_unpacked
from app.commands.exit_codes import OK
from app.commands.terminal import Terminal
from app.journal.checkpoints import FILE_NAME as CHECKPOINT_FILE
from app.journal.checkpoints import Checkpoint, sign
from app.journal.epochs import begin_after_restore
from app.journal.journal import Journal, read_head
from app.language import _
from app.settings import FILE_NAME as SETTINGS_FILE
from app.settings import load_settings
from app.storage.age import decrypt, is_encrypted
from app.storage.backup_archive import BackupProblem, BackupRefused, Manifest, unpack
from app.storage.database import open_database
from app.storage.erasures import erasure_lines, read_erasures
from app.storage.failures import DatabaseDamaged
from app.storage.layout import DataDirectory
from app.storage.migrate import MigrationLost
from app.storage.restore import Plan, commit, complete, discard, prepare
from app.storage.transaction import transaction
from app.storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoring:
    """What the person asked for."""

    file: Path
    identity: Path | None = None
    accept_broken_journal: bool = False


async def restore(directory: DataDirectory, wish: Restoring, say: Terminal) -> int:
    """Put the backup in place of what the directory holds, whose lock must be held.

    Raises:
        BackupRefused: the file cannot be relied on; nothing was replaced.
        SettingsError: the settings are wrong; nothing was replaced.
    """
    await asyncio.to_thread(complete, directory)
    prepared = await asyncio.to_thread(prepare, directory)
    try:
        manifest = await asyncio.to_thread(_unpack, wish, prepared)
        await asyncio.to_thread(check_unpacked, prepared, manifest, wish.accept_broken_journal)
        revocations = await asyncio.to_thread(_known_revocations, directory, prepared)
        plan = await _begin_new_epoch(directory, prepared, revocations)
        _tell_what_is_other(directory, prepared, manifest, say)
        await asyncio.to_thread(commit, directory, plan)
    except BaseException:
        await asyncio.to_thread(discard, directory)
        raise
    message = _('{at} のバックアップ({sequence} 行)を復元し、新しい世代を始めました')
    say.out(message.format(at=manifest.created_at, sequence=manifest.sequence))
    old = directory.backups / plan.old_files
    if any(old.iterdir()):
        say.note(_('前のファイル: {old}').format(old=old))
    if revocations is None:
        say.note(_('バックアップのあとに取り消したタブレット、トークン、カードは、もう一度取り消してください'))
    await asyncio.to_thread(_tell_of_a_lost_identity, directory, say)
    return OK


def _unpack(wish: Restoring, prepared: DataDirectory) -> Manifest:
    try:
        if not is_encrypted(wish.file):
            return unpack(wish.file, prepared.root)
        if wish.identity is None:
            raise BackupRefused(BackupProblem.NEEDS_IDENTITY)
        opened = prepared.root / 'backup.tar'
        decrypt(wish.file, opened, wish.identity)
        manifest = unpack(opened, prepared.root)
        opened.unlink()
    except OSError as error:
        raise BackupRefused(BackupProblem.UNREADABLE, f'{error.filename or wish.file}: {error.strerror}') from None
    return manifest


def _known_revocations(directory: DataDirectory, prepared: DataDirectory) -> Revocations | None:
    """What the box that is replaced knows; None where it is another one, or cannot be read."""
    return read_revocations(directory.database) if _is_same_box(directory, prepared) else None


async def _begin_new_epoch(directory: DataDirectory, prepared: DataDirectory, revocations: Revocations | None) -> Plan:
    await asyncio.to_thread(_merge_erasures, directory, prepared)
    keeps_settings = (directory.root / SETTINGS_FILE).exists()
    settings = load_settings(directory.root if keeps_settings else prepared.root)
    try:
        database = await open_database(prepared)
    except MigrationLost:
        raise
    except DatabaseDamaged as error:
        raise BackupRefused(BackupProblem.NEWER_DATABASE, str(error)) from None
    try:
        vault = await asyncio.to_thread(Vault, prepared.keys, prepared.box_key, prepared.erasures)
        identity = await begin_after_restore(vault)
        await end_all_sessions()
        if revocations is not None:
            await keep_revocations(Journal(vault, identity), revocations)
        head = await transaction(read_head)
    finally:
        await database.close()
    at = clock.now()
    checkpoint = Checkpoint(
        str(identity.box), identity.epoch, head.sequence, head.hash, at.isoformat(timespec='seconds')
    )
    _leave_only_what_is_exchanged(prepared, keeps_settings)
    name = f'{at:%Y%m%dT%H%M%S}'
    place = settings.journal.checkpoint_directory or directory.checkpoints
    return Plan(
        old_files=f'replaced-{name}',
        checkpoints=str(place / CHECKPOINT_FILE),
        checkpoint_line=sign(checkpoint, vault).decode(),
        set_aside_as='' if _is_same_box(directory, prepared) else f'checkpoints-replaced-{name}.jsonl',
    )


def _merge_erasures(directory: DataDirectory, prepared: DataDirectory) -> None:
    """What was erased before or after the backup stays erased."""
    merged = read_erasures(directory.erasures) | read_erasures(prepared.erasures)
    if merged:
        prepared.erasures.write_text(erasure_lines(sorted(merged)) + '\n', encoding='utf-8')


def _leave_only_what_is_exchanged(prepared: DataDirectory, keeps_settings: bool) -> None:
    shutil.rmtree(prepared.backups)
    (prepared.root / 'checkpoint.jsonl').unlink()
    if keeps_settings:
        (prepared.root / SETTINGS_FILE).unlink(missing_ok=True)


def _tell_of_a_lost_identity(directory: DataDirectory, say: Terminal) -> None:
    if load_settings(directory.root).exchange.peers and not directory.exchange_key.exists():
        say.note(
            _(
                'バックアップに箱どうしの鍵がありません。'
                'machibako exchange identity の表示を、相手の箱の設定に入れ直してください'
            )
        )


def _is_same_box(directory: DataDirectory, prepared: DataDirectory) -> bool:
    return not directory.box_key.exists() or directory.box_key.read_bytes() == prepared.box_key.read_bytes()


def _tell_what_is_other(directory: DataDirectory, prepared: DataDirectory, manifest: Manifest, say: Terminal) -> None:
    if not _is_same_box(directory, prepared):
        say.note(_('これまでの箱とは別の箱({box})のバックアップです').format(box=manifest.box))
