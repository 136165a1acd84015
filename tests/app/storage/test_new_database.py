"""A new database is what all migrations lead to."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from app.storage import migrate
from app.storage.failures import StorageFailed
from app.storage.schema import RECORDS
from tests.support.box import opened_box

DATABASE = 'machibako.db'


async def _nothing_is_new(_connection: BaseDBAsyncClient) -> bool:
    return False


async def test_a_new_database_has_every_table_column_and_index_that_the_migrations_make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_box(tmp_path / 'new'):
        pass
    monkeypatch.setattr(migrate, 'is_new', _nothing_is_new)
    async with opened_box(tmp_path / 'migrated'):
        pass
    assert described(tmp_path / 'new' / DATABASE) == described(tmp_path / 'migrated' / DATABASE)


async def test_a_making_that_was_cut_off_is_finished_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut_off(_connection: BaseDBAsyncClient) -> None:
        raise OSError('cut off')

    with monkeypatch.context() as patch:
        patch.setattr(migrate, '_ensure_triggers', cut_off)
        with pytest.raises(StorageFailed):
            async with opened_box(tmp_path / 'box'):
                pass
    async with opened_box(tmp_path / 'box'):
        pass
    async with opened_box(tmp_path / 'other'):
        pass
    assert described(tmp_path / 'box' / DATABASE) == described(tmp_path / 'other' / DATABASE)


def described(database: Path) -> dict[str, object]:
    """Every table with its columns, foreign keys and indexes, all triggers, and the migrations that are done."""
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: _table(connection, name) for name in names if not name.startswith('sqlite_')}
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        done = connection.execute(f'SELECT app, name FROM {RECORDS} ORDER BY name')
        return {**tables, 'triggers': triggers.fetchall(), 'done': done.fetchall()}


def _table(connection: sqlite3.Connection, name: str) -> tuple[object, ...]:
    columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
    indexes = [
        (row[1] if row[3] == 'c' else '', row[2], connection.execute(f'PRAGMA index_info("{row[1]}")').fetchall()[0][2])
        for row in connection.execute(f'PRAGMA index_list("{name}")').fetchall()
    ]
    return sorted(row[1:] for row in columns), sorted(str(row[2:]) for row in keys), sorted(indexes)
