"""The journal as staff read it: newest first, page by page, with sealed fields opened where their key exists."""

import base64
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.clock import TOKYO, ClockQuality
from app.journal.journal import Journal
from app.journal.line import COLUMNS, Act, Actor, Assurance
from app.storage.failures import DatabaseDamaged
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import transaction
from app.storage.vault import RecordClass, Vault

JOURNAL_READ = 'journal.read'
MOST_COUNTED = 10_000
"""Beyond this many hits the total is not counted further."""
SELECT = f'SELECT {", ".join(COLUMNS)} FROM journal_line'  # noqa: S608 - the names of our own columns


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """Which lines are wanted; dates are those on which the act happened, in Tokyo, both included."""

    first_day: date | None = None
    last_day: date | None = None
    kind: str = ''
    """Kind of act; empty: all."""
    subject: UUID | None = None
    desk: UUID | None = None


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """Sealed attributes of one subject; `fields` is None where the key was thrown away."""

    subject: UUID
    record_class: RecordClass
    fields: Mapping[str, str] | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One act of the journal."""

    sequence: int
    id: UUID
    epoch: str
    kind: str
    subjects: tuple[UUID, ...]
    actor: str
    assurance: Assurance
    desk: UUID | None
    attempt: str
    happened_at: datetime
    recorded_at: datetime
    clock_quality: ClockQuality
    batch: str
    payload: Mapping[str, Any]
    """Everything that was not sealed."""
    opened: tuple[OpenedPart, ...]
    hash: str
    previous_hash: str

    @property
    def actor_id(self) -> UUID | None:
        """The person or tablet that acted, if it was one."""
        try:
            return UUID(self.actor)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAct:
    """One row of the security log: equal refusals within a minute, with their count."""

    id: int
    at: datetime
    kind: str
    source: str
    detail: str
    times: int


async def note_reading(journal: Journal, actor: Actor, wanted: HistoryFilter, *, line: int | None = None) -> None:
    """Write down that somebody looked into the records of others: which ones, never what stood there."""
    looked_at = {
        'first_day': wanted.first_day.isoformat() if wanted.first_day else None,
        'last_day': wanted.last_day.isoformat() if wanted.last_day else None,
        'kind': wanted.kind or None,
        'desk': str(wanted.desk) if wanted.desk else None,
        'line': line,
    }
    payload = {name: value for name, value in looked_at.items() if value is not None}
    subjects = (wanted.subject,) if wanted.subject else ()
    act = Act(kind=JOURNAL_READ, actor=actor, subjects=subjects, payload=payload)
    await transaction(lambda tx: journal.append(tx, act))


class History:
    """Reads the journal on connections that cannot write."""

    def __init__(self, reading: ReadOnlyDatabase, vault: Vault) -> None:
        self._reading = reading
        self._vault = vault

    async def page(self, wanted: HistoryFilter, offset: int, limit: int) -> tuple[list[HistoryLine], int]:
        """A window of the wanted lines, newest first, and how many there are (at most `MOST_COUNTED` + 1)."""
        where, values = _condition(wanted)

        def query(connection: sqlite3.Connection) -> tuple[list[HistoryLine], int]:
            rows = connection.execute(
                f'{SELECT}{where} ORDER BY sequence DESC LIMIT ? OFFSET ?', [*values, limit, offset]
            )
            lines = [self._line(row) for row in rows]
            return lines, _count(connection, f'FROM journal_line{where}', values)

        return await self._reading.read(query)

    async def line(self, sequence: int) -> HistoryLine | None:
        """The line with this sequence."""

        def query(connection: sqlite3.Connection) -> HistoryLine | None:
            row = connection.execute(f'{SELECT} WHERE sequence = ?', [sequence]).fetchone()
            return self._line(row) if row else None

        return await self._reading.read(query)

    async def last(self, kind: str) -> HistoryLine | None:
        """The newest line of a kind."""

        def query(connection: sqlite3.Connection) -> HistoryLine | None:
            row = connection.execute(f'{SELECT} WHERE kind = ? ORDER BY sequence DESC LIMIT 1', [kind]).fetchone()
            return self._line(row) if row else None

        return await self._reading.read(query)

    async def refused(self, offset: int, limit: int) -> tuple[list[RefusedAct], int]:
        """A window of the refused acts, newest first, and how many rows there are (at most `MOST_COUNTED` + 1)."""

        def query(connection: sqlite3.Connection) -> tuple[list[RefusedAct], int]:
            rows = connection.execute(
                'SELECT id, at, kind, source, detail, times FROM security_event ORDER BY id DESC LIMIT ? OFFSET ?',
                [limit, offset],
            )
            return [_refused(row) for row in rows], _count(connection, 'FROM security_event', [])

        return await self._reading.read(query)

    def _line(self, row: sqlite3.Row) -> HistoryLine:
        payload = json.loads(row['payload'])
        sealed = payload.pop('sealed', [])
        return HistoryLine(
            sequence=row['sequence'],
            id=UUID(row['id']),
            epoch=row['epoch'],
            kind=row['kind'],
            subjects=tuple(UUID(subject) for subject in json.loads(row['subjects'])),
            actor=row['actor'],
            assurance=Assurance(row['assurance']),
            desk=UUID(row['desk']) if row['desk'] else None,
            attempt=row['attempt'],
            happened_at=datetime.fromisoformat(row['happened_at']).astimezone(TOKYO),
            recorded_at=datetime.fromisoformat(row['recorded_at']).astimezone(TOKYO),
            clock_quality=ClockQuality(row['clock_quality']),
            batch=row['batch'] or '',
            payload=payload,
            opened=tuple(self._opened(part, f'journal_line.{index}.{row["id"]}') for index, part in enumerate(sealed)),
            hash=row['hash'],
            previous_hash=row['previous_hash'],
        )

    def _opened(self, part: Mapping[str, str], where: str) -> OpenedPart:
        owner = (UUID(part['subject']), RecordClass(part['record_class']))
        try:
            text = self._vault.open(owner, where, base64.b64decode(part['fields']))
        except DatabaseDamaged:
            # Sealed with an earlier key that was thrown away; a change of the line is found by its hash.
            text = None
        return OpenedPart(*owner, None if text is None else json.loads(text))


def _condition(wanted: HistoryFilter) -> tuple[str, list[str]]:
    parts: dict[str, str] = {}
    if wanted.subject is not None:
        parts['sequence IN (SELECT sequence FROM journal_subject WHERE subject = ?)'] = str(wanted.subject)
    if wanted.kind:
        parts['kind = ?'] = wanted.kind
    if wanted.desk is not None:
        parts['desk = ?'] = str(wanted.desk)
    if wanted.first_day is not None:
        parts['happened_at >= ?'] = _midnight(wanted.first_day)
    if wanted.last_day is not None and wanted.last_day < date.max:
        parts['happened_at < ?'] = _midnight(wanted.last_day + timedelta(days=1))
    return (f' WHERE {" AND ".join(parts)}' if parts else ''), list(parts.values())


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), TOKYO).isoformat()


def _count(connection: sqlite3.Connection, rows: str, values: list[str]) -> int:
    found = connection.execute(f'SELECT count(*) FROM (SELECT 1 {rows} LIMIT {MOST_COUNTED + 1})', values)  # noqa: S608
    return int(found.fetchone()[0])


def _refused(row: sqlite3.Row) -> RefusedAct:
    at = datetime.fromisoformat(row['at']).astimezone(TOKYO)
    return RefusedAct(
        id=row['id'], at=at, kind=row['kind'], source=row['source'], detail=row['detail'], times=row['times']
    )
