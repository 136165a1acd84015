"""FeliCa cards: staff cards, Suica, ICa, the blank cards of a shelter."""

from dataclasses import dataclass

from tests.virtual_card.apdu import StatusWord, answer
from tests.virtual_card.card import storage_card_atr


@dataclass(slots=True)
class FelicaCard:
    """A FeliCa card of which only the IDm (8 bytes) can be read (PC/SC part 3, 3.2.2.1.3)."""

    idm: bytes

    def __post_init__(self) -> None:
        if len(self.idm) != 8:
            raise ValueError(f'an IDm has 8 bytes, not {len(self.idm)}')

    @property
    def atr(self) -> bytes:
        """The same for every FeliCa card."""
        return storage_card_atr(standard=0x11, card_name=0x003B)

    def power_on(self) -> None:
        """A memory card has no security status."""

    def power_off(self) -> None:
        """A memory card has no security status."""

    def reset(self) -> None:
        """A memory card has no security status."""

    def transmit(self, command: bytes) -> bytes:
        """The IDm for FF CA 00 00; the PMm (FF CA 01) is not given, as on readers without it."""
        return memory_card_answer(command, self.idm)


def memory_card_answer(command: bytes, uid: bytes) -> bytes:
    """What a reader answers in the name of a card that itself knows no APDU."""
    if command[:2] != b'\xff\xca':
        return answer(StatusWord.UNKNOWN_INSTRUCTION)
    if command[2:4] != b'\x00\x00':
        return answer(StatusWord.FUNCTION_NOT_SUPPORTED)
    return answer(StatusWord.SUCCESS, uid)
