from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from . import constants as c
from . import felica, my_number, text_application, type_a
from .apdu import MalformedResponse, Transmit
from .certificate import CertificateError, Expired, ForeignChain, NotYetValid, TrustStore
from .credential import CardError, CardKind, CardProblem, Credential
from .storage_card import standard_of
from .text_application import FaceAttributes, FaceKey


@dataclass(frozen=True, slots=True)
class Identified:
    """A card that was read whole: its credential, and for a My Number Card its certificate (DER)."""

    credential: Credential
    certificate: bytes | None = None


@dataclass(frozen=True, slots=True)
class CardIdentifier:
    """Tells whose card it is, by the ladder of domain/cards.md 1.7: never by an ATR list, for readers differ.

    `now` answers the aware time, or None while the clock is not known; it is called from a reader's thread.
    """

    trust: TrustStore
    allow_type_a: bool
    now: Callable[[], datetime | None]

    def identify(self, atr: bytes, transmit: Transmit) -> Identified:
        """Read the card in the field; raises `CardError` and nothing else, unless `transmit` raises it."""
        try:
            return self._identify(atr, transmit)
        except MalformedResponse as error:
            raise CardError(CardProblem.UNREADABLE) from error

    def _identify(self, atr: bytes, transmit: Transmit) -> Identified:
        standard = standard_of(atr)
        if standard == c.STANDARD_FELICA:
            return Identified(felica.identify(transmit))
        if standard in c.STANDARDS_TYPE_A:
            return Identified(type_a.identify(transmit, allowed=self.allow_type_a))
        if not my_number.select(transmit):
            raise CardError(CardProblem.UNKNOWN_CARD)
        return self._check(my_number.read_certificate(transmit))

    def _check(self, certificate: bytes) -> Identified:
        try:
            checked = self.trust.check(certificate, self.now())
        except Expired as error:
            raise CardError(CardProblem.EXPIRED, not_after=error.not_after) from error
        except NotYetValid as error:
            raise CardError(CardProblem.NOT_YET_VALID) from error
        except ForeignChain as error:
            raise CardError(CardProblem.FOREIGN_CHAIN) from error
        except CertificateError as error:
            raise CardError(CardProblem.UNREADABLE) from error
        credential = Credential(CardKind.MY_NUMBER, checked.issuer, checked.serial, checked.not_after)
        return Identified(credential, certificate)


def prove(transmit: Transmit, pin: str, certificate: bytes, challenge: bytes) -> None:
    """`my_number.prove` with malformed answers as `CardError` too."""
    try:
        my_number.prove(transmit, pin, certificate, challenge)
    except MalformedResponse as error:
        raise CardError(CardProblem.UNREADABLE) from error


def read_face(transmit: Transmit, key: FaceKey) -> FaceAttributes:
    """`text_application.read_face` with malformed answers as `CardError` too."""
    try:
        return text_application.read_face(transmit, key)
    except MalformedResponse as error:
        raise CardError(CardProblem.UNREADABLE) from error
