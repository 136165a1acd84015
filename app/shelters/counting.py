"""Counting people before anybody asks for a name: one press, one person."""

import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.models import HeadCount
from app.shelters.values import PersonClass
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

COUNTED = 'shelters.counted'
OF_CLASS = 'SELECT SUM(change) AS people FROM head_count WHERE shelter = ? AND person_class = ? AND practice = ?'
COUNTED_BY_AREA = """
    SELECT area, person_class, SUM(change) AS people FROM head_count
    WHERE shelter = ? AND practice = ? GROUP BY area, person_class
"""
REGISTERED_BY_AREA = """
    SELECT stay.area, evacuee.person_class, COUNT(*) AS people
    FROM stay JOIN evacuee ON evacuee.id = stay.evacuee
    WHERE stay.shelter = ? AND stay.practice = ? AND stay.state <> 'left' AND stay.place = 'shelter'
    GROUP BY stay.area, evacuee.person_class
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One press of the counter."""

    shelter: UUID
    person_class: PersonClass
    change: int = 1
    """1, or -1 to take a press back."""
    area: UUID | None = None
    attempt: str = ''
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was counted and what was registered, by area (None: no area was said) and class."""

    counted: Mapping[tuple[UUID | None, PersonClass], int]
    registered: Mapping[tuple[UUID | None, PersonClass], int]

    @property
    def difference(self) -> int:
        """So many more were counted than are registered."""
        return sum(self.counted.values()) - sum(self.registered.values())


class HeadCounts:
    """What was counted at the entrance, beside what was registered."""

    def __init__(self, journal: Journal, reading: ReadOnlyDatabase) -> None:
        self._journal = journal
        self._reading = reading
        self.CHANGED: Event[UUID] = Event()
        """Somebody was counted at this shelter."""

    async def press(self, press: Press, actor: Actor, desk: UUID | None = None) -> int:
        """Count, and answer how many of the class are counted now; the same attempt twice is one press.

        Raises:
            ValueError: not one more or one fewer.
            StorageError: nothing was counted.
        """
        if press.change not in (1, -1):
            raise ValueError('a press counts one person')

        async def work(tx: Transaction) -> int:
            if not (press.attempt and await self._journal.sequence_of_attempt(tx, press.attempt)):
                await self._write(tx, press, actor, desk)
            values = [str(press.shelter), str(press.person_class), press.practice]
            (row,) = await tx.connection.execute_query_dict(OF_CLASS, values)
            return int(row['people'] or 0)

        return await transaction(work)

    async def reconcile(self, shelter: UUID, *, practice: bool = False) -> Reconciled:
        """Those counted in beside those registered as staying inside, who have not left."""

        def query(connection: sqlite3.Connection) -> Reconciled:
            values = [str(shelter), practice]
            counted = _by_area(connection.execute(COUNTED_BY_AREA, values))
            return Reconciled(counted, _by_area(connection.execute(REGISTERED_BY_AREA, values)))

        return await self._reading.read(query)

    async def _write(self, tx: Transaction, press: Press, actor: Actor, desk: UUID | None) -> None:
        payload = {
            'shelter': str(press.shelter),
            'area': str(press.area) if press.area else None,
            'person_class': str(press.person_class),
            'change': press.change,
            'practice': press.practice,
        }
        act = Act(kind=COUNTED, actor=actor, desk=desk, attempt=press.attempt, payload=payload)
        written = await self._journal.append(tx, act)
        await HeadCount.create(
            id=uuid.uuid4(),
            sequence=written.sequence,
            shelter=press.shelter,
            area=press.area,
            person_class=str(press.person_class),
            change=press.change,
            counted_at=clock.now(),
            desk=desk,
            practice=press.practice,
            using_db=tx.connection,
        )
        tx.after_commit(lambda: self.CHANGED.emit(press.shelter))


def _by_area(rows: Iterable[sqlite3.Row]) -> dict[tuple[UUID | None, PersonClass], int]:
    return {
        (UUID(row['area']) if row['area'] else None, PersonClass(row['person_class'])): int(row['people'])
        for row in rows
    }
