import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from device_drivers.cards.credential import CardError, CardProblem, Credential
from device_drivers.cards.text_application import FaceAttributes, FaceKey, FaceKeyKind
from device_drivers.listeners import Listeners

from .interface import Captured, CardPresented, CardRemoved, FaceRead, ReaderChanged, ReaderEvent, ReaderState, refusal


@dataclass(slots=True, kw_only=True)
class SimulatedCard:
    """A card for demonstrations and tests: with a `problem` it is refused for that, otherwise it is read.

    `certificate` (DER) makes it a card that can prove itself with `pin`; each wrong PIN costs one of `tries_left`.
    `face` is what its text application tells for the same `pin`, or for `code_b`, whose tries are `code_tries_left`.
    """

    credential: Credential
    problem: CardProblem | None = None
    certificate: bytes | None = None
    pin: str = field(default='1234', repr=False)
    tries_left: int = 3
    face: FaceAttributes | None = field(default=None, repr=False)
    code_b: str = field(default='', repr=False)
    code_tries_left: int = 10

    def read(self) -> Credential:
        """What a tap finds; raises `CardError`."""
        if self.problem is not None:
            raise CardError(self.problem, not_after=self.credential.not_after)
        return self.credential

    def capture(self, pin: str | None) -> Captured:
        """What a capture finds; raises `CardError` as a real card would."""
        credential = self.read()
        is_proven = pin is not None and self.certificate is not None
        if pin is not None and self.certificate is not None:
            self._verify(pin)
        return Captured(credential=credential, proven=is_proven, certificate=self.certificate)

    def read_face(self, key: FaceKey) -> FaceRead:
        """What reading the face finds; raises `CardError` as a real card would."""
        if self.face is None:
            raise CardError(CardProblem.UNKNOWN_CARD)
        if key.kind is FaceKeyKind.PIN:
            self._verify(key.digits)
        else:
            self._verify_code(key.digits)
        return FaceRead(credential=None if self.problem else self.credential, attributes=self.face)

    def _verify_code(self, code: str) -> None:
        if self.code_tries_left == 1:
            raise CardError(CardProblem.PIN_LAST_TRY, tries_left=1)
        if code != self.code_b:
            self.code_tries_left -= 1
            raise CardError(CardProblem.PIN_WRONG, tries_left=self.code_tries_left)

    def _verify(self, pin: str) -> None:
        if not (len(pin) == len(self.pin) and pin.isascii() and pin.isdecimal()):
            raise CardError(CardProblem.PIN_WRONG)
        if self.tries_left == 0:
            raise CardError(CardProblem.PIN_BLOCKED, tries_left=0)
        if self.tries_left == 1:
            raise CardError(CardProblem.PIN_LAST_TRY, tries_left=1)
        if pin != self.pin:
            self.tries_left -= 1
            raise CardError(CardProblem.PIN_WRONG, tries_left=self.tries_left)
        self.tries_left = 3


class SimulatedCardReader:
    """A reader without hardware (`CardReader`): cards are put on by calls, in the event loop's thread."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._state = ReaderState.STOPPED
        self._plugged = True
        self._card: SimulatedCard | None = None
        self._told = False
        self._listeners: Listeners[ReaderEvent] = Listeners()
        self._pending: asyncio.Future[SimulatedCard] | None = None

    @property
    def state(self) -> ReaderState:
        """What the reader is doing now."""
        return self._state

    def start(self) -> None:
        """Begin to watch; a second call changes nothing."""
        if self._state is ReaderState.STOPPED:
            self._change(ReaderState.READY if self._plugged else ReaderState.MISSING)

    async def stop(self) -> None:
        """Stop watching; a pending capture ends in `CardError` (no_answer)."""
        if self._pending is not None and not self._pending.done():
            self._pending.set_exception(CardError(CardProblem.NO_ANSWER))
        self._change(ReaderState.STOPPED)

    def listen(self, callback: Callable[[ReaderEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._listeners.add(callback)

    def tap(self, card: SimulatedCard) -> None:
        """Put a card on and take it off; nothing happens while the reader is unplugged or stopped."""
        self.hold(card)
        self.lift()

    def hold(self, card: SimulatedCard) -> None:
        """Put a card on and leave it there."""
        self.lift()
        if self._state is not ReaderState.READY:
            return
        self._card = card
        if self._pending is not None and not self._pending.done():
            self._pending.set_result(card)
        else:
            self._present(card)

    def lift(self) -> None:
        """Take the card off."""
        self._card = None
        if self._told:
            self._told = False
            self._listeners.emit(CardRemoved(reader=self.address))

    def unplug(self) -> None:
        """Pull the reader's cable."""
        self._plugged = False
        self.lift()
        if self._state is not ReaderState.STOPPED:
            self._change(ReaderState.MISSING)

    def plug(self) -> None:
        """Plug the reader in again."""
        self._plugged = True
        if self._state is ReaderState.MISSING:
            self._change(ReaderState.READY)

    def show_state(self, state: ReaderState) -> None:
        """Pretend a fault, such as a stuck reader or a missing service; `ready` ends it."""
        self._change(state)

    async def capture(self, pin: str | None, timeout: float) -> Captured:  # noqa: ASYNC109
        """Take the next card, or the one lying there, for linking: see `CardReader.capture`."""
        return (await self._next_card(timeout)).capture(pin)

    async def read_face(self, key: FaceKey, timeout: float) -> FaceRead:  # noqa: ASYNC109
        """Read the attributes of the next card, or the one lying there: see `CardReader.read_face`."""
        return (await self._next_card(timeout)).read_face(key)

    async def _next_card(self, timeout: float) -> SimulatedCard:  # noqa: ASYNC109
        if self._pending is not None:
            raise CardError(CardProblem.READER_BUSY)
        pending: asyncio.Future[SimulatedCard] = asyncio.get_running_loop().create_future()
        self._pending = pending
        if self._card is not None:
            pending.set_result(self._card)
        try:
            async with asyncio.timeout(timeout):
                return await pending
        finally:
            self._pending = None

    def _present(self, card: SimulatedCard) -> None:
        now = time.monotonic()
        self._told = True
        try:
            credential = card.read()
        except CardError as error:
            self._listeners.emit(refusal(self.address, error, now))
            return
        presented = CardPresented(reader=self.address, credential=credential, presented_at=now, answered_at=now)
        self._listeners.emit(presented)

    def _change(self, state: ReaderState) -> None:
        if state is not self._state:
            self._state = state
            self._listeners.emit(ReaderChanged(reader=self.address, state=state))
