"""An emulated My Number Card, and what people hold instead of a good one."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import rsa

from tests.virtual_card.application import ApplicationCard, Pin
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.card import CONTACT_ATR, OLD_RESIDENT_CARD_ATR, TYPE_B_ATR, contactless_atr
from tests.virtual_card.felica import memory_card_answer
from tests.virtual_card.jpki_application import PASSWORD_TRIES, PIN_TRIES, TokenLabel, jpki_application
from tests.virtual_card.text_application import Holder, text_application

SIGNATURE_PASSWORD = 'TEST123'
_APPLICATION_DATA_OF_TYPE_B = bytes.fromhex('00000000E0B381')
_LONG_ADDRESS = '石川県金沢市' + '広坂町字長坂台通り' * 30 + '1番1号'


class Variant(StrEnum):
    """What is particular about a card (domain/cards.md 3.4)."""

    NORMAL = 'normal'
    NO_CERTIFICATE = 'no-certificate'
    PIN_BLOCKED = 'pin-blocked'
    ONE_TRY_LEFT = 'one-try-left'
    FACE_ONLY = 'face-only'
    EXPIRED = 'expired'
    NOT_YET_VALID = 'not-yet-valid'
    FOREIGN_CHAIN = 'foreign-chain'
    LONG_ADDRESS = 'long-address'
    ANDROID = 'android'
    IPHONE = 'iphone'
    J_LIS_TEST = 'j-lis-test'
    OLD_RESIDENT_CARD = 'old-resident-card'


class Activation(StrEnum):
    """What the reader makes of the card: the ATR must not matter to anybody (domain/cards.md 1.7)."""

    CONTACTLESS = 'contactless'
    CONTACT = 'contact'
    RANDOM_PUPI = 'random-pupi'


@dataclass(frozen=True, slots=True)
class _Peculiarity:
    label: TokenLabel = TokenLabel.CARD
    pin_tries: int = PIN_TRIES
    starts: timedelta = timedelta(days=-1)
    ends: timedelta = timedelta(days=1825)
    certificate: bool = True
    pins_exist: bool = True


_PECULIAR = {
    Variant.NO_CERTIFICATE: _Peculiarity(certificate=False),
    Variant.PIN_BLOCKED: _Peculiarity(pin_tries=0),
    Variant.ONE_TRY_LEFT: _Peculiarity(pin_tries=1),
    Variant.FACE_ONLY: _Peculiarity(pin_tries=0, pins_exist=False),
    Variant.EXPIRED: _Peculiarity(starts=timedelta(days=-1827), ends=timedelta(days=-1)),
    Variant.NOT_YET_VALID: _Peculiarity(starts=timedelta(days=2)),
    Variant.ANDROID: _Peculiarity(TokenLabel.ANDROID),
    Variant.IPHONE: _Peculiarity(TokenLabel.IPHONE),
    Variant.OLD_RESIDENT_CARD: _Peculiarity(TokenLabel.OLD_RESIDENT_CARD),
}


class MyNumberCard:
    """A card of `holder` with a certificate from `authority`, or from nobody it knows where the variant says so.

    `reselect_clears_verify` is the strict reading of an open question (domain/cards.md 1.3).
    """

    def __init__(
        self,
        authority: CardAuthority,
        *,
        pin: str = '1234',
        variant: Variant | str = Variant.NORMAL,
        activation: Activation | str = Activation.CONTACTLESS,
        reselect_clears_verify: bool = True,
        holder: Holder | None = None,
        serial: int | None = None,
    ) -> None:
        self.variant = Variant(variant)
        self.activation = Activation(activation)
        self.holder = holder or _holder_of(self.variant)
        self.authority = _issuer(self.variant, authority)
        self._pin = pin
        self._peculiarity = _PECULIAR.get(self.variant, _Peculiarity())
        self._pupi = secrets.token_bytes(4)
        self.certificate_der, self.private_key = self._issue(serial)
        self._card = self._make(reselect_clears_verify)

    @property
    def atr(self) -> bytes:
        """By activation; with a random PUPI it is another one at each power-up."""
        if self.activation is Activation.CONTACT:
            return CONTACT_ATR
        if self.activation is Activation.RANDOM_PUPI:
            return contactless_atr(b'\x50' + self._pupi + _APPLICATION_DATA_OF_TYPE_B)
        return OLD_RESIDENT_CARD_ATR if self.variant is Variant.OLD_RESIDENT_CARD else TYPE_B_ATR

    def renewed(self) -> 'MyNumberCard':
        """The same person's card after the renewal of the certificate: a new serial, a new key, the same face."""
        return MyNumberCard(
            self.authority,
            pin=self._pin,
            variant=self.variant,
            activation=self.activation,
            reselect_clears_verify=self._card.reselect_clears_verify,
            holder=self.holder,
        )

    def pin_tries_left(self) -> int:
        """Tries left of the PIN for 利用者証明."""
        return self._card.applications[0].pins[0x18].tries_left

    def power_on(self) -> None:
        """Enter the field: a new PUPI, nothing selected, nothing verified."""
        self._pupi = secrets.token_bytes(4)
        self._card.power_cycle()

    def power_off(self) -> None:
        """Leave the field: nothing verified."""
        self._card.power_cycle()

    def reset(self) -> None:
        """Warm reset: nothing selected, a verified PIN stays."""
        self._card.reset()

    def transmit(self, command: bytes) -> bytes:
        """The card's answer; FF CA is the reader's own command and gives the PUPI, worthless as an identifier."""
        if command[:2] == b'\xff\xca':
            return memory_card_answer(command, self._pupi)
        return self._card.transmit(command)

    def _issue(self, serial: int | None) -> tuple[bytes, rsa.RSAPrivateKey]:
        now = datetime.now(UTC)
        return self.authority.issue(serial, now + self._peculiarity.starts, now + self._peculiarity.ends)

    def _make(self, reselect_clears_verify: bool) -> ApplicationCard:
        jpki = jpki_application(
            certificate=self.certificate_der if self._peculiarity.certificate else None,
            private_key=self.private_key,
            root=self.authority.root_der,
            signature=self.authority.issue_signature(),
            signature_root=self.authority.signature_root_der,
            label=self._peculiarity.label,
            pin=self._new_pin(self._pin, PIN_TRIES, self._peculiarity.pin_tries),
            password=self._new_pin(SIGNATURE_PASSWORD, PASSWORD_TRIES, PASSWORD_TRIES),
        )
        text_pin = self._new_pin(self._pin, PIN_TRIES, PIN_TRIES)
        text = text_application(self.holder, self.authority.root_key, text_pin)
        return ApplicationCard([jpki, text], reselect_clears_verify=reselect_clears_verify)

    def _new_pin(self, code: str, limit: int, tries_left: int) -> Pin:
        if not self._peculiarity.pins_exist:
            return Pin(None, limit, 0)
        return Pin(code.encode(), limit, tries_left)


def _holder_of(variant: Variant) -> Holder:
    return Holder(address=_LONG_ADDRESS) if variant is Variant.LONG_ADDRESS else Holder()


def _issuer(variant: Variant, authority: CardAuthority) -> CardAuthority:
    if variant is Variant.FOREIGN_CHAIN:
        return _foreign_authority()
    if variant is Variant.J_LIS_TEST:
        return _j_lis_test_authority()
    return authority


@lru_cache(maxsize=1)
def _foreign_authority() -> CardAuthority:
    return CardAuthority()


@lru_cache(maxsize=1)
def _j_lis_test_authority() -> CardAuthority:
    return CardAuthority('JPKI-TEST')
