"""The connection of the database that writes, for as long as one transaction takes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import Any

from tortoise import Tortoise
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper
from tortoise.connection import get_connections


@asynccontextmanager
async def writing_connection(*, models: bool) -> AsyncIterator[SqliteClient]:
    """The locked connection, on which whoever has it begins the transaction; rolled back when that fails.

    With models, what these do meanwhile belongs to it; that costs about as much as the decision on a tap.
    """
    client = Tortoise.get_connection('default')
    assert isinstance(client, SqliteClient)  # noqa: S101 - the one database of a box is SQLite
    async with client._lock:
        with _known_to_models(client) if models else nullcontext(client) as opened:
            try:
                yield opened
            except BaseException:
                database: Any = client._connection
                await database.rollback()
                raise


@contextmanager
def _known_to_models(client: SqliteClient) -> Iterator[SqliteClient]:
    opened = SqliteTransactionWrapper(client)
    token = get_connections().set('default', opened)
    try:
        yield opened
    finally:
        get_connections().reset(token)
