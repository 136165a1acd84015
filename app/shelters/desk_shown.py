"""Parts of what the tablet of a reception desk shows, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.shelters.values import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceShown:
    """What a card told, as far as the screen shows it."""

    surname: str = field(repr=False)
    age: int | None
    visitor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShown:
    """Somebody needs help and nobody has taken it yet."""

    id: UUID
    urgency: Urgency
    number: str
    """Empty: not registered yet."""
    where: str
    """Area, or the desk that called."""
    called_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaShown:
    """Where somebody can be put."""

    id: UUID
    name: str
    is_cars: bool = False
    free: int | None = None
