"""Copying one box while it runs: database first, keys after it, so that every sealed field has its key."""

import os
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from app.settings import FILE_NAME
from app.storage.backup_archive import BOX_KEY, DATABASE, ERASURES, KEYS, SETTINGS, BackupProblem, BackupRefused
from app.storage.database import check_database
from app.storage.layout import DataDirectory, sync_directory

WORKPLACE = 'backup-in-progress'
COPY_BYTES = 1 << 20


def prepare_workplace(directory: DataDirectory) -> Path:
    """An empty folder beside the database; what an interrupted backup left there is removed."""
    workplace = directory.backups / WORKPLACE
    shutil.rmtree(workplace, ignore_errors=True)
    workplace.mkdir(mode=0o700, parents=True)
    return workplace


def copy_box(directory: DataDirectory, folder: Path) -> None:
    """Copy all that a box is into the folder. Blocks: call it in a thread.

    Raises:
        BackupRefused: the copy of the database is damaged, so the database may be.
    """
    _vacuum_into(directory.database, folder / DATABASE)
    _vacuum_into(directory.keys, folder / KEYS)
    _copy(directory.box_key, folder / BOX_KEY)
    for source, name in ((directory.erasures, ERASURES), (directory.root / FILE_NAME, SETTINGS)):
        if source.exists():
            _copy(source, folder / name)
    refuse_damaged(folder / DATABASE)


def refuse_damaged(database: Path) -> None:
    """Check a database that nobody writes.

    Raises:
        BackupRefused: pages, indexes or references are damaged; the message says which.
    """
    try:
        problems = check_database(database)
    except sqlite3.DatabaseError as error:
        problems = [str(error)]
    if problems:
        raise BackupRefused(BackupProblem.DAMAGED, '; '.join(problems[:3]))


def place_copy(source: Path, target: Path) -> str:
    """Put a finished backup where it belongs, in one step that survives a power cut; returns its SHA-256 (hex)."""
    temporary = target.with_name(f'.{target.name}.{os.getpid()}.new')
    try:
        _copy(source, temporary)
        digest = file_sha256(temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(target.parent)
    return digest


def file_sha256(file: Path) -> str:
    """SHA-256 (hex) of a file; never of the live database, whose locks would be dropped."""
    with file.open('rb') as content:
        digest = sha256()
        while chunk := content.read(COPY_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _vacuum_into(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f'file:{source}?mode=ro', uri=True)) as connection:
        connection.execute('VACUUM INTO ?', (str(target),))
    target.chmod(0o600)


def _copy(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open('rb') as content, os.fdopen(descriptor, 'wb') as file:
        shutil.copyfileobj(content, file, COPY_BYTES)
        file.flush()
        os.fsync(file.fileno())
