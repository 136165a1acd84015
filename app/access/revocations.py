"""What was taken back after a backup stays taken back when the backup is restored."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import Transaction, transaction

KEPT = 'access.revocations_kept'
TAKEN_BACK = {
    'tablets': ('desk_token', 'revoked_at'),
    'tokens': ('api_token', 'revoked_at'),
    'cards': ('card', 'ended_at'),
    'accounts': ('account', 'disabled'),
}


@dataclass(frozen=True, slots=True)
class Revocations:
    """For tablets, tokens, cards and accounts: the id of each that was taken back, and since when (or 1)."""

    found: Mapping[str, Mapping[str, str | int]]


def read_revocations(database: Path) -> Revocations | None:
    """What this database knows; None where it cannot be read. Blocks."""
    try:
        with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as connection:
            return Revocations({name: _taken_back(connection, *place) for name, place in TAKEN_BACK.items()})
    except sqlite3.Error:
        return None


async def keep_revocations(journal: Journal, revocations: Revocations) -> Mapping[str, int]:
    """Take back once more what the database does not know to be taken back; how many of each."""

    async def work(tx: Transaction) -> dict[str, int]:
        counts = {name: await _take_back(tx, name, found) for name, found in revocations.found.items()}
        if any(counts.values()):
            await journal.append(tx, Act(kind=KEPT, actor=Actor.system(), payload=counts))
        return counts

    return await transaction(work)


def _taken_back(connection: sqlite3.Connection, table: str, column: str) -> dict[str, str | int]:
    rows = connection.execute(f'SELECT id, {column} FROM {table} WHERE coalesce({column}, 0) <> 0')  # noqa: S608 - both are constants
    return {row[0]: row[1] for row in rows}


async def _take_back(tx: Transaction, name: str, found: Mapping[str, str | int]) -> int:
    table, column = TAKEN_BACK[name]
    statement = f'UPDATE {table} SET {column} = ? WHERE id = ? AND coalesce({column}, 0) = 0'  # noqa: S608
    changed = [await tx.connection.execute_query(statement, [since, row]) for row, since in found.items()]
    return sum(count for count, _rows in changed)
