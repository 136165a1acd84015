from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from device_drivers.cards.credential import CardError, CardProblem, Credential
from device_drivers.cards.text_application import FaceAttributes, FaceKey


class ReaderState(StrEnum):
    """What a reader is doing."""

    STARTING = 'starting'
    """Not heard of yet."""

    READY = 'ready'
    """Waiting for cards, or reading one."""

    STUCK = 'stuck'
    """A card or the reader itself does not answer; ready again by itself as soon as it does."""

    MISSING = 'missing'
    """Not plugged in; ready again by itself when it is."""

    NO_SERVICE = 'no_service'
    """The smart card service (pcscd) does not run; ready again by itself when it does."""

    STOPPED = 'stopped'
    """`stop` was called, or `start` not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPresented:
    """A card was read whole. Times are seconds of the monotonic clock: seen by the reader, last answer of the card."""

    reader: str
    credential: Credential
    presented_at: float
    answered_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRefused:
    """A card was shown and cannot be used; nothing of it is known. `presented_at` is monotonic seconds."""

    reader: str
    problem: CardProblem
    tries_left: int | None = None
    not_after: datetime | None = None
    presented_at: float


def refusal(reader: str, error: CardError, presented_at: float) -> CardRefused:
    """The event that tells of a card error."""
    return CardRefused(
        reader=reader,
        problem=error.problem,
        tries_left=error.tries_left,
        not_after=error.not_after,
        presented_at=presented_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRemoved:
    """The card that was presented or refused was taken away."""

    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderChanged:
    """The reader's state changed."""

    reader: str
    state: ReaderState


ReaderEvent = CardPresented | CardRefused | CardRemoved | ReaderChanged
"""`reader` is the reader's address in each. One touch gives one CardPresented or CardRefused, then one CardRemoved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A card taken for linking. `proven` means that it signed a challenge; `certificate` (DER) of a My Number Card."""

    credential: Credential
    proven: bool
    certificate: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRead:
    """What a My Number Card told of its holder; `credential` is None where its certificate cannot be used."""

    credential: Credential | None
    attributes: FaceAttributes


class CardReader(Protocol):
    """A reader of contactless cards; all methods belong to the event loop's thread, and events arrive there."""

    @property
    def address(self) -> str:
        """`pcsc:NAME` or `sim:NAME`."""

    @property
    def state(self) -> ReaderState:
        """What the reader is doing now."""

    def start(self) -> None:
        """Begin to watch; returns at once. Called within a running event loop."""

    async def stop(self) -> None:
        """Stop watching; a pending capture ends in `CardError` (no_answer)."""

    def listen(self, callback: Callable[[ReaderEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""

    async def capture(self, pin: str | None, timeout: float) -> Captured:  # noqa: ASYNC109
        """Take the next card, or the one lying there now, for linking instead of reporting it as a tap.

        With a PIN, a My Number Card signs a random challenge over an exclusive connection; the PIN is kept in memory
        only and dropped after use. `timeout` in seconds. Cancelling withdraws the capture. Raises `CardError` when
        the card cannot be used, or for reader_busy while another capture waits, and `TimeoutError` without a card.
        """

    async def read_face(self, key: FaceKey, timeout: float) -> FaceRead:  # noqa: ASYNC109
        """Read the attributes of the next My Number Card, or the one lying there now, instead of reporting a tap.

        `key` is kept in memory only, sent once at most and dropped after use. `timeout` in seconds. Cancelling
        withdraws the wish. Raises `CardError` when the card cannot be used or refuses the key (with the tries left),
        or for reader_busy while something else waits, and `TimeoutError` without a card.
        """
