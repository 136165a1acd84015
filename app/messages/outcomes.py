"""What comes of an attempt to send, and when the next one is."""

import random
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_PAUSE = 30.0
LONGEST_PAUSE = 1800.0
CHANNEL_SHORTEST_PAUSE = 5.0
CHANNEL_LONGEST_PAUSE = 300.0
LONGEST_DETAIL = 200


class Reason(StrEnum):
    """Why a message did not go out, or not yet."""

    OFF = 'off'
    """The channel has no settings."""
    UNREACHABLE = 'unreachable'
    CERTIFICATE = 'certificate'
    """The server shows a certificate that is not believed, or offers no encryption."""
    SIGN_IN = 'sign_in'
    SENDER = 'sender'
    """The mail server does not take mail from our address."""
    BUSY = 'busy'
    """Too much at once, or too much this month."""
    SERVER = 'server'
    ANSWER = 'answer'
    """An answer that is none."""
    ADDRESS = 'address'
    """The receiver's server does not know or not want the address."""
    CONTENT = 'content'
    FORBIDDEN = 'forbidden'
    NOT_FOUND = 'not_found'
    NO_ADDRESS = 'no_address'
    """The address was thrown away."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has the message."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take it."""

    reason: Reason
    detail: str = ''


@dataclass(frozen=True, slots=True)
class Later:
    """It may be taken at another time."""

    reason: Reason
    detail: str = ''
    after_seconds: float | None = None
    """When the server said so."""


Outcome = Taken | Refused | Later


class ChannelDown(Exception):
    """Nothing can be sent on this channel now; what was under way may or may not have been taken."""

    def __init__(self, reason: Reason, detail: str = '', after_seconds: float | None = None) -> None:
        super().__init__(f'{reason} {detail}'.strip())
        self.reason = reason
        self.detail = detail[:LONGEST_DETAIL]
        self.after_seconds = after_seconds


def pause_of_delivery(attempts: int, later: Later) -> float:
    """Seconds until a delivery is tried again, after so many attempts."""
    return later.after_seconds or _spread(min(LONGEST_PAUSE, SHORTEST_PAUSE * 2.0 ** min(attempts - 1, 16)))


def pause_of_channel(failures: int, down: ChannelDown) -> float:
    """Seconds until a channel is tried again, after so many failures in a row."""
    return down.after_seconds or _spread(min(CHANNEL_LONGEST_PAUSE, CHANNEL_SHORTEST_PAUSE * 2.0 ** min(failures, 16)))


def _spread(seconds: float) -> float:
    return seconds * random.uniform(0.75, 1)  # noqa: S311 - spreads attempts, hides nothing
