"""Migrations with a guard: Tortoise rebuilds tables on SQLite and loses rows, indexes and triggers on the way.

Before: a copy. After: every table has at least the rows that it had, and indexes and triggers are those of a fresh
database (domain/nicegui.md 3.2).
"""

import asyncio
import importlib
import logging
import pkgutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.executor import MigrationExecutor
from tortoise.utils import get_schema_sql

from app import clock
from app.storage.failures import DatabaseDamaged
from app.storage.layout import DataDirectory, sync_directory
from app.storage.new_database import create_schema, is_new
from app.storage.schema import APP, RECORDS, tortoise_config, triggers

log = logging.getLogger(__name__)


class MigrationLost(DatabaseDamaged):
    """A migration lost something; the copy from before it was put back."""


@dataclass(frozen=True, slots=True)
class Census:
    """What a migration must not lose."""

    rows: Mapping[str, int]
    indexes: frozenset[str]
    """`table(columns)`, with `unique` in front where it is."""
    triggers: frozenset[str]


NOTHING = Census(rows={}, indexes=frozenset(), triggers=frozenset())


async def migrate(directory: DataDirectory) -> None:
    """Bring the database to this version's schema; a new one begins with it.

    Raises:
        DatabaseDamaged: a newer version wrote this database.
        MigrationLost: a migration lost rows, indexes or triggers; the database is as it was before.
    """
    connection = Tortoise.get_connection('default')
    applied = await _applied(connection)
    known = _known_migrations()
    if newer := sorted(applied - known):
        raise DatabaseDamaged(f'a newer version wrote this database ({newer[-1]})')
    if await is_new(connection):
        await create_schema(connection, known)
    elif applied != known:
        await _migrate_guarded(connection, directory, has_rows=bool(applied))
    await _ensure_triggers(connection)


async def _migrate_guarded(connection: BaseDBAsyncClient, directory: DataDirectory, *, has_rows: bool) -> None:
    copy = await _copy_before(connection, directory) if has_rows else None
    before = await _census(connection)
    try:
        await _apply(connection)
        _refuse_losses(losses(before, await _census(connection), NOTHING))
        await _ensure_triggers(connection)
        _refuse_losses(losses(before, await _census(connection), await _expected()))
    except Exception:
        if copy is not None:
            await _put_back(directory, copy)
        raise


def losses(before: Census, after: Census, expected: Census) -> list[str]:
    """What is missing after a migration, in words."""
    fewer = [
        f'{table}: {count} rows before, {after.rows.get(table, 0)} after'
        for table, count in before.rows.items()
        if after.rows.get(table, 0) < count
    ]
    indexes = [f'index {name} is missing' for name in sorted(expected.indexes - after.indexes)]
    lost_triggers = [f'trigger {name} is missing' for name in sorted(expected.triggers - after.triggers)]
    return fewer + indexes + lost_triggers


def _refuse_losses(lost: list[str]) -> None:
    if lost:
        raise MigrationLost('; '.join(lost))


def take_census(connection: sqlite3.Connection) -> Census:
    """Count the rows of every table and list indexes and triggers."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    own = [table for table in tables if not table.startswith('sqlite_') and table != RECORDS]
    rows = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in own}  # noqa: S608
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return Census(
        rows=rows,
        indexes=frozenset(index for table in own for index in _indexes(connection, table)),
        triggers=frozenset(row[0] for row in names),
    )


def _indexes(connection: sqlite3.Connection, table: str) -> list[str]:
    found = []
    for row in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
        if row[3] == 'pk':
            continue
        columns = [str(column[2]) for column in connection.execute(f'PRAGMA index_info("{row[1]}")')]
        found.append(f'{"unique " if row[2] else ""}{table}({", ".join(columns)})')
    return found


async def _applied(connection: BaseDBAsyncClient) -> set[str]:
    rows = await connection.execute_query_dict(f"SELECT name FROM sqlite_master WHERE name = '{RECORDS}'")  # noqa: S608
    if not rows:
        return set()
    recorded = await connection.execute_query_dict(f'SELECT name FROM {RECORDS}')  # noqa: S608
    return {str(row['name']) for row in recorded}


def _known_migrations() -> set[str]:
    package = importlib.import_module('app.storage.migrations')
    return {module.name for module in pkgutil.iter_modules(package.__path__)}


async def _apply(connection: BaseDBAsyncClient) -> None:
    apps = tortoise_config(None)['apps']
    # With foreign keys on, the DROP TABLE of a rebuild would delete the rows of the children.
    await connection.execute_script('PRAGMA foreign_keys=OFF')
    try:
        await MigrationExecutor(connection, {APP: apps[APP]}).migrate()
    finally:
        await connection.execute_script('PRAGMA foreign_keys=ON')
    orphans = await connection.execute_query_dict('PRAGMA foreign_key_check')
    if orphans:
        raise MigrationLost(f'{len(orphans)} rows lost what they point to')


async def _ensure_triggers(connection: BaseDBAsyncClient) -> None:
    rows = await connection.execute_query_dict("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    there = {row['name'] for row in rows}
    for name, statement in triggers().items():
        if name not in there:
            log.info('Creating trigger %s', name)
            await connection.execute_query(statement)


async def _census(connection: BaseDBAsyncClient) -> Census:
    path = (await connection.execute_query_dict('PRAGMA database_list'))[0]['file']
    return await asyncio.to_thread(_census_of_file, Path(path))


def _census_of_file(path: Path) -> Census:
    with closing(sqlite3.connect(f'file:{path}?mode=ro', uri=True)) as connection:
        return take_census(connection)


async def _expected() -> Census:
    statements = get_schema_sql(Tortoise.get_connection('default'), safe=False)

    def fresh() -> Census:
        with closing(sqlite3.connect(':memory:')) as connection:
            connection.executescript(statements)
            for trigger in triggers().values():
                connection.execute(trigger)
            return take_census(connection)

    return await asyncio.to_thread(fresh)


async def _copy_before(connection: BaseDBAsyncClient, directory: DataDirectory) -> Path:
    copy = directory.backups / f'before-migration-{clock.now():%Y%m%dT%H%M%S}.db'
    await connection.execute_query('VACUUM INTO ?', [str(copy)])
    return copy


async def _put_back(directory: DataDirectory, copy: Path) -> None:
    await Tortoise.close_connections()
    await asyncio.to_thread(_replace_database, directory, copy)


def _replace_database(directory: DataDirectory, copy: Path) -> None:
    for suffix in ('-wal', '-shm'):
        directory.database.with_name(directory.database.name + suffix).unlink(missing_ok=True)
    copy.replace(directory.database)
    sync_directory(directory.root)
