import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import CardIdentifier
from device_drivers.cards.text_application import FaceKey
from device_drivers.listeners import Listeners

from .capture_order import CaptureOrder, OrderBox, Outcome
from .interface import Captured, CardRefused, FaceRead, ReaderChanged, ReaderEvent, ReaderState
from .pcsc_worker import PcscWorker
from .settings import PcscSettings
from .watchdog import Watchdog

log = logging.getLogger(__name__)


class PcscCardReader:
    """A real reader behind pcscd (`CardReader`). `address` is `pcsc:NAME`; see `match_reader` for which names fit.

    `on_hopeless` is called when thread after thread was given up: only a restart of the process may help then.
    """

    def __init__(
        self,
        address: str,
        identifier: CardIdentifier,
        settings: PcscSettings | None = None,
        on_hopeless: Callable[[], None] = lambda: None,
    ) -> None:
        self.address = address
        self._identifier = identifier
        self._settings = settings or PcscSettings()
        self._state = ReaderState.STOPPED
        self._was_lost = False
        self._listeners: Listeners[ReaderEvent] = Listeners()
        self._orders = OrderBox()
        self._pending: asyncio.Future[Captured | FaceRead] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watchdog = Watchdog(self._settings, self._make_worker, self._give_up, on_hopeless)

    @property
    def state(self) -> ReaderState:
        """What the reader is doing now."""
        return self._state

    def start(self) -> None:
        """Begin to watch, in the running event loop; a second call changes nothing."""
        if self._state is not ReaderState.STOPPED:
            return
        self._loop = asyncio.get_running_loop()
        self._change(ReaderState.STARTING)
        self._watchdog.start()

    async def stop(self) -> None:
        """Stop watching; a pending capture ends in `CardError` (no_answer)."""
        await self._watchdog.stop()
        self._end_capture(CardError(CardProblem.NO_ANSWER))
        self._change(ReaderState.STOPPED)

    def listen(self, callback: Callable[[ReaderEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._listeners.add(callback)

    async def capture(self, pin: str | None, timeout: float) -> Captured:  # noqa: ASYNC109
        """Take the next card, or the one lying there, for linking: see `CardReader.capture`."""
        captured = await self._carry_out(timeout, pin=pin)
        if not isinstance(captured, Captured):
            raise CardError(CardProblem.UNREADABLE)
        return captured

    async def read_face(self, key: FaceKey, timeout: float) -> FaceRead:  # noqa: ASYNC109
        """Read the attributes of the next My Number Card, or the one lying there: see `CardReader.read_face`."""
        read = await self._carry_out(timeout, face_key=key)
        if not isinstance(read, FaceRead):
            raise CardError(CardProblem.UNREADABLE)
        return read

    async def _carry_out(
        self,
        timeout: float,  # noqa: ASYNC109
        *,
        pin: str | None = None,
        face_key: FaceKey | None = None,
    ) -> Captured | FaceRead:
        if self._pending is not None:
            raise CardError(CardProblem.READER_BUSY)
        pending: asyncio.Future[Captured | FaceRead] = asyncio.get_running_loop().create_future()
        self._pending = pending

        def resolve(outcome: Outcome) -> None:
            self._from_thread(lambda: _resolve(pending, outcome))

        self._orders.place(CaptureOrder(pin, resolve, face_key))
        if self._watchdog.worker is not None:
            self._watchdog.worker.wake()
        try:
            async with asyncio.timeout(timeout):
                return await pending
        finally:
            self._pending = None
            self._orders.take()

    def _make_worker(self, generation: int, suspect: int | None) -> PcscWorker:
        def report(event: ReaderEvent) -> None:
            self._from_thread(lambda: self._deliver(generation, event))

        return PcscWorker(self.address, self._identifier, self._settings, self._orders, report, suspect)

    def _deliver(self, generation: int, event: ReaderEvent) -> None:
        if generation != self._watchdog.generation:
            return
        if isinstance(event, ReaderChanged):
            self._watchdog.is_well()
            self._change(event.state)
        else:
            self._listeners.emit(event)

    def _give_up(self, worker: PcscWorker) -> None:
        self._change(ReaderState.STUCK)
        if worker.order is not None:
            self._end_capture(CardError(CardProblem.NO_ANSWER))
        elif worker.reading_since is not None:
            problem = CardProblem.NO_ANSWER
            self._listeners.emit(CardRefused(reader=self.address, problem=problem, presented_at=worker.reading_since))

    def _end_capture(self, error: CardError) -> None:
        if self._pending is not None:
            _resolve(self._pending, error)

    def _change(self, state: ReaderState) -> None:
        if state is self._state:
            return
        self._state = state
        self._log_change(state)
        self._listeners.emit(ReaderChanged(reader=self.address, state=state))

    def _log_change(self, state: ReaderState) -> None:
        is_lost = state in (ReaderState.STUCK, ReaderState.MISSING, ReaderState.NO_SERVICE)
        if is_lost and not self._was_lost:
            log.warning('%s is lost: %s', self.address, state.value)
        if state is ReaderState.READY and self._was_lost:
            log.info('%s is back', self.address)
        self._was_lost = is_lost or (self._was_lost and state is not ReaderState.READY)

    def _from_thread(self, call: Callable[[], None]) -> None:
        loop = self._loop
        if loop is None:
            return
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(call)


def _resolve(pending: 'asyncio.Future[Captured | FaceRead]', outcome: Outcome) -> None:
    if pending.done():
        return
    if isinstance(outcome, CardError):
        pending.set_exception(outcome)
    else:
        pending.set_result(outcome)
