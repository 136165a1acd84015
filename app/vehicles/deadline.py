"""A moment of the monotonic clock that can be moved."""

import asyncio
from collections.abc import Callable

from app import clock


class Deadline:
    """Calls back once when its moment has come."""

    def __init__(self, on_passed: Callable[[], None]) -> None:
        self._on_passed = on_passed
        self._timer: asyncio.TimerHandle | None = None

    def move(self, until: float | None) -> None:
        """To another moment, monotonic seconds; None: there is none any more."""
        self.cancel()
        if until is not None:
            delay = max(0.0, until - clock.monotonic())
            self._timer = asyncio.get_running_loop().call_later(delay, self._on_passed)

    def cancel(self) -> None:
        """Call back no more."""
        if self._timer is not None:
            self._timer.cancel()
