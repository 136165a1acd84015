import asyncio
from collections.abc import Callable
from contextlib import suppress

from .interface import CheckerError, CheckerEvent, CheckerProblem, CheckerState, Measurement
from .outlet import Outlet
from .serial_settings import SerialSettings
from .serial_worker import SerialReport, SerialWorker

_STOP_INTERVAL = 0.02
_LOOKS_AT_STOP = 150


class SerialChecker:
    """A checker that says its reading over a serial line (`AlcoholChecker`), be it RS-232C or a USB adapter.

    The line is only listened to. A line that is unplugged or not there is `missing`, and opened again with a back-off.
    """

    def __init__(self, address: str, settings: SerialSettings) -> None:
        self.address = address
        self._settings = settings
        self._outlet = Outlet(address)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._worker: SerialWorker | None = None

    @property
    def state(self) -> CheckerState:
        """What the line is doing now."""
        return self._outlet.state

    @property
    def ignored_lines(self) -> int:
        """Lines since the start that were no measurement: many of them mean a wrong pattern or baud rate."""
        return self._worker.ignored_lines if self._worker is not None else 0

    def start(self) -> None:
        """Begin to listen, in the running event loop; a second call changes nothing."""
        if self.state is not CheckerState.STOPPED:
            return
        self._loop = asyncio.get_running_loop()
        self._outlet.change(CheckerState.STARTING)
        self._worker = self._make_worker()
        self._worker.start()

    async def stop(self) -> None:
        """Stop listening and close the line; a pending measurement ends in `CheckerError` (stopped)."""
        self._outlet.fail(CheckerProblem.STOPPED)
        worker, self._worker = self._worker, None
        self._outlet.change(CheckerState.STOPPED)
        if worker is not None:
            worker.stop()
            await _wait_for_end(worker)

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def measure(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """The next reading the checker says: see `AlcoholChecker.measure`."""
        if self.state is CheckerState.MISSING:
            raise CheckerError(CheckerProblem.MISSING)
        return await self._outlet.take(timeout)

    def _make_worker(self) -> SerialWorker:
        def report(message: SerialReport) -> None:
            self._from_thread(lambda: self._deliver(worker, message))

        worker = SerialWorker(self._settings, report)
        return worker

    def _deliver(self, worker: SerialWorker, message: SerialReport) -> None:
        if worker is not self._worker:
            return
        if isinstance(message, Measurement):
            self._outlet.give(message)
            return
        if message is CheckerState.MISSING:
            self._outlet.fail(CheckerProblem.LOST if self.state is CheckerState.READY else CheckerProblem.MISSING)
        self._outlet.change(message)

    def _from_thread(self, call: Callable[[], None]) -> None:
        if self._loop is None:
            return
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call)


async def _wait_for_end(worker: SerialWorker) -> None:
    for _ in range(_LOOKS_AT_STOP):
        if not worker.alive:
            return
        await asyncio.sleep(_STOP_INTERVAL)
