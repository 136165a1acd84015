"""What a card is to the reader it lies on, and the answers to reset of the kinds of card people carry."""

from functools import reduce
from operator import xor
from typing import Protocol


class Card(Protocol):
    """A card in the field of a reader."""

    @property
    def atr(self) -> bytes:
        """Answer to reset, as the reader reports it."""

    def power_on(self) -> None:
        """Enter the field or be powered again: all security status is gone."""

    def power_off(self) -> None:
        """Leave the field or lose power."""

    def reset(self) -> None:
        """Warm reset: the selection is gone, a verified PIN stays (domain/cards.md 1.3)."""

    def transmit(self, command: bytes) -> bytes:
        """Answer one command APDU with one response APDU."""


CONTACT_ATR = bytes.fromhex('3BE000FF8131FE4514')
TYPE_B_ATR = bytes.fromhex('3B888001000005E0B381A1007F')
OLD_RESIDENT_CARD_ATR = bytes.fromhex('3B888001000014E0B38191005E')
PHONE_ATR = bytes.fromhex('3B80800101')


def contactless_atr(historical_bytes: bytes) -> bytes:
    """The ATR that a PC/SC part 3 reader builds for a contactless card (section 3.1.3.2.3)."""
    body = bytes([0x80 | len(historical_bytes), 0x80, 0x01]) + historical_bytes
    return b'\x3b' + body + bytes([reduce(xor, body)])


def storage_card_atr(standard: int, card_name: int) -> bytes:
    """ATR of a memory card: RID of the PC/SC workgroup, standard (3 = Type A, 0x11 = FeliCa), card name."""
    identifier = bytes.fromhex('A000000306') + bytes([standard]) + card_name.to_bytes(2, 'big') + bytes(4)
    return contactless_atr(b'\x80\x4f' + bytes([len(identifier)]) + identifier)
