from . import apdu
from . import constants as c
from .apdu import Response, Transmit, exchange
from .credential import CardError, CardProblem


def present(transmit: Transmit, code: bytes) -> None:
    """VERIFY `code` against the selected PIN file, once, after its counter was asked: with one try left none is made.

    Raises `CardError`: pin_wrong, pin_blocked, pin_last_try, and unreadable for an answer that is none of these.
    """
    _require_more_than_one_try(exchange(transmit, apdu.count_tries()))
    _require_accepted(exchange(transmit, apdu.verify(code)))


def _require_more_than_one_try(counted: Response) -> None:
    if _is_blocked(counted.sw):
        raise CardError(CardProblem.PIN_BLOCKED, tries_left=0)
    tries_left = counted.sw & 0x0F
    if counted.sw & 0xFFF0 != c.SW_TRIES_LEFT:
        raise CardError(CardProblem.UNREADABLE)
    if tries_left <= 1:
        raise CardError(CardProblem.PIN_LAST_TRY, tries_left=tries_left)


def _require_accepted(verified: Response) -> None:
    if verified.ok:
        return
    if _is_blocked(verified.sw):
        raise CardError(CardProblem.PIN_BLOCKED, tries_left=0)
    if verified.sw & 0xFFF0 == c.SW_TRIES_LEFT:
        raise CardError(CardProblem.PIN_WRONG, tries_left=verified.sw & 0x0F)
    raise CardError(CardProblem.UNREADABLE)


def _is_blocked(sw: int) -> bool:
    return sw in (c.SW_TRIES_LEFT, c.SW_AUTHENTICATION_BLOCKED, c.SW_REFERENCE_DATA_UNUSABLE)
