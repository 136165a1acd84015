"""Rows as the database has them, where models would cost more than everything else: what a desk reads at every step."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import Tortoise
from tortoise.models import Model

from app.clock import TOKYO
from app.storage.transaction import Statement

Row = dict[str, Any]


async def rows(query: str, values: Sequence[object] = ()) -> list[Row]:
    """All rows of a query, read on the connection that writes: what was committed is seen at once."""
    return await Tortoise.get_connection('default').execute_query_dict(query, list(values))


async def rows_at_once(*queries: Statement) -> list[list[Row]]:
    """The rows of several queries, for one wait for the thread of the database."""

    def ask(connection: sqlite3.Connection) -> list[list[Row]]:
        return [[dict(row) for row in connection.execute(*query).fetchall()] for query in queries]

    client: Any = Tortoise.get_connection('default')
    async with client.acquire_connection() as connection:
        found: list[list[Row]] = await connection._execute(ask, connection._conn)
        return found


async def first_row(query: str, values: Sequence[object] = ()) -> Row | None:
    """The first row of a query."""
    found = await rows(query, values)
    return found[0] if found else None


def insert_into(table: str, row: Mapping[str, object]) -> Statement:
    """What writes this new row without its model; the names are ours."""
    insert = f'INSERT INTO {table} ({", ".join(row)}) VALUES ({", ".join("?" * len(row))})'  # noqa: S608
    return insert, list(map(stored, row.values()))


def insert_of(row: Model) -> Statement:
    """What writes this new row; for `Transaction.write_last`."""
    meta = row._meta
    columns = meta.fields_db_projection
    insert = f'INSERT INTO {meta.db_table} ({", ".join(columns.values())}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608
    return insert, [stored(meta.fields_map[name].to_db_value(getattr(row, name), row)) for name in columns]


def stored(value: object) -> object:
    """A value as the models spell it in a row."""
    if isinstance(value, datetime):
        return value.astimezone(TOKYO).isoformat(' ')
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal | StrEnum) else value
