"""Calls for help: who cannot wait is seen at every desk of the shelter until somebody takes the call."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.desk_models import UrgentCall
from app.shelters.values import Urgency
from app.storage.transaction import Transaction, transaction

HELP_CALLED = 'shelters.help_called'
HELP_TAKEN = 'shelters.help_taken'


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Help that somebody needs now."""

    shelter: UUID
    urgency: Urgency
    evacuee: UUID | None = None
    """None: they are not registered yet, help comes first."""
    area: UUID | None = None
    practice: bool = False
    attempt: str = ''
    """Names this press; twice is once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """A call that nobody has taken yet."""

    id: UUID
    help: Help
    desk: UUID | None
    called_at: datetime


class UrgentCalls:
    """The calls for help of the shelters of this box."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """Somebody called for help at this shelter, or took a call."""

    async def call(self, help_: Help, actor: Actor, desk: UUID | None = None) -> None:
        """Call for help.

        Raises:
            StorageError: nothing was recorded; call out loud.
        """

        async def work(tx: Transaction) -> None:
            if help_.attempt and await self._journal.sequence_of_attempt(tx, help_.attempt):
                return
            await UrgentCall.create(
                id=uuid.uuid4(),
                shelter=help_.shelter,
                evacuee=help_.evacuee,
                urgency=str(help_.urgency),
                area=help_.area,
                desk=desk,
                called_at=clock.now(),
                practice=help_.practice,
                using_db=tx.connection,
            )
            await self._journal.append(tx, _act(HELP_CALLED, help_, actor, desk))
            tx.after_commit(lambda: self.CHANGED.emit(help_.shelter))

        await transaction(work)

    async def take(self, call: UUID, actor: Actor, desk: UUID | None = None) -> bool:
        """Somebody goes and helps; False: another was faster."""

        async def work(tx: Transaction) -> bool:
            row = await UrgentCall.get_or_none(id=call, taken_at=None, using_db=tx.connection)
            if row is None:
                return False
            query = UrgentCall.filter(id=call).using_db(tx.connection)
            await query.update(taken_at=clock.now(), taken_by=actor.id)
            await self._journal.append(tx, _act(HELP_TAKEN, _open(row).help, actor, desk))
            shelter = row.shelter
            tx.after_commit(lambda: self.CHANGED.emit(shelter))
            return True

        return await transaction(work)

    async def open(self, shelter: UUID, *, practice: bool) -> list[OpenCall]:
        """Calls that nobody has taken, the oldest first."""
        rows = await UrgentCall.filter(shelter=shelter, practice=practice, taken_at=None).order_by('called_at')
        return [_open(row) for row in rows]

    async def open_everywhere(self) -> list[OpenCall]:
        """Calls of all shelters that nobody has taken, the oldest first; each says whether it is practice."""
        return [_open(row) for row in await UrgentCall.filter(taken_at=None).order_by('called_at')]


def _act(kind: str, help_: Help, actor: Actor, desk: UUID | None) -> Act:
    payload = {
        'shelter': str(help_.shelter),
        'urgency': str(help_.urgency),
        'area': str(help_.area) if help_.area else None,
        'practice': help_.practice,
    }
    subjects = (help_.evacuee,) if help_.evacuee else (help_.shelter,)
    attempt = help_.attempt if kind == HELP_CALLED else ''
    return Act(kind=kind, actor=actor, subjects=subjects, desk=desk, attempt=attempt, payload=payload)


def _open(row: UrgentCall) -> OpenCall:
    help_ = Help(
        shelter=row.shelter,
        urgency=Urgency(row.urgency),
        evacuee=row.evacuee,
        area=row.area,
        practice=row.practice,
    )
    return OpenCall(id=row.id, help=help_, desk=row.desk, called_at=row.called_at)
