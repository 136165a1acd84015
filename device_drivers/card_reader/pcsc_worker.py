import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import CardIdentifier, Identified

from .capture_order import CaptureOrder, OrderBox
from .card_session import CardSession
from .interface import (
    Captured,
    CardPresented,
    CardRefused,
    CardRemoved,
    ReaderChanged,
    ReaderEvent,
    ReaderState,
    refusal,
)
from .pcsc_calls import READER_LOST, PcscContext, PcscError, PcscNotInstalled, ReaderStatus
from .reader_names import match_reader
from .settings import PcscSettings

log = logging.getLogger(__name__)

_CANCELS = 20
_CANCEL_INTERVAL = 0.05
_T = TypeVar('_T')
_WORTH_A_SECOND_TRY = frozenset({CardProblem.TORN, CardProblem.SWAPPED, CardProblem.UNREADABLE})


@dataclass(slots=True)
class _Touch:
    """A card on the reader: `count` is the service's event count, `told` whether the listeners know of it."""

    count: int
    began_at: float
    told: bool = False


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
        self._identifier = identifier
        self._settings = settings
        self._orders = orders
        self._report = report
        self._suspect = suspect
        self._stopping = threading.Event()
        self._has_looked = threading.Event()
        self._context: PcscContext | None = None
        self._call_due: float | None = None
        self._touch: _Touch | None = None
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
            return
        self._change(ReaderState.MISSING)
        with self._calling(self._settings.status_interval):
            context.wait_for_readers(self._settings.status_interval)
        self._has_looked.set()

    def _watch_cards(self, context: PcscContext, name: str) -> None:
        status = self._look(context, name)
        while status is not None and not status.lost and not self._stopping.is_set():
            if self._is_healthy(context, name, status):
                self._change(ReaderState.READY)
                self._handle(context, name, status)
            status = self._wait(context, name, status.raw) or status
        self._end_touch()

    def _look(self, context: PcscContext, name: str) -> ReaderStatus | None:
        with self._calling():
            return self._status(context, name, 0, 0.0)

    def _wait(self, context: PcscContext, name: str, known: int) -> ReaderStatus | None:
        with self._calling(self._settings.status_interval):
            status = self._status(context, name, known, self._settings.status_interval)
        self._has_looked.set()
        return status

    def _status(self, context: PcscContext, name: str, known: int, timeout: float) -> ReaderStatus | None:
        try:
            return context.wait(name, known, timeout)
        except PcscError as error:
            if error.code in READER_LOST:
                return ReaderStatus(0, 0, present=False, mute=False, lost=True)
            raise

    def _is_healthy(self, context: PcscContext, name: str, status: ReaderStatus) -> bool:
        if self._suspect is None or not status.present or status.count != self._suspect:
            self._suspect = None
            return True
        try:
            self._session(context, name).probe()
        except CardError as error:
            if error.problem is CardProblem.READER_BUSY:
                return False
        self._suspect = None
        self._touch = _Touch(status.count, time.monotonic(), told=True)
        return True

    def _handle(self, context: PcscContext, name: str, status: ReaderStatus) -> None:
        if not status.present:
            self._end_touch()
            return
        touch = self._touch
        is_new = touch is None or touch.count != status.count
        if touch is None or is_new:
            self._end_touch()
            touch = self._touch = _Touch(status.count, time.monotonic())
        self._serve(context, name, status, touch, is_new=is_new)

    def _serve(self, context: PcscContext, name: str, status: ReaderStatus, touch: _Touch, *, is_new: bool) -> None:
        order = self._orders.take()
        self.reading_since = touch.began_at
        try:
            if order is not None:
                self._capture(context, name, touch, order)
            elif is_new and status.mute:
                touch.told = True
                self._report(self._refused(CardError(CardProblem.UNREADABLE), touch))
            elif is_new:
                self._read(context, name, touch)
        finally:
            self.reading_since = None

    def _read(self, context: PcscContext, name: str, touch: _Touch) -> None:
        session = self._session(context, name)
        outcome: CardPresented | CardRefused = self._refused(CardError(CardProblem.TORN), touch)
        try:
            outcome = self._presented(self._twice(session, touch, session.identify), session, touch)
        except CardError as error:
            outcome = self._refused(error, touch)
        finally:
            touch.told = True
            self._report(outcome)

    def _capture(self, context: PcscContext, name: str, touch: _Touch, order: CaptureOrder) -> None:
        session = self._session(context, name)
        outcome: Captured | CardError = CardError(CardProblem.TORN)
        self.order = order
        pin = order.take_pin()
        try:
            outcome = self._twice(session, touch, lambda: session.capture(pin))
        except CardError as error:
            outcome = error
        finally:
            self.order = None
            order.resolve(outcome)

    def _twice(self, session: CardSession, touch: _Touch, attempt: Callable[[], _T]) -> _T:
        try:
            return attempt()
        except CardError as error:
            first = error.problem
            if first not in _WORTH_A_SECOND_TRY or session.proving or self._stopping.is_set():
                raise
        status = self._look(session.context, session.reader)
        if status is None or not status.present:
            raise CardError(CardProblem.TORN)
        touch.count = status.count
        try:
            return attempt()
        except CardError as error:
            if first is error.problem is CardProblem.SWAPPED:
                raise CardError(CardProblem.TWO_CARDS) from error
            raise

    def _session(self, context: PcscContext, name: str) -> CardSession:
        patience = self._settings.sharing_patience
        return CardSession(context, name, self._identifier, patience, self._calling, self._stopping.is_set)

    def _presented(self, identified: Identified, session: CardSession, touch: _Touch) -> CardPresented:
        return CardPresented(
            reader=self._address,
            credential=identified.credential,
            presented_at=touch.began_at,
            answered_at=session.answered_at,
        )

    def _refused(self, error: CardError, touch: _Touch) -> CardRefused:
        return refusal(self._address, error, touch.began_at)

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
