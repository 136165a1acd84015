"""What a channel is given to carry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.messages.languages import Language
from app.messages.notice import Text
from app.messages.outcomes import Outcome

MOST_RECEIVERS = 500
"""Of one text by LINE (multicast)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One text for one address, or for many of the same channel."""

    key: UUID
    """The same at every attempt, so that a repeat is one message."""
    deliveries: tuple[UUID, ...]
    addresses: tuple[str, ...]
    """As many as there are deliveries."""
    text: Text
    language: Language
    posted_at: datetime
    attempts: int = 0
    """How often it was tried before."""
    unsubscribe: str = ''
    """Address at which the receiver signs off."""


class Carrier(Protocol):
    """A channel. One parcel at a time."""

    async def carry(self, parcel: Parcel) -> Outcome:
        """Hand a parcel to the server.

        Raises:
            ChannelDown: it cannot be sent now, nor can anything else.
        """

    async def rest(self) -> None:
        """Nothing to do for a while: let go of connections."""
