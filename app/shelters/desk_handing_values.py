"""What a desk that hands out shows: what there is, what was given, and why not, as plain values."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.shelters.handouts.rules import Objection
from app.shelters.handouts.values import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """Something that can be handed out."""

    id: UUID
    name: str
    unit: str = ''
    kind: ItemKind = ItemKind.GOODS
    pieces: int | None = None
    """What the stock book says is left; None: nothing was ever entered."""
    expired: int = 0
    """Pieces of it that are past their date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedNow:
    """What was handed out last at a desk, as one press takes it back; of whom it was, nothing."""

    handouts: tuple[UUID, ...]
    item: UUID
    pieces: int
    people: int
    """0: it went out without a name."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingMoment:
    """What a moment of a desk knows of handing out."""

    item: UUID | None = None
    """What is handed out here until another is chosen."""
    last: HandedNow | None = None
    refusal: Objection | None = None
    waiting: int = 0
    """Others of the household to whom the same could be given now."""

    def idle(self) -> 'HandingMoment':
        """When nobody is at the desk."""
        return replace(self, refusal=None, waiting=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingAround:
    """What stands around a desk that hands out: the items, and what the shelter gave of the chosen one today."""

    items: tuple[ItemShown, ...] = ()
    pieces_today: int = 0
    times_today: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingShown:
    """The part of a desk's view that is about handing out."""

    items: tuple[ItemShown, ...] = ()
    item: ItemShown | None = None
    pieces_today: int = 0
    times_today: int = 0
    last: HandedNow | None = None
    refusal: Objection | None = None
    other_item: str = ''
    """Name of the item that stands in its place."""
    waiting: int = 0
    """Others of the household to whom the same could be given now."""


NOT_HANDING = HandingMoment()
NOTHING_AROUND = HandingAround()
