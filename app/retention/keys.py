"""Keys of people of whom no record of a class is left: only these are thrown away, since younger records need them."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from app.clock import TOKYO
from app.retention.periods import month_after, month_subject
from app.retention.tables import RetainedTable
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault

LONGEST_AGO = 1200
"""Months; nothing is kept for longer than a hundred years."""
PEOPLE = 'SELECT id FROM staff UNION SELECT id FROM guard'
SEALED = """
    SELECT DISTINCT json_extract(part.value, '$.subject') AS person
    FROM journal_line, json_each(journal_line.payload, '$.sealed') AS part
    WHERE journal_line.payload LIKE ? AND json_extract(part.value, '$.record_class') = ?
    AND journal_line.{column} {than} ?
"""
RECEIVED = """
    SELECT DISTINCT json_extract(part.value, '$.owner') AS person
    FROM exchange_line, json_each(exchange_line.opened) AS part
    WHERE json_extract(part.value, '$.record_class') = ? AND exchange_line.received_at >= ?
"""


class KeysWithoutRecords:
    """Finds and erases the keys that nothing needs any more."""

    def __init__(self, vault: Vault, reading: ReadOnlyDatabase, tables: Sequence[RetainedTable]) -> None:
        self._vault = vault
        self._reading = reading
        self._tables = tables

    async def find(self, record_class: RecordClass, since: date) -> tuple[set[UUID], int]:
        """People without records of the class from this day on, and the journal line up to which that was looked up."""
        return await self._reading.read(lambda rows: self._find(rows, record_class, since))

    async def erase(
        self, tx: Transaction, people: Iterable[UUID], record_class: RecordClass, since: date, head: int
    ) -> list[UUID]:
        """Erase the keys of those who are still without records; the others are left out.

        Raises:
            StorageError: some of the keys may still be there.
        """
        values = [f'%"{record_class}"%', record_class, head]
        newer = await tx.connection.execute_query_dict(SEALED.format(column='sequence', than='>'), values)
        needed = {UUID(row['person']) for row in newer}
        for table in (each for each in self._of(record_class) if each.subject):
            query = f'SELECT DISTINCT {table.subject} AS person FROM {table.table}'  # noqa: S608 - our own names
            needed |= {UUID(row['person']) for row in await tx.connection.execute_query_dict(query)}
        erased = sorted(set(people) - needed)
        await self._vault.erase_all((person, record_class) for person in erased)
        return erased

    async def erase_months(self, tx: Transaction, record_class: RecordClass, since: date) -> list[UUID]:
        """Erase the keys of the months before this one of which no record is left, not even one on hold.

        Raises:
            StorageError: some of the keys may still be there.
        """
        known = self._vault.subjects(record_class)
        months = {
            subject: month
            for month in (month_after(since, -back) for back in range(1, LONGEST_AGO))
            if (subject := month_subject(record_class, month)) in known
        }
        erased = [subject for subject, month in months.items() if not await self._has_records(tx, record_class, month)]
        await self._vault.erase_all((subject, record_class) for subject in erased)
        return erased

    async def _has_records(self, tx: Transaction, record_class: RecordClass, month: date) -> bool:
        for table in self._of(record_class):
            query = f'SELECT 1 FROM {table.table} WHERE {table.dated} >= ? AND {table.dated} < ? LIMIT 1'  # noqa: S608 - our own names
            span = [table.stored(month), table.stored(month_after(month, 1))]
            if await tx.connection.execute_query_dict(query, span):
                return True
        return False

    def _find(self, rows: sqlite3.Connection, record_class: RecordClass, since: date) -> tuple[set[UUID], int]:
        begins = datetime.combine(since, time(), TOKYO)
        head = rows.execute('SELECT max(sequence) FROM journal_line').fetchone()[0] or 0
        query = SEALED.format(column='recorded_at', than='>=')
        sealed = rows.execute(query, [f'%"{record_class}"%', record_class, begins.isoformat()]).fetchall()
        received = rows.execute(RECEIVED, [record_class, begins.isoformat(' ')]).fetchall()
        needed = {UUID(row['person']) for row in (*sealed, *received) if row['person']}
        people = {UUID(row['id']) for row in rows.execute(PEOPLE)}
        return {who for who in people if self._vault.has_key((who, record_class))} - needed, int(head)

    def _of(self, record_class: RecordClass) -> list[RetainedTable]:
        return [table for table in self._tables if table.record_class is record_class]
