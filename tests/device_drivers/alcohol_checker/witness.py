import asyncio
from collections.abc import Callable
from typing import TypeVar

from device_drivers.alcohol_checker.interface import (
    AlcoholChecker,
    CheckerChanged,
    CheckerEvent,
    CheckerState,
    Measured,
    Step,
    StepReached,
)

E = TypeVar('E')


class Witness:
    """Keeps what a checker tells, and waits for it."""

    def __init__(self, checker: AlcoholChecker) -> None:
        self.events: list[CheckerEvent] = []
        self._heard = asyncio.Event()
        checker.listen(self._hear)

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def states(self) -> list[CheckerState]:
        return [event.state for event in self.all(CheckerChanged)]

    @property
    def steps(self) -> list[Step]:
        return [event.step for event in self.all(StepReached)]

    @property
    def values(self) -> list[str]:
        return [str(event.measurement.value_mg_per_litre) for event in self.all(Measured)]

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not holds():
                self._heard.clear()
                await self._heard.wait()

    async def until_state(self, state: CheckerState) -> None:
        await self.until(lambda: bool(self.states) and self.states[-1] is state)

    def _hear(self, event: CheckerEvent) -> None:
        self.events.append(event)
        self._heard.set()


async def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError('never came true')
