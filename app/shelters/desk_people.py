"""Who stands at a reception desk, as far as the desk remembers."""

from dataclasses import dataclass, field
from uuid import UUID

from app.shelters.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A card or a code that leads to nobody; without a token it was a My Number Card whose certificate is of no use."""

    token: Token | None = field(default=None, repr=False)
    is_my_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The household that is being taken in."""

    first: UUID
    number: str
    """Of its first member."""
    members: int = 1
    visitor: bool = False
    reads_faces: bool = False
    """Its first member is known by name: the next My Number Card is asked for its code at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JustRegistered:
    """To whom a card can still be bound."""

    evacuee: UUID
    number: str
    until: float
