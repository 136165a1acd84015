"""Why two boxes that reach each other do not exchange anything."""

import ssl
from enum import StrEnum

from app.exchange.message import Fault

EXPIRED = 10
"""X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL."""


class Refusal(StrEnum):
    """What has to be put right by a person."""

    PEER_EXPIRED = 'peer_expired'
    """The certificate of the peer has ended."""
    PEER_UNKNOWN = 'peer_unknown'
    """The peer shows another certificate than the one in the settings of this box."""
    UNKNOWN_HERE = 'unknown_here'
    """The peer hangs up on the certificate of this box: it is not in its settings, or has ended."""
    OTHER_BOX = 'other_box'
    """Behind the certificate is another box than before."""
    REWRITTEN = 'rewritten'
    """The peer holds other lines of the same epoch: files were put back without `machibako restore`."""
    DAMAGED = 'damaged'
    """A line is not what was written, or does not follow the one before it."""
    NEWER = 'newer'
    """Only a newer version can read it."""
    FAULT = 'fault'
    """A fault of the program; the log says which."""


REFUSAL_OF = {
    Fault.REWRITTEN: Refusal.REWRITTEN,
    Fault.HASH: Refusal.DAMAGED,
    Fault.CHAIN: Refusal.DAMAGED,
    Fault.UNREADABLE: Refusal.NEWER,
}


class PeerRefused(Exception):
    """The peer does not take what is sent, or is not who it was; the message says why."""

    def __init__(self, refusal: Refusal, detail: str = '') -> None:
        super().__init__(f'{refusal} {detail}'.strip())
        self.refusal = refusal


def refusal_in(error: BaseException) -> Refusal | None:
    """What this box has against the certificate of the peer; None: the error is of another kind."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Refusal.PEER_EXPIRED if cause.verify_code == EXPIRED else Refusal.PEER_UNKNOWN
    return None


def _causes(error: BaseException | None) -> list[BaseException]:
    return [] if error is None else [error, *_causes(error.__cause__ or error.__context__)]
