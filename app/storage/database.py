"""Opening and closing the one database, with everything that must be true before a person relies on it."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tortoise import Tortoise

from app.storage.failures import DatabaseDamaged, StorageFailed, storage_error
from app.storage.layout import DataDirectory, sync_directory
from app.storage.migrate import migrate
from app.storage.restore import complete
from app.storage.schema import tortoise_config
from app.storage.transaction import finish_transactions

SYNCHRONOUS_FULL = 2
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Database:
    """The open database of the box."""

    directory: DataDirectory
    was_left_unclean: bool

    async def close(self) -> None:
        """Finish what runs, close, and leave the mark of a clean stop."""
        await finish_transactions()
        await Tortoise.close_connections()
        self.directory.running_mark.unlink(missing_ok=True)

    async def abandon(self) -> None:
        """Close without the mark of a clean stop: the next start checks everything."""
        await Tortoise.close_connections()


async def open_database(directory: DataDirectory) -> Database:
    """Open the database, creating it only in a directory that never had one.

    A restore that was interrupted is finished first; after an unclean stop the whole database is checked.

    Raises:
        DatabaseDamaged: it is missing, is no database, fails the check, or stems from a newer version.
        StorageFailed: the disk does not take it, or does not promise to keep what is committed.
    """
    await asyncio.to_thread(_finish_restore, directory)
    unclean = directory.running_mark.exists()
    _refuse_missing(directory)
    if directory.database.exists():
        await asyncio.to_thread(_check_before_opening, directory.database, unclean)
    try:
        directory.running_mark.touch()
        sync_directory(directory.root)
        await Tortoise.init(config=tortoise_config(directory), _enable_global_fallback=True)
        await _refuse_unsafe_settings()
        await migrate(directory)
    except Exception as error:
        await Tortoise.close_connections()
        raise storage_error(error) or (StorageFailed(str(error)) if isinstance(error, OSError) else error) from error
    directory.database.chmod(0o600)
    return Database(directory, unclean)


def check_database(database: Path) -> list[str]:
    """Everything `integrity_check` and `foreign_key_check` complain about; empty when all is well."""
    with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as connection:
        problems = [str(row[0]) for row in connection.execute('PRAGMA integrity_check(20)') if row[0] != 'ok']
        orphans = [f'{row[0]} row {row[1]}: no {row[2]}' for row in connection.execute('PRAGMA foreign_key_check')]
    return problems + orphans


def _finish_restore(directory: DataDirectory) -> None:
    try:
        complete(directory)
    except OSError as error:
        raise StorageFailed(str(error)) from error


def _refuse_missing(directory: DataDirectory) -> None:
    if directory.database.exists() and directory.database.stat().st_size > 0:
        return
    traces = [path.name for path in (directory.keys, directory.checkpoints) if path.exists()]
    if traces:
        raise DatabaseDamaged(f'{directory.database.name} is missing or empty, but {traces[0]} is there')


def _check_before_opening(database: Path, thoroughly: bool) -> None:
    try:
        if thoroughly:
            log.warning('The box was not stopped cleanly: checking the database')
            problems = check_database(database)
        else:
            problems = _problems_of_the_first_pages(database)
    except sqlite3.DatabaseError as error:
        if isinstance(storage_error(error), StorageFailed) or error.sqlite_errorname == 'SQLITE_NOTADB':
            raise DatabaseDamaged(str(error)) from error
        raise
    if problems:
        raise DatabaseDamaged('; '.join(problems[:3]))


def _problems_of_the_first_pages(database: Path) -> list[str]:
    with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as connection:
        connection.execute('SELECT count(*) FROM sqlite_master').fetchone()
        pages = connection.execute('PRAGMA page_count').fetchone()[0]
        size = connection.execute('PRAGMA page_size').fetchone()[0]
    if database.stat().st_size % size or pages == 0:
        return [f'{database.name} was cut off']
    return []


async def empty_log() -> None:
    """Write the log back into the database and cut it, so that nothing that was deleted stays in it."""
    await Tortoise.get_connection('default').execute_query('PRAGMA wal_checkpoint(TRUNCATE)')


async def _refuse_unsafe_settings() -> None:
    expected = {'synchronous': SYNCHRONOUS_FULL, 'journal_mode': 'wal', 'foreign_keys': 1}
    connection = Tortoise.get_connection('default')
    for name, value in expected.items():
        rows = await connection.execute_query_dict(f'PRAGMA {name}')
        if rows[0][name] != value:
            raise StorageFailed(f'PRAGMA {name} is {rows[0][name]}, not {value}')
