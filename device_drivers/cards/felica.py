from . import constants as c
from .apdu import Transmit
from .credential import CardError, CardKind, CardProblem, Credential
from .storage_card import read_uid


def identify(transmit: Transmit) -> Credential:
    """Identify a FeliCa card by all eight bytes of its IDm; balance and history are never read.

    Raises `CardError`: unreadable, swapped, and random_uid for an IDm of peer-to-peer mode (01 FE, NFC Forum
    Digital Protocol), which a phone invents at each touch.
    """
    idm = read_uid(transmit)
    if len(idm) != c.IDM_LENGTH or not any(idm):
        raise CardError(CardProblem.UNREADABLE)
    if idm.startswith(c.IDM_PREFIX_OF_PEER_TO_PEER):
        raise CardError(CardProblem.RANDOM_UID)
    return Credential(CardKind.FELICA, '', idm.hex().upper())
