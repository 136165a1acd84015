"""The disposal list (廃棄リスト): what has passed its retention goes when a person has approved it, and not before."""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from uuid import UUID, uuid4

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.retention.keys import KeysWithoutRecords
from app.retention.models import Disposal
from app.retention.periods import DISPOSABLE, due_before, month_after
from app.retention.tables import FILES, RetainedTable
from app.retention_settings import RetentionSettings
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

APPROVED, FINISHED, ERASED = 'disposal.approved', 'disposal.finished', 'disposal.key_erased'
ROWS_AT_ONCE = 100
LONGEST_REASON = 500
Group = tuple[RecordClass, date]
"""A record class, and the first day of a month."""


class DisposalProblem(StrEnum):
    """Why nothing was approved."""

    NOTHING_CHOSEN = 'nothing_chosen'
    NO_REASON = 'no_reason'
    NOT_DUE = 'not_due'


class DisposalRefused(Exception):
    """The disposal was not approved; nothing is gone."""

    def __init__(self, problem: DisposalProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroup:
    """What of one class and month has passed its retention. `held` is not counted in the others."""

    record_class: RecordClass
    month: date
    records: int = 0
    files: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalInfo:
    """An approved disposal, and how far it came; times in Tokyo."""

    record_class: RecordClass
    month: date
    approved_at: datetime
    approved_by: str
    reason: str
    records: int
    files: int
    finished_at: datetime | None


class Disposals:
    """The disposal list of one box."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal,
        reading: ReadOnlyDatabase,
        settings: RetentionSettings,
        tables: Sequence[RetainedTable],
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._settings = settings
        self._tables = (*tables, *FILES)
        self._keys = KeysWithoutRecords(vault, reading, self._tables)
        self._one_at_a_time = asyncio.Lock()

    async def due(self) -> list[DueGroup]:
        """What has passed its retention, by class and month, the oldest first; approved ones are not in it."""
        today = clock.today()
        approved = {
            (RecordClass(kind), month)
            for kind, month in await Disposal.filter(finished_at=None).values_list('record_class', 'month')
        }
        found: list[DueGroup] = []
        for record_class in DISPOSABLE:
            before = due_before(record_class, self._settings, today)
            found += await self._reading.read(partial(self._count, record_class, before))
        return [group for group in found if (group.record_class, group.month) not in approved]

    async def approve(self, groups: Iterable[Group], reason: str, actor: Actor) -> None:
        """Decide that these groups go; `carry_out` does it. Records that are on hold stay.

        Raises:
            DisposalRefused: nothing was approved.
            StorageError: nothing was approved.
        """
        wanted, why = list(dict.fromkeys(groups)), reason.strip()[:LONGEST_REASON]
        if not wanted:
            raise DisposalRefused(DisposalProblem.NOTHING_CHOSEN)
        if not why:
            raise DisposalRefused(DisposalProblem.NO_REASON)
        due = {(group.record_class, group.month): group for group in await self.due()}
        if any(group not in due for group in wanted):
            raise DisposalRefused(DisposalProblem.NOT_DUE)

        async def write(tx: Transaction) -> None:
            for record_class, month in wanted:
                await Disposal.create(
                    id=uuid4(),
                    record_class=str(record_class),
                    month=month,
                    approved_at=clock.now(),
                    approved_by=actor.id,
                    reason=why,
                )
                group = due[record_class, month]
                payload = {**_named(record_class, month), 'records': group.records, 'files': group.files, 'reason': why}
                await self._journal.append(tx, Act(kind=APPROVED, actor=actor, payload=payload))

        await transaction(write)

    async def carry_out(self) -> None:
        """Do what was approved and is not done yet; a crash in between is taken up at the next call.

        Raises:
            StorageError: some of it is not done yet.
        """
        async with self._one_at_a_time:
            for disposal in await Disposal.filter(finished_at=None).order_by('approved_at'):
                await self._carry_out(disposal)

    async def past(self, limit: int) -> list[DisposalInfo]:
        """What was approved, the newest first."""
        return [_info(row) for row in await Disposal.all().order_by('-approved_at').limit(limit)]

    def _count(self, record_class: RecordClass, before: date, rows: sqlite3.Connection) -> list[DueGroup]:
        counts: dict[str, dict[str, int]] = {}
        for table in self._of(record_class):
            what = 'files' if table in FILES else 'records'
            query = (
                f'SELECT {table.month} AS month, sum(NOT ({table.is_held})) AS free, sum({table.is_held}) AS held'  # noqa: S608 - our own names
                f' FROM {table.table} WHERE {table.dated} < ? GROUP BY month'
            )
            for row in rows.execute(query, [table.stored(before)]):
                group = counts.setdefault(row['month'], {'records': 0, 'files': 0, 'held': 0})
                group[what] += row['free'] or 0
                group['held'] += row['held'] or 0
        return [
            DueGroup(record_class=record_class, month=date.fromisoformat(f'{month}-01'), **group)
            for month, group in sorted(counts.items())
            if group['records'] or group['files']
        ]

    async def _carry_out(self, disposal: Disposal) -> None:
        record_class = RecordClass(disposal.record_class)
        for table in self._of(record_class):
            left = True
            while left:
                left = await transaction(partial(self._dispose_some, disposal, table))
        following = month_after(disposal.month, 1)
        people, head = await self._keys.find(record_class, following)

        async def finish(tx: Transaction) -> None:
            erased = [
                *await self._keys.erase(tx, people, record_class, following, head),
                *await self._keys.erase_months(tx, record_class, following),
            ]
            done = await Disposal.get(id=disposal.id)
            acts = [
                Act(kind=ERASED, actor=Actor.system(), subjects=(subject,), payload={'record_class': str(record_class)})
                for subject in erased
            ]
            payload = {**_named(record_class, disposal.month), 'records': done.records, 'files': done.files}
            finished = Act(kind=FINISHED, actor=Actor.system(), payload={**payload, 'keys': len(erased)})
            await Disposal.filter(id=disposal.id).update(finished_at=clock.now())
            await self._journal.append_all(tx, [*acts, finished])

        await transaction(finish)

    async def _dispose_some(self, disposal: Disposal, table: RetainedTable, tx: Transaction) -> bool:
        """Inside one transaction, so that nobody can put a hold on what is about to go."""
        first, following = table.stored(disposal.month), table.stored(month_after(disposal.month, 1))
        query = (
            f'SELECT id FROM {table.table} WHERE {table.dated} >= ? AND {table.dated} < ?'  # noqa: S608 - our own names
            f' AND NOT ({table.is_held}) LIMIT {ROWS_AT_ONCE}'
        )
        ids = [row['id'] for row in await tx.connection.execute_query_dict(query, [first, following])]
        if not ids:
            return False
        if table in FILES:
            await self._vault.erase_all((UUID(file), table.record_class) for file in ids)
        for name, column in table.parts:
            marks = ','.join('?' * len(ids))
            await tx.connection.execute_query(f'DELETE FROM {name} WHERE {column} IN ({marks})', ids)  # noqa: S608
        counter = 'files' if table in FILES else 'records'
        query = f'UPDATE disposal SET {counter} = {counter} + ? WHERE id = ?'  # noqa: S608 - one of two words
        await tx.connection.execute_query(query, [len(ids), str(disposal.id)])
        return True

    def _of(self, record_class: RecordClass) -> list[RetainedTable]:
        return [table for table in self._tables if table.record_class is record_class]


def _named(record_class: RecordClass, month: date) -> dict[str, str]:
    return {'record_class': str(record_class), 'month': f'{month:%Y-%m}'}


def _info(row: Disposal) -> DisposalInfo:
    return DisposalInfo(
        record_class=RecordClass(row.record_class),
        month=row.month,
        approved_at=row.approved_at.astimezone(clock.TOKYO),
        approved_by=row.approved_by,
        reason=row.reason,
        records=row.records,
        files=row.files,
        finished_at=row.finished_at.astimezone(clock.TOKYO) if row.finished_at else None,
    )
