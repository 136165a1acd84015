from . import constants as c
from .apdu import Transmit
from .credential import CardError, CardKind, CardProblem, Credential
from .storage_card import read_uid


def identify(transmit: Transmit, *, allowed: bool) -> Credential:
    """Identify a Type A card by its UID of 4, 7 or 10 bytes (ISO 14443-3).

    Raises `CardError`: unreadable, swapped, random_uid for four bytes beginning with 08, and uid_not_allowed.
    """
    uid = read_uid(transmit)
    if len(uid) not in c.UID_LENGTHS or not any(uid):
        raise CardError(CardProblem.UNREADABLE)
    if len(uid) == c.RANDOM_UID_LENGTH and uid[0] == c.RANDOM_UID_FIRST_BYTE:
        raise CardError(CardProblem.RANDOM_UID)
    if not allowed:
        raise CardError(CardProblem.UID_NOT_ALLOWED)
    return Credential(CardKind.TYPE_A, '', uid.hex().upper())
