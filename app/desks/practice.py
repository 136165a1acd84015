"""Practice (練習) at a desk: the same screens, and nothing of it is kept; it ends by itself at a set time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app import clock
from app.desks.models import Desk
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import Transaction, transaction

PRACTICE_BEGUN = 'desks.practice_begun'
PRACTICE_ENDED = 'desks.practice_ended'
MOST_MINUTES = 240
NOT_HERE = frozenset({'shelter'})
"""Jobs that practise in a way of their own: a shelter does as a whole (訓練)."""


class PracticeProblem(StrEnum):
    """Why no practice was begun."""

    TOO_LONG = 'too_long'
    NOT_HERE = 'not_here'
    GONE = 'gone'


class PracticeRefused(Exception):
    """No practice was begun."""

    def __init__(self, problem: PracticeProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class PracticeTurned:
    """A desk practises until then, or not any more."""

    desk: UUID
    until: datetime | None


class Practices:
    """Puts desks into practice and back."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[PracticeTurned] = Event()
        """A desk was put into practice or back; that its time is over, it finds out by itself."""

    async def begin(self, desk: UUID, minutes: int, actor: Actor) -> datetime:
        """Let a desk practise for so long from now, also where it practises already; the answer is the end.

        Raises:
            PracticeRefused: more than `MOST_MINUTES`, a desk of a shelter, or no desk any more.
        """
        if not 0 < minutes <= MOST_MINUTES:
            raise PracticeRefused(PracticeProblem.TOO_LONG)
        until = clock.now() + timedelta(minutes=minutes)

        async def work(tx: Transaction) -> None:
            row = await _desk(tx, desk)
            if row.job in NOT_HERE:
                raise PracticeRefused(PracticeProblem.NOT_HERE)
            await self._write(tx, row, PRACTICE_BEGUN, actor, until)

        await transaction(work)
        return until

    async def end(self, desk: UUID, actor: Actor) -> None:
        """Let a desk record again; one that does not practise goes on.

        Raises:
            PracticeRefused: there is no such desk any more.
        """

        async def work(tx: Transaction) -> None:
            row = await _desk(tx, desk)
            if row.practice_until is not None and row.practice_until > clock.now():
                await self._write(tx, row, PRACTICE_ENDED, actor, None)

        await transaction(work)

    async def _write(self, tx: Transaction, row: Desk, kind: str, actor: Actor, until: datetime | None) -> None:
        await Desk.filter(id=row.id).using_db(tx.connection).update(practice_until=until)
        payload = {'name': row.name, **({'until': until.isoformat()} if until else {})}
        await self._journal.append(tx, Act(kind=kind, actor=actor, desk=row.id, payload=payload))
        tx.after_commit(lambda: self.CHANGED.emit(PracticeTurned(row.id, until)))


class PracticeWatch:
    """Whether one desk practises now; calls back when that turns. Its end goes by the monotonic clock."""

    def __init__(self, practices: Practices, desk: UUID, until: datetime | None, on_turned: Callable[[], None]) -> None:
        self._desk = desk
        self._on_turned = on_turned
        self._timer: asyncio.TimerHandle | None = None
        self._ends_at: float | None = None
        self._stop = practices.CHANGED.listen(self._turned)
        self._set(until)

    @property
    def is_on(self) -> bool:
        """Whether nothing is recorded now."""
        return self._ends_at is not None and clock.monotonic() < self._ends_at

    def close(self) -> None:
        """Look no longer."""
        self._stop()
        self._cancel()

    def _turned(self, turned: PracticeTurned) -> None:
        if turned.desk == self._desk:
            self._set(turned.until)
            self._on_turned()

    def _set(self, until: datetime | None) -> None:
        self._cancel()
        left = (until - clock.now()).total_seconds() if until else 0.0
        self._ends_at = clock.monotonic() + left if left > 0 else None
        if self._ends_at is not None:
            self._timer = asyncio.get_running_loop().call_later(left, self._look)

    def _look(self) -> None:
        left = (self._ends_at or 0.0) - clock.monotonic()
        if left > 0:
            self._timer = asyncio.get_running_loop().call_later(left, self._look)
            return
        self._ends_at = None
        self._on_turned()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


async def _desk(tx: Transaction, desk: UUID) -> Desk:
    row = await Desk.get_or_none(id=desk, removed_at=None, using_db=tx.connection)
    if row is None:
        raise PracticeRefused(PracticeProblem.GONE)
    return row
