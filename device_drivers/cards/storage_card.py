from . import apdu
from . import constants as c
from .apdu import Transmit, exchange
from .credential import CardError, CardProblem

_APPLICATION_IDENTIFIER_TAG = 0x4F


def standard_of(atr: bytes) -> int | None:
    """The standard byte of an ATR that a reader made up for a memory card (PC/SC part 3), None for other cards."""
    mark = atr.find(c.PCSC_STORAGE_CARD_RID)
    position = mark + len(c.PCSC_STORAGE_CARD_RID)
    if mark < 2 or atr[mark - 2] != _APPLICATION_IDENTIFIER_TAG or position >= len(atr):
        return None
    return atr[position]


def read_uid(transmit: Transmit) -> bytes:
    """The number a reader tells for the card in its field, asked twice.

    Raises `CardError`: unreadable, and swapped when the two answers differ.
    """
    first = _ask_uid(transmit)
    if _ask_uid(transmit) != first:
        raise CardError(CardProblem.SWAPPED)
    return first


def _ask_uid(transmit: Transmit) -> bytes:
    response = exchange(transmit, apdu.get_uid())
    if not response.ok:
        raise CardError(CardProblem.UNREADABLE)
    return response.data
