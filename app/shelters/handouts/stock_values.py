"""Stock as values: entries of the stock book, and what is left of what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.shelters.handouts.models import StockMove


class MoveKind(StrEnum):
    """Why a stock figure changed, beside handing out."""

    RECEIVED = 'received'
    COUNTED = 'counted'
    """棚卸し: the figure is now what was found."""
    REMOVED = 'removed'
    """Spoiled, expired, or sent elsewhere."""


class StockRefused(Exception):
    """Nothing was recorded; the message names the field."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Pieces with one date; None: no date was entered."""

    expires_on: date | None
    pieces: int


@dataclass(frozen=True, slots=True)
class StockLine:
    """An item at a shelter. Below zero: more went out than anybody recorded as come."""

    item: UUID
    pieces: int
    lots: tuple[Lot, ...]
    """What is left of what came, the first to expire first, if that is handed out first."""
    is_entered: bool = True
    """Whether anything ever came or was counted; where nothing was, nobody knows what is left."""

    def expiring(self, by: date) -> int:
        """Pieces that expire on this day or before."""
        return sum(lot.pieces for lot in self.lots if lot.expires_on is not None and lot.expires_on <= by)


@dataclass(frozen=True, slots=True)
class MoveInfo:
    """One entry of the stock book."""

    id: UUID
    item: UUID
    kind: MoveKind
    change: int
    counted: int | None
    expires_on: date | None
    note: str
    moved_at: datetime
    moved_by: str


def lots_left(received: Iterable[Lot], pieces: int) -> tuple[Lot, ...]:
    """What is left of what came when so many pieces are there: what expires last is handed out last."""
    left: list[Lot] = []
    rest = pieces
    for lot in sorted(received, key=_expiry, reverse=True):
        taken = min(rest, lot.pieces)
        if taken > 0:
            left.append(Lot(lot.expires_on, taken))
            rest -= taken
    return tuple(reversed(left))


def _expiry(lot: Lot) -> date:
    return lot.expires_on or date.max


def move_info(row: StockMove) -> MoveInfo:
    """A row as a value."""
    return MoveInfo(
        row.id, row.item, MoveKind(row.kind), row.change, row.counted, row.expires_on, row.note, row.moved_at,
        row.moved_by,
    )  # fmt: skip
