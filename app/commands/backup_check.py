"""Whether an unpacked backup can be relied on."""

import sqlite3
from contextlib import closing

from app.journal.checkpoints import BrokenCheckpoint, Checkpoint, read_checkpoint
from app.journal.verify import Fault, Verdict, verify_copy
from app.storage.backup import refuse_damaged
from app.storage.backup_archive import CHECKPOINT, BackupProblem, BackupRefused, Manifest
from app.storage.failures import DatabaseDamaged
from app.storage.layout import DataDirectory
from app.storage.reading import open_read_only
from app.storage.vault import Vault


def check_unpacked(prepared: DataDirectory, manifest: Manifest, accept_broken_journal: bool) -> None:
    """Check pages, references, keys, signature and the whole chain. Blocks: call it in a thread.

    Raises:
        BackupRefused: something of it does not hold; the message says what.
    """
    refuse_damaged(prepared.database)
    refuse_damaged(prepared.keys)
    checkpoint = _read_checkpoint(prepared)
    if (checkpoint.sequence, checkpoint.hash) != (manifest.sequence, manifest.hash):
        raise BackupRefused(BackupProblem.CHANGED, CHECKPOINT)
    verdict = _verify(prepared, checkpoint)
    if not verdict.intact and not accept_broken_journal:
        first = verdict.findings[0]
        raise BackupRefused(BackupProblem.JOURNAL_BROKEN, f'{first.fault}: {first.sequence or ""} {first.detail}')


def _read_checkpoint(prepared: DataDirectory) -> Checkpoint:
    try:
        vault = Vault(prepared.keys, prepared.box_key, prepared.erasures)
        return read_checkpoint((prepared.root / CHECKPOINT).read_bytes().rstrip(b'\n'), vault.public_key, CHECKPOINT)
    except BrokenCheckpoint as error:
        raise BackupRefused(BackupProblem.CHANGED, str(error)) from None
    except (DatabaseDamaged, sqlite3.DatabaseError, ValueError) as error:
        raise BackupRefused(BackupProblem.DAMAGED, str(error)) from None


def _verify(prepared: DataDirectory, checkpoint: Checkpoint) -> Verdict:
    try:
        with closing(open_read_only(prepared.database)) as connection:
            verdict = verify_copy(connection, checkpoint)
            head = connection.execute('SELECT max(sequence) FROM journal_line').fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, str(error)) from None
    if head != checkpoint.sequence:
        verdict.found(Fault.CUT, checkpoint.sequence, f'{head}')
    # Triggers that an older version did not have are created when the database is opened.
    verdict.findings = [finding for finding in verdict.findings if finding.fault is not Fault.GUARD_MISSING]
    return verdict
