"""Operator shifts: who is in charge of a desk, from their tap until the next one's, their own end, or too long."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
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

    def __init__(self, journal: Journal, longest: timedelta) -> None:
        self._journal = journal
        self._longest = longest
        self.CHANGED: Event[UUID] = Event()
        """The shift of this desk began or ended."""
        self._under_way = Remembered(_read_under_way)
        self.CHANGED.listen(lambda _desk: self._under_way.forget())

    async def current(self, desk: UUID) -> ShiftInfo | None:
        """Who is in charge of the desk now; nobody is for longer than a shift may last."""
        shift = (await self._under_way.get()).get(desk)
        return None if shift is None or self._is_aged(shift.started_at) else shift

    async def begin(self, desk: UUID, operator: UUID) -> ShiftInfo:
        """The operator takes over; whoever was in charge is not any more. Their own second tap changes nothing."""
        shift = uuid.uuid4()

        async def work(tx: Transaction) -> ShiftInfo:
            row = await Shift.get_or_none(desk=desk, ended_at=None, using_db=tx.connection)
            if row is not None and row.operator == operator and not self._is_aged(row.started_at):
                return ShiftInfo(desk, operator, row.started_at)
            if row is not None:
                await self._end(tx, row, _by_card(operator))
            now = clock.now()
            await Shift.create(id=shift, desk=desk, operator=operator, started_at=now, using_db=tx.connection)
            await self._write(tx, SHIFT_BEGUN, desk, operator, _by_card(operator))
            return ShiftInfo(desk, operator, now)

        return await transaction(work)

    async def end(self, desk: UUID) -> None:
        """Who is in charge of the desk said at its tablet that they leave."""

        async def work(tx: Transaction) -> None:
            row = await Shift.get_or_none(desk=desk, ended_at=None, using_db=tx.connection)
            if row is not None:
                await self._end(tx, row, Actor(str(row.operator), Assurance.DEVICE))

        await transaction(work)

    async def end_aged(self) -> None:
        """End what nobody ended."""
        if not any(self._is_aged(shift.started_at) for shift in (await self._under_way.get()).values()):
            return

        async def work(tx: Transaction) -> None:
            for row in await Shift.filter(ended_at=None).using_db(tx.connection):
                if self._is_aged(row.started_at):
                    await self._end(tx, row, Actor.system())

        await transaction(work)

    async def end_of(self, tx: Transaction, operator: UUID, actor: Actor) -> None:
        """This operator is not in charge of any desk any more, as part of another work."""
        for row in await Shift.filter(operator=operator, ended_at=None).using_db(tx.connection):
            await self._end(tx, row, actor)

    def _is_aged(self, started_at: datetime) -> bool:
        return clock.now() - started_at > self._longest

    async def _end(self, tx: Transaction, row: Shift, actor: Actor) -> None:
        await Shift.filter(id=row.id).using_db(tx.connection).update(ended_at=clock.now())
        await self._write(tx, SHIFT_ENDED, row.desk, row.operator, actor)

    async def _write(self, tx: Transaction, kind: str, desk: UUID, operator: UUID, actor: Actor) -> None:
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(operator,), desk=desk))
        tx.after_commit(lambda: self.CHANGED.emit(desk))


def _by_card(operator: UUID) -> Actor:
    return Actor(str(operator), Assurance.CARD)


async def _read_under_way() -> dict[UUID, ShiftInfo]:
    rows = await Shift.filter(ended_at=None)
    return {row.desk: ShiftInfo(row.desk, row.operator, row.started_at) for row in rows}
