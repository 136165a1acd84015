"""Writing down what was found in a shelter, and reading the last of it."""

import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.needs.facts import Condition, Fact, FactRefused, Found, Known, checked
from app.shelters.needs.models import ShelterFact
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

FACTS_ENTERED = 'shelters.facts_entered'
Facts = Mapping[Fact, Known]
LAST = """
    SELECT fact, amount, state, as_of FROM shelter_fact
    WHERE shelter = ? AND practice = ? ORDER BY sequence
"""
LAST_OF_ALL = """
    SELECT shelter, fact, amount, state, as_of, MAX(sequence) FROM shelter_fact
    WHERE practice = ? GROUP BY shelter, fact
"""


class FactBook:
    """Facts of all shelters; earlier entries stay."""

    def __init__(self, journal: Journal, reading: ReadOnlyDatabase) -> None:
        self._journal = journal
        self._reading = reading
        self.CHANGED: Event[UUID] = Event()
        """Something was entered for this shelter."""

    async def enter(
        self,
        shelter: UUID,
        entries: Mapping[Fact, Found],
        actor: Actor,
        *,
        practice: bool,
        as_of: datetime | None = None,
    ) -> None:
        """Write down what was found at a time (now, unless said); several entries are one act.

        Raises:
            FactRefused: an entry does not fit its fact, or is of a time to come; nothing was written.
        """
        at = as_of or clock.now()
        if at > clock.now():
            raise FactRefused('as_of')
        found = {fact: checked(fact, entry) for fact, entry in entries.items()}
        if not found:
            return

        async def work(tx: Transaction) -> None:
            payload = {
                'as_of': at.isoformat(),
                'practice': practice,
                'facts': {fact.value: entry.condition or entry.amount for fact, entry in found.items()},
            }
            act = Act(kind=FACTS_ENTERED, actor=actor, subjects=(shelter,), payload=payload)
            written = await self._journal.append(tx, act)
            rows = [_row(shelter, fact, entry, at, practice, written.sequence) for fact, entry in found.items()]
            await ShelterFact.bulk_create(rows, using_db=tx.connection)
            tx.after_commit(lambda: self.CHANGED.emit(shelter))

        await transaction(work)

    async def of(self, shelter: UUID, *, practice: bool) -> Facts:
        """The last entry of each fact; what nobody looked at is missing."""

        def query(connection: sqlite3.Connection) -> Facts:
            rows = connection.execute(LAST, (str(shelter), practice))
            return {Fact(row['fact']): _known(row) for row in rows if row['fact'] in _FACTS}

        return await self._reading.read(query)


def last_facts(connection: sqlite3.Connection, *, practice: bool) -> dict[UUID, Facts]:
    """The last entry of each fact of all shelters, in one read."""
    found: dict[UUID, dict[Fact, Known]] = defaultdict(dict)
    for row in connection.execute(LAST_OF_ALL, (practice,)):
        if row['fact'] in _FACTS:
            found[UUID(row['shelter'])][Fact(row['fact'])] = _known(row)
    return dict(found)


_FACTS = frozenset(Fact)


def _row(shelter: UUID, fact: Fact, found: Found, at: datetime, practice: bool, sequence: int) -> ShelterFact:
    return ShelterFact(
        id=uuid.uuid4(),
        sequence=sequence,
        shelter=shelter,
        fact=fact.value,
        amount=found.amount,
        state=str(found.condition or ''),
        as_of=at,
        practice=practice,
    )


def _known(row: sqlite3.Row) -> Known:
    condition = Condition(row['state']) if row['state'] else None
    return Known(Found(row['amount'], condition), datetime.fromisoformat(row['as_of']).astimezone(TOKYO))
