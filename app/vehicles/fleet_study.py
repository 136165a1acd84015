"""Reads the records and lets a child compute: neither the event loop nor a tap waits for it."""

import asyncio
import pickle
from dataclasses import dataclass
from datetime import date

from app import clock
from app.children.supervisor import Children, Limits
from app.storage.reading import ReadOnlyDatabase
from app.vehicles.fleet_history import FleetHistory, read_history
from app.vehicles.fleet_report import Chosen, FleetReport, measure
from app.vehicles.fleet_what_if import Answer, Question, suppose

KEPT_SECONDS = 10.0
"""An answer waits so long for whoever asked to come back."""
LIMITS = Limits(wall_seconds=120, cpu_seconds=100, works=100)


class StillComputing(Exception):
    """The answer is not ready yet; ask again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to know."""

    first: date
    last: date
    """Belongs to the period."""
    chosen: Chosen
    question: Question | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What the records say."""

    report: FleetReport
    answer: Answer | None


class FleetStudies:
    """Answers questions about the number of cars."""

    def __init__(self, reading: ReadOnlyDatabase) -> None:
        self._reading = reading
        self._under_way: dict[Asked, asyncio.Task[Study | None]] = {}
        self._children = Children('app.vehicles.fleet_study:work', size=1, waiting=8, limits=LIMITS)

    async def study(self, asked: Asked) -> Study | None:
        """None where nothing was driven in the period.

        Raises:
            ChildError: it could not be computed now.
        """
        return await self._compute(asked)

    async def study_within(self, asked: Asked, seconds: float) -> Study | None:
        """The same for somebody who does not wait long: asked again soon, it goes on where it was.

        Raises:
            StillComputing: not ready within this time.
            ChildError: it could not be computed now.
        """
        task = self._begin(asked)
        done, _waiting = await asyncio.wait([task], timeout=seconds)
        if not done:
            raise StillComputing
        return task.result()

    def _begin(self, asked: Asked) -> asyncio.Task[Study | None]:
        known = self._under_way.get(asked)
        if known is not None:
            return known
        task = self._under_way[asked] = asyncio.create_task(self._compute(asked))
        task.add_done_callback(lambda _done: asyncio.get_running_loop().call_later(KEPT_SECONDS, self._forget, asked))
        return task

    def _forget(self, asked: Asked) -> None:
        self._under_way.pop(asked, None)

    async def _compute(self, asked: Asked) -> Study | None:
        history = await self._reading.read(read_history(asked.first, asked.last, clock.now()))
        if history is None:
            return None
        answer = await self._children.run(pickle.dumps((history, asked)))
        study: Study = pickle.loads(answer)  # noqa: S301 - made by the child that this box started
        return study

    async def close(self) -> None:
        """Stop computing."""
        await self._children.close()


def work(question: bytes) -> bytes:
    """What runs in the child."""
    history: FleetHistory
    asked: Asked
    history, asked = pickle.loads(question)  # noqa: S301 - packed by the box that started this child
    answer = suppose(history, asked.question) if asked.question else None
    return pickle.dumps(Study(report=measure(history, asked.chosen), answer=answer))
