import asyncio
from collections.abc import Callable
from contextlib import suppress

from .interface import CheckerError, CheckerEvent, CheckerProblem, CheckerState, Measurement
from .outlet import Outlet
from .serial_settings import SerialSettings
from .serial_worker import OpenLine, SerialReport, SerialWorker, open_line

_CHECKS_PER_TIMEOUT = 20
_MOST_GIVEN_UP = 3
_STOP_INTERVAL = 0.02
_LOOKS_AT_STOP = 150


class SerialChecker:
    """A checker that says its reading over a serial line (`AlcoholChecker`), be it RS-232C or a USB adapter.

    The line is only listened to. A line that is unplugged or not there is `missing`, and opened again with a back-off.
    One that hangs is `stuck`: its thread is given up and another starts, while fewer than three are left behind.
    """

    def __init__(self, address: str, settings: SerialSettings, open_port: OpenLine = open_line) -> None:
        self.address = address
        self._settings = settings
        self._open_port = open_port
        self._given_up: list[SerialWorker] = []
        self._watchdog: asyncio.Task[None] | None = None
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
        self._launch()
        self._watchdog = asyncio.create_task(self._watch(), name=f'{self.address} watchdog')

    async def stop(self) -> None:
        """Stop listening and close the line; a pending measurement ends in `CheckerError` (stopped)."""
        self._outlet.fail(CheckerProblem.STOPPED)
        worker, self._worker = self._worker, None
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None
        self._outlet.change(CheckerState.STOPPED)
        if worker is not None:
            worker.stop()
            await _wait_for_end(worker)

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def measure(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """The next reading the checker says: see `AlcoholChecker.measure`."""
        if self.state in (CheckerState.MISSING, CheckerState.STUCK):
            raise CheckerError(CheckerProblem.MISSING)
        return await self._outlet.take(timeout)

    def _launch(self) -> None:
        self._worker = self._make_worker()
        self._worker.start()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._settings.answer_timeout / _CHECKS_PER_TIMEOUT)
            if self._worker is not None and self._worker.overdue:
                self._give_up(self._worker)
            self._given_up = [worker for worker in self._given_up if worker.alive]
            if self._worker is None and len(self._given_up) < _MOST_GIVEN_UP:
                self._launch()

    def _give_up(self, worker: SerialWorker) -> None:
        worker.stop()
        self._given_up.append(worker)
        self._worker = None
        self._outlet.fail(CheckerProblem.LOST)
        self._outlet.change(CheckerState.STUCK)

    def _make_worker(self) -> SerialWorker:
        def report(message: SerialReport) -> None:
            self._from_thread(lambda: self._deliver(worker, message))

        worker = SerialWorker(self._settings, report, self._open_port)
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
