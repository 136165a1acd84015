"""Reads the records and lets a child compute: neither the event loop nor a tap waits for it."""

import pickle
from dataclasses import dataclass
from datetime import date

from app import clock
from app.children.supervisor import Children, Limits
from app.storage.reading import ReadOnlyDatabase
from app.vehicles.fleet_history import FleetHistory, read_history
from app.vehicles.fleet_report import Chosen, FleetReport, measure
from app.vehicles.fleet_what_if import Answer, Question, suppose

LIMITS = Limits(wall_seconds=120, cpu_seconds=100, works=100)


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
        self._children = Children('app.vehicles.fleet_study:work', size=1, waiting=8, limits=LIMITS)

    async def study(self, asked: Asked) -> Study | None:
        """None where nothing was driven in the period.

        Raises:
            ChildError: it could not be computed now.
        """
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
