"""A new database is made at once, as the models say; its migrations are noted as done.

Walking through every migration takes Tortoise seconds of the processor: it copies all models before each operation.
"""

from collections.abc import Iterable

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.utils import get_schema_sql

from app import clock
from app.storage.schema import APP, RECORDS

RECORDS_TABLE = f"""
CREATE TABLE "{RECORDS}" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "app" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "applied_at" TIMESTAMP NOT NULL,
    CONSTRAINT "uid_tortoise_mi_app_3803a5" UNIQUE ("app", "name")
);
"""


async def is_new(connection: BaseDBAsyncClient) -> bool:
    """Whether nothing was ever written into the database."""
    return not await connection.execute_query_dict('SELECT name FROM sqlite_master')


async def create_schema(connection: BaseDBAsyncClient, migrations: Iterable[str]) -> None:
    """Every table and index of the models, and these migrations as done: all of it or nothing."""
    at = clock.now().isoformat(sep=' ')
    done = ', '.join(f"('{APP}', '{name}', '{at}')" for name in sorted(migrations))
    records = f'{RECORDS_TABLE}INSERT INTO "{RECORDS}" ("app", "name", "applied_at") VALUES {done};'  # noqa: S608
    await connection.execute_script(f'BEGIN;{get_schema_sql(connection, safe=False)};{records}COMMIT;')
