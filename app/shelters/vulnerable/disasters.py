"""The state of disaster of a box: declared by a person with a reason, ended by a person."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.vulnerable.models import Disaster
from app.storage.transaction import Transaction, transaction

DECLARED = 'shelters.disaster_declared'
ENDED = 'shelters.disaster_ended'
LONGEST_NAME, LONGEST_REASON = 100, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DisasterInfo:
    """A disaster as it was declared."""

    id: UUID
    name: str
    reason: str
    declared_at: datetime
    declared_by: str
    practice: bool


class DisasterRefused(Exception):
    """Nothing was declared or ended; the message names why: `name`, `reason`, `declared` or `none`."""


class Disasters:
    """At most one disaster at a time."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[None] = Event()
        """A disaster was declared or ended."""
        self.DECLARED: Event[bool] = Event()
        """One that is no drill was declared (True) or ended."""

    async def current(self) -> DisasterInfo | None:
        """The disaster that was declared and has not ended."""
        row = await Disaster.filter(ended_at=None).first()
        return _info(row) if row else None

    async def is_real(self) -> bool:
        """Whether a disaster that is no drill is declared now."""
        return await Disaster.filter(ended_at=None, practice=False).exists()

    async def declare(self, name: str, reason: str, actor: Actor, *, practice: bool) -> DisasterInfo:
        """Declare a disaster; from now on the list of those who need help may be opened.

        Raises:
            DisasterRefused: name or reason is missing or too long, or one is declared already.
        """
        name, reason = name.strip(), reason.strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise DisasterRefused('name')
        if not 0 < len(reason) <= LONGEST_REASON:
            raise DisasterRefused('reason')

        async def work(tx: Transaction) -> DisasterInfo:
            if await Disaster.filter(ended_at=None).using_db(tx.connection).exists():
                raise DisasterRefused('declared')
            row = await Disaster.create(
                id=uuid.uuid4(),
                name=name,
                reason=reason,
                declared_at=clock.now(),
                declared_by=actor.id,
                practice=practice,
                using_db=tx.connection,
            )
            await self._write(tx, DECLARED, row, actor)
            return _info(row)

        return await transaction(work)

    async def end(self, actor: Actor, reason: str = '') -> None:
        """End the disaster; the list is closed again.

        Raises:
            DisasterRefused: none is declared, or the reason is too long.
        """
        reason = reason.strip()
        if len(reason) > LONGEST_REASON:
            raise DisasterRefused('reason')

        async def work(tx: Transaction) -> None:
            row = await Disaster.filter(ended_at=None).using_db(tx.connection).first()
            if row is None:
                raise DisasterRefused('none')
            query = Disaster.filter(id=row.id).using_db(tx.connection)
            await query.update(ended_at=clock.now(), ended_by=actor.id)
            await self._write(tx, ENDED, row, actor, reason)

        await transaction(work)

    async def _write(self, tx: Transaction, kind: str, row: Disaster, actor: Actor, ended_because: str = '') -> None:
        payload = {'name': row.name, 'reason': row.reason, 'practice': row.practice}
        payload |= {'ended_because': ended_because} if ended_because else {}
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(row.id,), payload=payload))
        tx.after_commit(lambda: self.CHANGED.emit(None))
        if not row.practice:
            tx.after_commit(lambda: self.DECLARED.emit(kind == DECLARED))


def _info(row: Disaster) -> DisasterInfo:
    return DisasterInfo(
        id=row.id,
        name=row.name,
        reason=row.reason,
        declared_at=row.declared_at,
        declared_by=row.declared_by,
        practice=row.practice,
    )
