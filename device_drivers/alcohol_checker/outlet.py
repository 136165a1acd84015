import asyncio
import logging
from collections.abc import Callable

from device_drivers.listeners import Listeners

from .interface import (
    CheckerChanged,
    CheckerError,
    CheckerEvent,
    CheckerProblem,
    CheckerState,
    Measured,
    Measurement,
    Step,
    StepReached,
)

log = logging.getLogger(__name__)

_LOST = (CheckerState.MISSING, CheckerState.NO_SERVICE, CheckerState.STUCK)


class Outlet:
    """Where a checker's state and readings come out: to its listeners, and to the one call that waits for a reading."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.state = CheckerState.STOPPED
        self._listeners: Listeners[CheckerEvent] = Listeners()
        self._pending: asyncio.Future[Measurement] | None = None

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._listeners.add(callback)

    async def take(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """The next reading: see `AlcoholChecker.measure`."""
        if self.state is CheckerState.STOPPED:
            raise CheckerError(CheckerProblem.STOPPED)
        if self._pending is not None:
            raise CheckerError(CheckerProblem.BUSY)
        pending: asyncio.Future[Measurement] = asyncio.get_running_loop().create_future()
        self._pending = pending
        try:
            async with asyncio.timeout(timeout):
                return await pending
        finally:
            self._pending = None

    def give(self, measurement: Measurement) -> None:
        """A reading arrived."""
        if self._pending is not None and not self._pending.done():
            self._pending.set_result(measurement)
        self._listeners.emit(Measured(checker=self.address, measurement=measurement))

    def fail(self, problem: CheckerProblem) -> None:
        """The pending call, if there is one, gets no reading."""
        if self._pending is not None and not self._pending.done():
            self._pending.set_exception(CheckerError(problem))

    def reach(self, step: Step, seconds_left: int | None = None) -> None:
        """A guided test went on."""
        self._listeners.emit(StepReached(checker=self.address, step=step, seconds_left=seconds_left))

    def change(self, state: CheckerState) -> None:
        """The state is this from now on; losing the checker and having it back is logged once each."""
        if state is self.state:
            return
        if state in _LOST and self.state not in _LOST:
            log.warning('%s is lost: %s', self.address, state.value)
        if state is CheckerState.READY and self.state in _LOST:
            log.info('%s is back', self.address)
        self.state = state
        self._listeners.emit(CheckerChanged(checker=self.address, state=state))
