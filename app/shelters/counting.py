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
from app.shelters.counting_base import bases
from app.shelters.heads import heads_of
from app.shelters.models import HeadCount
from app.shelters.values import PersonClass
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

COUNTED = 'shelters.counted'
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
    """What was counted (`heads.Heads`) and what was registered, by area (None: no area was said) and class."""

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

    async def press(self, press: Press, actor: Actor, desk: UUID | None = None) -> None:
        """Count; the same attempt twice is one press.

        Raises:
            ValueError: not one more or one fewer.
            StorageError: nothing was counted.
        """
        if press.change not in (1, -1):
            raise ValueError('a press counts one person')

        async def work(tx: Transaction) -> None:
            if not (press.attempt and await self._journal.sequence_of_attempt(tx, press.attempt)):
                await self._write(tx, press, actor, desk)

        await transaction(work)

    async def reconcile(self, shelter: UUID, *, practice: bool = False) -> Reconciled:
        """Those counted who have not left, beside those registered as staying inside."""

        def query(connection: sqlite3.Connection) -> Reconciled:
            registered = _by_area(connection.execute(REGISTERED_BY_AREA, [str(shelter), practice]))
            return Reconciled(heads_of(connection, shelter, practice=practice).by_area, registered)

        return await self._reading.read(query)

    async def base(self, shelter: UUID, *, practice: bool) -> int:
        """Sequence of the line of the journal after which presses count; 0: it never opened."""

        def query(connection: sqlite3.Connection) -> int:
            base = bases(connection, practice=practice, shelter=shelter).get(shelter)
            return base.sequence if base else 0

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
