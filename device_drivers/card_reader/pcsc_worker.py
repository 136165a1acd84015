import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import CardIdentifier

from .capture_order import CaptureOrder, OrderBox
from .interface import CardPresented, CardRefused, CardRemoved, ReaderChanged, ReaderEvent, ReaderState, refusal
from .pcsc_calls import PcscContext, PcscError, PcscNotInstalled, ReaderStatus
from .reader_names import match_reader
from .settings import PcscSettings
from .touch import Touch, TouchReader

log = logging.getLogger(__name__)

_CANCELS = 20
_CANCEL_INTERVAL = 0.05


class PcscWorker:
    """The thread that watches one reader and reads its cards; given up and replaced when a call never returns.

    `report` is called in this thread with each event, `orders` is asked for captures, and `suspect` is the event
    count of a card that another worker was given up on: such a card is only asked for a sign of life.
    """

    def __init__(
        self,
        address: str,
        identifier: CardIdentifier,
        settings: PcscSettings,
        orders: OrderBox,
        report: Callable[[ReaderEvent], None],
        suspect: int | None = None,
    ) -> None:
        self._address = address
        self._name = address.partition(':')[2]
        self._settings = settings
        self._orders = orders
        self._report = report
        self._suspect = suspect
        self._stopping = threading.Event()
        self._has_looked = threading.Event()
        self._context: PcscContext | None = None
        self._call_due: float | None = None
        self._touch: Touch | None = None
        self._touch_reader = TouchReader(
            address=address,
            identifier=identifier,
            sharing_patience=settings.sharing_patience,
            calling=self._calling,
            given_up=self._stopping.is_set,
        )
        self.reading_since: float | None = None
        """Monotonic seconds since when a card is being read, None between cards."""
        self.order: CaptureOrder | None = None
        """The capture being carried out."""
        self._state: ReaderState | None = None
        self._thread = threading.Thread(target=self._run, name=address, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; returns at once."""
        self._stopping.set()
        self.wake()

    def wake(self) -> None:
        """Make the thread look for orders now; never blocks, for the service itself may hang."""
        threading.Thread(target=self._cancel_wait, name=f'wake {self._address}', daemon=True).start()

    @property
    def alive(self) -> bool:
        """True until the thread has ended."""
        return self._thread.is_alive()

    @property
    def suspect(self) -> int | None:
        """The event count of the card that lies there, for the worker that takes over."""
        return self._touch.count if self._touch else self._suspect

    def overdue(self) -> bool:
        """True while a call takes longer than the settings allow."""
        due = self._call_due
        return due is not None and time.monotonic() > due

    def _cancel_wait(self) -> None:
        # A cancel that comes just before the wait begins is lost, so it is repeated until the thread has looked.
        self._has_looked.clear()
        for _ in range(_CANCELS):
            context = self._context
            if context is not None:
                context.cancel()
            if self._has_looked.wait(_CANCEL_INTERVAL):
                return

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                self._watch()
            except (PcscError, PcscNotInstalled) as error:
                log.debug('%s: %s', self._address, error)
                failures = failures if self._state is ReaderState.NO_SERVICE else 0
                self._change(ReaderState.NO_SERVICE)
            except Exception:
                log.exception('%s: the reader thread failed and starts anew', self._address)
            self._end_touch()
            self._has_looked.set()
            self._stopping.wait(self._settings.back_off(failures))
            failures += 1

    def _watch(self) -> None:
        with self._calling():
            context = self._context = PcscContext()
        try:
            while not self._stopping.is_set():
                self._watch_for_reader(context)
        finally:
            self._context = None
            with self._calling():
                context.release()

    def _watch_for_reader(self, context: PcscContext) -> None:
        with self._calling():
            name = match_reader(self._name, context.readers())
        if name is not None:
            self._watch_cards(context, name)
        if self._stopping.is_set():
            return
        self._change(ReaderState.MISSING)
        with self._calling(self._settings.status_interval):
            context.wait_for_readers(self._settings.status_interval)
        self._has_looked.set()

    def _watch_cards(self, context: PcscContext, name: str) -> None:
        with self._calling():
            status = context.look(name)
        while not status.lost and not self._stopping.is_set():
            if self._is_well(context, name, status):
                self._change(ReaderState.READY)
                self._handle(context, name, status)
            status = self._wait(context, name, status)
        self._end_touch()

    def _wait(self, context: PcscContext, name: str, status: ReaderStatus) -> ReaderStatus:
        with self._calling(self._settings.status_interval):
            changed = context.wait(name, status.raw, self._settings.status_interval)
        self._has_looked.set()
        return changed or status

    def _is_well(self, context: PcscContext, name: str, status: ReaderStatus) -> bool:
        if self._suspect is None or not status.present or status.count != self._suspect:
            self._suspect = None
            return True
        if not self._touch_reader.is_alive(context, name):
            return False
        self._suspect = None
        self._touch = Touch(status.count, time.monotonic(), told=True)
        return True

    def _handle(self, context: PcscContext, name: str, status: ReaderStatus) -> None:
        if not status.present:
            self._end_touch()
            return
        touch, is_new = self._touch_of(status)
        if not is_new and self._orders.is_waiting and self._touch_reader.has_left(context, name):
            return
        order = self._orders.take()
        self.reading_since = touch.began_at
        try:
            if order is not None:
                self._capture(context, name, touch, order)
            elif is_new:
                self._read(context, name, touch, is_mute=status.mute)
        finally:
            self.reading_since = None

    def _touch_of(self, status: ReaderStatus) -> tuple[Touch, bool]:
        if self._touch is not None and self._touch.count == status.count:
            return self._touch, False
        self._end_touch()
        self._touch = Touch(status.count, time.monotonic())
        return self._touch, True

    def _read(self, context: PcscContext, name: str, touch: Touch, *, is_mute: bool) -> None:
        problem = CardProblem.UNREADABLE if is_mute else CardProblem.TORN
        outcome: CardPresented | CardRefused = refusal(self._address, CardError(problem), touch.began_at)
        try:
            if not is_mute:
                outcome = self._touch_reader.read(context, name, touch)
        finally:
            touch.told = True
            self._report(outcome)

    def _capture(self, context: PcscContext, name: str, touch: Touch, order: CaptureOrder) -> None:
        self.order = order
        try:
            self._touch_reader.capture(context, name, touch, order)
        finally:
            self.order = None

    def _end_touch(self) -> None:
        touch, self._touch = self._touch, None
        if touch is not None and touch.told:
            self._report(CardRemoved(reader=self._address))

    def _change(self, state: ReaderState) -> None:
        if state is not self._state:
            self._state = state
            self._report(ReaderChanged(reader=self._address, state=state))

    @contextmanager
    def _calling(self, allowance: float = 0.0) -> Iterator[None]:
        self._call_due = time.monotonic() + self._settings.answer_timeout + allowance
        try:
            yield
        finally:
            self._call_due = None
