"""The baseline of everything that is written: plain `sqlite3`, with the pragmas, tables and bytes of the box."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.storage.schema import tortoise_config

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PunchRows:
    """The two rows that one punch writes; triggers add the third."""

    line: Row
    punch: Row


def rows_after(database: Path, sequence: int) -> list[PunchRows]:
    """What the box wrote after this line, punch by punch."""
    with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as connection:
        query = 'SELECT * FROM {} WHERE sequence > ? ORDER BY sequence'
        lines = connection.execute(query.format('journal_line'), (sequence,)).fetchall()
        punches = connection.execute(query.format('punch'), (sequence,)).fetchall()
    return [PunchRows(line, punch) for line, punch in zip(lines, punches, strict=True)]


def last_sequence(database: Path) -> int:
    """Sequence of the last line of the box."""
    with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as connection:
        return int(connection.execute('SELECT max(sequence) FROM journal_line').fetchone()[0])


def copy_of(database: Path, target: Path) -> sqlite3.Connection:
    """The same tables, indexes, triggers and rows in a database of its own, opened as the box opens its own."""
    with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as source:
        source.execute('VACUUM INTO ?', (str(target),))
    connection = sqlite3.connect(target, isolation_level=None)
    settings = dict(tortoise_config(None)['connections']['default']['credentials'])
    del settings['file_path']
    for name, value in settings.items():
        connection.execute(f'PRAGMA {name}={value}')
    return connection


def commit_seconds(connection: sqlite3.Connection, rows: Sequence[PunchRows]) -> list[float]:
    """Write each punch in a transaction of its own; how long each took."""
    return [_commit(connection, punch) for punch in rows]


def _commit(connection: sqlite3.Connection, rows: PunchRows) -> float:
    begun = time.perf_counter()
    connection.execute('BEGIN')
    _insert(connection, 'journal_line', rows.line)
    _insert(connection, 'punch', rows.punch)
    connection.execute('COMMIT')
    return time.perf_counter() - begun


def _insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    connection.execute(f'INSERT INTO {table} VALUES ({", ".join("?" * len(row))})', row)
