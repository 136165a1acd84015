"""The lines of this box that other boxes are to know."""

import base64
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.exchange.message import MOST_LINES, Batch, SentLine, ids_in
from app.exchange.received import ExchangedKinds
from app.journal.epochs import Cursor, restored_at
from app.journal.journal import BoxIdentity
from app.journal.line import COLUMNS, GENESIS
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import RecordClass, Vault

MOST_COUNTED = 10_000
# `+kind` walks along the sequence; by the index of kinds SQLite would sort the whole history for the next few lines.
LINES = 'SELECT {columns} FROM journal_line WHERE sequence > ? AND +kind IN ({kinds}) ORDER BY sequence LIMIT ?'
BEFORE = 'SELECT hash FROM journal_line WHERE sequence <= ? AND +kind IN ({kinds}) ORDER BY sequence DESC LIMIT 1'
NUMBERS = 'SELECT id, number FROM staff WHERE id IN (SELECT value FROM json_each(?))'
COUNT = 'SELECT count(*) FROM (SELECT sequence FROM journal_line WHERE sequence > ? AND kind IN ({kinds}) LIMIT ?)'


@dataclass(frozen=True, slots=True)
class Position:
    """Up to which sequence a peer holds the lines of this box; 0: none."""

    sequence: int


class Outbox:
    """Reads batches from the journal and opens what is sealed in them."""

    def __init__(self, vault: Vault, identity: BoxIdentity, reading: ReadOnlyDatabase, kinds: ExchangedKinds) -> None:
        self._vault = vault
        self._identity = identity
        self._reading = reading
        self._kinds = kinds

    async def position(self, acknowledged: Cursor | None) -> Position:
        """Where to go on after this cursor, also where this box was restored since."""
        return Position(await restored_at(acknowledged, self._identity) if acknowledged else 0)

    async def batch(self, position: Position) -> Batch:
        """The lines that follow a position."""
        kinds = self._kinds.names()

        def query(connection: sqlite3.Connection) -> tuple[list[sqlite3.Row], str, dict[UUID, str]]:
            rows = connection.execute(_with_kinds(LINES, kinds), [position.sequence, *kinds, MOST_LINES + 1]).fetchall()
            before = connection.execute(_with_kinds(BEFORE, kinds), [position.sequence, *kinds]).fetchone()
            return rows, before['hash'] if before else GENESIS, _numbers(connection, rows)

        rows, before, numbers = await self._reading.read(query)
        lines = self._lines(rows[:MOST_LINES], before, numbers)
        return self._batch(lines, more=len(rows) > MOST_LINES)

    def question(self) -> Batch:
        """A batch without lines: it asks how far the peer is."""
        return self._batch((), more=False)

    async def waiting(self, position: Position) -> int:
        """How many lines the peer does not have yet (counted up to 10,000)."""
        kinds = self._kinds.names()

        def query(connection: sqlite3.Connection) -> int:
            row = connection.execute(_with_kinds(COUNT, kinds), [position.sequence, *kinds, MOST_COUNTED]).fetchone()
            return int(row[0])

        return await self._reading.read(query)

    def _batch(self, lines: tuple[SentLine, ...], *, more: bool) -> Batch:
        return Batch(box=self._identity.box, epoch=self._identity.epoch, lines=lines, more=more)

    def _lines(self, rows: Sequence[sqlite3.Row], before: str, numbers: Mapping[UUID, str]) -> tuple[SentLine, ...]:
        afters = [before, *(row['hash'] for row in rows)]
        return tuple(
            SentLine(line=dict(row), after=after, opened=self._opened(row), staff=_those_in(row, numbers))
            for row, after in zip(rows, afters, strict=False)
        )

    def _opened(self, row: sqlite3.Row) -> tuple[dict[str, str] | None, ...]:
        parts = json.loads(row['payload']).get('sealed', [])
        opened = []
        for index, part in enumerate(parts):
            owner = (UUID(part['subject']), RecordClass(part['record_class']))
            where = f'journal_line.{index}.{row["id"]}'
            text = self._vault.open(owner, where, base64.b64decode(part['fields']))
            opened.append(None if text is None else json.loads(text))
        return tuple(opened)


def _numbers(connection: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> dict[UUID, str]:
    wanted = sorted({str(each) for row in rows for each in ids_in(dict(row))})
    found = connection.execute(NUMBERS, [json.dumps(wanted)])
    return {UUID(row['id']): row['number'] for row in found}


def _those_in(row: sqlite3.Row, numbers: Mapping[UUID, str]) -> dict[UUID, str]:
    return {each: numbers[each] for each in ids_in(dict(row)) if each in numbers}


def _with_kinds(statement: str, kinds: Sequence[str]) -> str:
    return statement.format(kinds=', '.join('?' * len(kinds)), columns=', '.join(COLUMNS))
