"""Type A cards with a UID, and phones that make one up."""

import secrets
from dataclasses import dataclass

from tests.virtual_card.apdu import StatusWord, answer
from tests.virtual_card.card import PHONE_ATR, storage_card_atr
from tests.virtual_card.felica import memory_card_answer

_CLASSIC_1K = 0x0001
_ULTRALIGHT = 0x0003


@dataclass(slots=True)
class TypeACard:
    """A MIFARE card: Classic 1K when the UID has 4 bytes, Ultralight when it has 7."""

    uid: bytes

    def __post_init__(self) -> None:
        if len(self.uid) not in (4, 7, 10):
            raise ValueError(f'a UID has 4, 7 or 10 bytes, not {len(self.uid)}')

    @property
    def atr(self) -> bytes:
        """Tells Classic from Ultralight, nothing of the UID."""
        return storage_card_atr(standard=0x03, card_name=_CLASSIC_1K if len(self.uid) == 4 else _ULTRALIGHT)

    def power_on(self) -> None:
        """A memory card has no security status."""

    def power_off(self) -> None:
        """A memory card has no security status."""

    def reset(self) -> None:
        """A memory card has no security status."""

    def transmit(self, command: bytes) -> bytes:
        """The UID for FF CA 00 00."""
        return memory_card_answer(command, self.uid)


class RandomUidCard(TypeACard):
    """A Type A card whose 4-byte UID starts with 08 and is another at every activation (ISO/IEC 14443-3 6.4.4)."""

    def __init__(self) -> None:
        super().__init__(_random_uid())

    def power_on(self) -> None:
        """Make up the next UID."""
        self.uid = _random_uid()


@dataclass(slots=True)
class PhoneCard:
    """A phone in card emulation: speaks APDUs, has a random UID, and knows no application of ours."""

    uid: bytes = b'\x08\x00\x00\x00'

    @property
    def atr(self) -> bytes:
        """A phone sends no historical bytes."""
        return PHONE_ATR

    def power_on(self) -> None:
        """Make up the next UID."""
        self.uid = _random_uid()

    def power_off(self) -> None:
        """Nothing is kept."""

    def reset(self) -> None:
        """Nothing is kept."""

    def transmit(self, command: bytes) -> bytes:
        """The random UID, or: no such application."""
        if command[:2] == b'\xff\xca':
            return memory_card_answer(command, self.uid)
        return answer(StatusWord.NOT_FOUND)


def _random_uid() -> bytes:
    return b'\x08' + secrets.token_bytes(3)
