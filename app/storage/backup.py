"""Copying one box while it runs: database first, keys after it, so that every sealed field has its key."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from app.settings import FILE_NAME
from app.storage.backup_archive import (
    BOX_KEY,
    DATABASE,
    ERASURES,
    EXCHANGE_CERTIFICATE,
    EXCHANGE_KEY,
    KEYS,
    SETTINGS,
    BackupProblem,
    BackupRefused,
)
from app.storage.database import check_database
from app.storage.file_copies import copy_durably
from app.storage.layout import DataDirectory

WORKPLACE = 'backup-in-progress'
BACKUP_MADE = 'storage.backup_made'


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
    copy_durably(directory.box_key, folder / BOX_KEY)
    for source, name in (
        (directory.erasures, ERASURES),
        (directory.root / FILE_NAME, SETTINGS),
        (directory.exchange_key, EXCHANGE_KEY),
        (directory.exchange_certificate, EXCHANGE_CERTIFICATE),
    ):
        if source.exists():
            copy_durably(source, folder / name)
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


def _vacuum_into(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f'file:{source}?mode=ro', uri=True)) as connection:
        connection.execute('VACUUM INTO ?', (str(target),))
    target.chmod(0o600)
