"""Periodic work that goes by the monotonic clock, so that a turned wall clock neither stops nor hurries it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)
Action = Callable[[], Awaitable[None]]


class Upkeep:
    """A few background loops of the box."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def every(self, seconds: float, name: str, action: Action) -> None:
        """Do this again and again, for the first time after one interval; a failure is logged and does not end it."""
        self._tasks.append(asyncio.create_task(_repeat(seconds, name, action), name=name))

    def once(self, name: str, action: Action) -> None:
        """Do this in the background."""
        self._tasks.append(asyncio.create_task(_guarded(name, action), name=name))

    async def close(self) -> None:
        """Stop all of it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()


async def _repeat(seconds: float, name: str, action: Action) -> None:
    while True:
        await asyncio.sleep(seconds)
        await _guarded(name, action)


async def _guarded(name: str, action: Action) -> None:
    try:
        await action()
    except Exception:
        log.exception('%s failed', name)
