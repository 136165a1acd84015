from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import CardIdentifier

from .capture_order import CaptureOrder, Outcome
from .card_session import CardSession
from .interface import CardPresented, CardRefused, refusal
from .pcsc_calls import PcscContext

_T = TypeVar('_T')
_ASKED = 2
# A card put down askew may garble its ATR or its first answer, and is then taken for one of an unknown kind.
_WORTH_A_SECOND_TRY = frozenset(
    {CardProblem.TORN, CardProblem.SWAPPED, CardProblem.UNREADABLE, CardProblem.UNKNOWN_CARD}
)


@dataclass(slots=True)
class Touch:
    """A card on the reader: `count` is the service's event count, `told` whether the listeners know of it."""

    count: int
    began_at: float
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchReader:
    """Reads the card of one touch, a second time when the first connection broke or told of no card that is known.

    `calling` marks each blocking call for the watchdog; `given_up` tells that nobody waits for the answer any more.
    Every method raises `PcscError` when the service is gone.
    """

    address: str
    identifier: CardIdentifier
    sharing_patience: float
    calling: Callable[[], AbstractContextManager[None]]
    given_up: Callable[[], bool]

    def read(self, context: PcscContext, name: str, touch: Touch) -> CardPresented | CardRefused:
        """Identify the card."""
        session = self._session(context, name)
        try:
            identified = self._twice(session, touch, session.identify)
        except CardError as error:
            return refusal(self.address, error, touch.began_at)
        return CardPresented(
            reader=self.address,
            credential=identified.credential,
            presented_at=touch.began_at,
            answered_at=session.answered_at,
        )

    def capture(self, context: PcscContext, name: str, touch: Touch, order: CaptureOrder) -> None:
        """Carry out a capture; its PIN or key is sent once at most."""
        session = self._session(context, name)
        outcome: Outcome = CardError(CardProblem.TORN)
        pin, face_key = order.take_pin(), order.take_face_key()
        try:
            if face_key is not None:
                outcome = self._twice(session, touch, lambda: session.read_face(face_key))
            else:
                outcome = self._twice(session, touch, lambda: session.capture(pin))
        except CardError as error:
            outcome = error
        finally:
            order.resolve(outcome)

    def is_alive(self, context: PcscContext, name: str) -> bool:
        """Ask a card that was given up for a sign of life; False while the connection given up still holds it."""
        try:
            self._session(context, name).probe()
        except CardError as error:
            return error.problem is not CardProblem.READER_BUSY
        return True

    def has_left(self, context: PcscContext, name: str) -> bool:
        """Whether a card was lifted though the service, which looks a few times a second, has not seen it yet."""
        return all(self._is_torn(context, name) for _attempt in range(_ASKED))

    def _is_torn(self, context: PcscContext, name: str) -> bool:
        try:
            self._session(context, name).probe()
        except CardError as error:
            return error.problem is CardProblem.TORN
        return False

    def _session(self, context: PcscContext, name: str) -> CardSession:
        return CardSession(context, name, self.identifier, self.sharing_patience, self.calling, self.given_up)

    def _twice(self, session: CardSession, touch: Touch, attempt: Callable[[], _T]) -> _T:
        try:
            return attempt()
        except CardError as error:
            first = error.problem
            if first not in _WORTH_A_SECOND_TRY or session.proving or self.given_up():
                raise
        self._look_again(session, touch, first)
        try:
            return attempt()
        except CardError as error:
            if first is error.problem is CardProblem.SWAPPED:
                raise CardError(CardProblem.TWO_CARDS) from error
            raise

    def _look_again(self, session: CardSession, touch: Touch, problem: CardProblem) -> None:
        with self.calling():
            status = session.context.look(session.reader)
        if not status.present:
            raise CardError(CardProblem.TORN)
        if problem is CardProblem.UNKNOWN_CARD:
            with self.calling():
                session.context.take_power(session.reader)
        touch.count = status.count
