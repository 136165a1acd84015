from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_SHOWN_DIGITS = 4


class CardKind(StrEnum):
    """What a card is recognised by."""

    MY_NUMBER = 'my_number'
    """The 利用者証明用 certificate of a My Number Card."""

    FELICA = 'felica'
    """The IDm of a FeliCa card: staff card, Suica, ICa, blank shelter card."""

    TYPE_A = 'type_a'
    """The fixed UID of an ISO 14443 Type A card."""


class CardProblem(StrEnum):
    """Why a card cannot be used now."""

    UNKNOWN_CARD = 'unknown_card'
    """A kind of card this box does not know: a driving licence, a bank card."""

    TORN = 'torn'
    """The card left the field, or was reset, before it was read."""

    UNREADABLE = 'unreadable'
    """The card answers, but nothing that makes sense."""

    PHONE_TOKEN = 'phone_token'  # noqa: S105
    """A certificate on a phone: it cannot be read without its PIN."""

    NO_CERTIFICATE = 'no_certificate'
    """A My Number Card without a 利用者証明用 certificate."""

    EXPIRED = 'expired'
    """The certificate, or the authority it was issued by, is past its end."""

    NOT_YET_VALID = 'not_yet_valid'
    """The certificate begins in the future: its own fault, or the clock's."""

    FOREIGN_CHAIN = 'foreign_chain'
    """The certificate was issued by nobody this box trusts, or for another use."""

    RANDOM_UID = 'random_uid'
    """The card, often a phone, invents a new number at each touch."""

    UID_NOT_ALLOWED = 'uid_not_allowed'
    """A Type A card, which the settings do not allow."""

    TWO_CARDS = 'two_cards'
    """Two cards answer by turns."""

    SWAPPED = 'swapped'
    """Another card answered at the end than at the beginning."""

    NO_ANSWER = 'no_answer'
    """The card or the reader did not answer in time; the reader may be stuck until the card is taken away."""

    OLD_RESIDENT_CARD = 'old_resident_card'
    """A 住民基本台帳カード, out of use since 2025."""

    READER_BUSY = 'reader_busy'
    """Another program, or another link in progress, holds the reader."""

    PIN_WRONG = 'pin_wrong'
    """The card refused the PIN; without `tries_left`, it was not even of four digits and never sent."""

    PIN_BLOCKED = 'pin_blocked'
    """No try is left: the municipal counter resets the PIN."""

    PIN_LAST_TRY = 'pin_last_try'
    """One try is left, so none was made: the holder decides elsewhere."""

    PROOF_FAILED = 'proof_failed'
    """The card's signature does not belong to its certificate."""


class CardError(Exception):
    """A card that cannot be used, and why; never holds a PIN or an identifier."""

    def __init__(
        self, problem: CardProblem, *, tries_left: int | None = None, not_after: datetime | None = None
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.tries_left = tries_left
        self.not_after = not_after


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """What a tap tells about the card.

    `issuer` is the SHA-256 (hex) of the issuing authority's public key for a certificate, empty for other cards.
    `identifier` is upper-case hex: certificate serial, IDm or UID. `not_after` (UTC) is the certificate's end.
    """

    kind: CardKind
    issuer: str
    identifier: str
    not_after: datetime | None = None

    @property
    def last_four(self) -> str:
        """The only part of the identifier that is ever shown."""
        return self.identifier[-_SHOWN_DIGITS:]

    def __repr__(self) -> str:
        return f'Credential({self.kind.value}, …{self.last_four})'
