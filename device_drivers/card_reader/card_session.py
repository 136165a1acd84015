import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from device_drivers.cards import my_number
from device_drivers.cards.apdu import MalformedResponse, Response, describe
from device_drivers.cards.credential import CardError, CardKind, CardProblem, Credential
from device_drivers.cards.identify import CardIdentifier, Identified, prove, read_face
from device_drivers.cards.text_application import FaceKey

from . import pcsc_calls
from .interface import Captured, FaceRead
from .pcsc_calls import PcscCard, PcscContext, PcscError

log = logging.getLogger(__name__)

_CHALLENGE_LENGTH = 32
_SHARING_RETRY_INTERVAL = 0.05
_FACE_READS_ALL_THE_SAME = frozenset(
    {CardProblem.NO_CERTIFICATE, CardProblem.EXPIRED, CardProblem.NOT_YET_VALID, CardProblem.FOREIGN_CHAIN}
)


@dataclass(slots=True)
class CardSession:
    """One touch of the card in a reader: connect, read, take its power.

    Every method raises `CardError` for what the card did and `PcscError` when the service is gone. `calling` marks
    each blocking call for the watchdog; `given_up` tells that nobody waits for this session any more.
    """

    context: PcscContext
    reader: str
    identifier: CardIdentifier
    sharing_patience: float
    calling: Callable[[], AbstractContextManager[None]]
    given_up: Callable[[], bool]
    answered_at: float = 0.0
    """Monotonic seconds of the card's last answer."""

    proving: bool = False
    """True from the moment a PIN may have been sent: after that nothing is tried again."""

    def identify(self) -> Identified:
        """Identify the card over a shared connection."""
        with self._card(exclusive=False) as card:
            return self._identify(card)

    def capture(self, pin: str | None) -> Captured:
        """Identify the card and, with a PIN, let a My Number Card prove itself, over an exclusive connection."""
        with self._card(exclusive=True) as card:
            identified = self._identify(card)
            certificate = identified.certificate
            proven = pin is not None and certificate is not None
            if pin is not None and certificate is not None:
                self.proving = True
                prove(self._transmitter(card), pin, certificate, secrets.token_bytes(_CHALLENGE_LENGTH))
            return Captured(credential=identified.credential, proven=proven, certificate=certificate)

    def read_face(self, key: FaceKey) -> FaceRead:
        """Read what is printed on a My Number Card, over an exclusive connection; its certificate may have ended."""
        with self._card(exclusive=True) as card:
            credential = self._credential_of_face(card)
            self.proving = True
            return FaceRead(credential=credential, attributes=read_face(self._transmitter(card), key))

    def probe(self) -> None:
        """Return when the card answers anything at all."""
        with self._card(exclusive=False) as card:
            try:
                my_number.select(self._transmitter(card))
            except MalformedResponse:
                return

    def _credential_of_face(self, card: PcscCard) -> Credential | None:
        try:
            credential = self._identify(card).credential
        except CardError as error:
            if error.problem not in _FACE_READS_ALL_THE_SAME:
                raise
            return None
        if credential.kind is not CardKind.MY_NUMBER:
            raise CardError(CardProblem.UNKNOWN_CARD)
        return credential

    def _identify(self, card: PcscCard) -> Identified:
        with self.calling(), _card_errors():
            atr = card.atr()
        return self.identifier.identify(atr, self._transmitter(card))

    @contextmanager
    def _card(self, *, exclusive: bool) -> Iterator[PcscCard]:
        card = self._connect(exclusive=exclusive)
        try:
            yield card
        finally:
            with self.calling():
                card.disconnect()

    def _connect(self, *, exclusive: bool) -> PcscCard:
        deadline = time.monotonic() + self.sharing_patience
        while True:
            try:
                with self.calling(), _card_errors():
                    return self.context.connect(self.reader, exclusive=exclusive)
            except CardError as error:
                if error.problem is not CardProblem.READER_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(_SHARING_RETRY_INTERVAL)

    def _transmitter(self, card: PcscCard) -> Callable[[bytes], Response]:
        def transmit(command: bytes) -> Response:
            if self.given_up():
                raise CardError(CardProblem.NO_ANSWER)
            with self.calling(), _card_errors():
                raw = card.transmit(command)
            self.answered_at = time.monotonic()
            if not raw:
                raise CardError(CardProblem.TORN)
            response = Response.parse(raw)
            log.debug('%s: %s -> %r', self.reader, describe(command), response)
            return response

        return transmit


@contextmanager
def _card_errors() -> Iterator[None]:
    try:
        yield
    except PcscError as error:
        problem = _problem_of(error.code)
        if problem is None:
            raise
        raise CardError(problem) from error


def _problem_of(code: int) -> CardProblem | None:
    if code in pcsc_calls.CARD_LOST or code in pcsc_calls.READER_LOST:
        return CardProblem.TORN
    if code in pcsc_calls.CARD_NOT_SUPPORTED:
        return CardProblem.UNKNOWN_CARD
    return CardProblem.READER_BUSY if code == pcsc_calls.SHARING_VIOLATION else None
