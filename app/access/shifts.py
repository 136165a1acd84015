"""Operator shifts: who is in charge of a desk, from their tap until the next operator's."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.access.models import Shift
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance
from app.storage.remembered import Remembered
from app.storage.transaction import Transaction, transaction

SHIFT_BEGUN = 'access.shift_begun'
SHIFT_ENDED = 'access.shift_ended'


@dataclass(frozen=True, slots=True)
class ShiftInfo:
    """A shift under way."""

    desk: UUID
    operator: UUID
    started_at: datetime


class Shifts:
    """Begins, hands over and ends shifts. At most one is under way at a desk."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """The shift of this desk began or ended."""
        self._under_way = Remembered(_read_under_way)
        self.CHANGED.listen(lambda _desk: self._under_way.forget())

    async def current(self, desk: UUID) -> ShiftInfo | None:
        """Who is in charge of the desk now."""
        return (await self._under_way.get()).get(desk)

    async def begin(self, desk: UUID, operator: UUID) -> ShiftInfo:
        """The operator takes over; whoever was in charge is not any more. Their own second tap changes nothing."""
        shift = uuid.uuid4()

        async def work(tx: Transaction) -> ShiftInfo:
            row = await Shift.get_or_none(desk=desk, ended_at=None, using_db=tx.connection)
            if row is not None and row.operator == operator:
                return ShiftInfo(desk, operator, row.started_at)
            if row is not None:
                await self._end(tx, row, operator)
            now = clock.now()
            await Shift.create(id=shift, desk=desk, operator=operator, started_at=now, using_db=tx.connection)
            await self._write(tx, SHIFT_BEGUN, desk, operator, operator)
            return ShiftInfo(desk, operator, now)

        return await transaction(work)

    async def end(self, desk: UUID, by: UUID) -> None:
        """Nobody is in charge of the desk from now on."""

        async def work(tx: Transaction) -> None:
            row = await Shift.get_or_none(desk=desk, ended_at=None, using_db=tx.connection)
            if row is not None:
                await self._end(tx, row, by)

        await transaction(work)

    async def _end(self, tx: Transaction, row: Shift, by: UUID) -> None:
        await Shift.filter(id=row.id).using_db(tx.connection).update(ended_at=clock.now())
        await self._write(tx, SHIFT_ENDED, row.desk, row.operator, by)

    async def _write(self, tx: Transaction, kind: str, desk: UUID, operator: UUID, by: UUID) -> None:
        actor = Actor(str(by), Assurance.CARD)
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(operator,), desk=desk))
        tx.after_commit(lambda: self.CHANGED.emit(desk))


async def _read_under_way() -> dict[UUID, ShiftInfo]:
    rows = await Shift.filter(ended_at=None)
    return {row.desk: ShiftInfo(row.desk, row.operator, row.started_at) for row in rows}
