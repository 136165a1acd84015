"""Stock at a shelter: what came, what went out, what was counted, and what expires first."""

import sqlite3
import uuid
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.handouts.models import StockMove
from app.shelters.handouts.stock_values import Lot, MoveInfo, MoveKind, StockLine, StockRefused, lots_left, move_info
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

STOCK_MOVED = 'shelters.stock_moved'
LONGEST_NOTE, MOST = 200, 10_000_000
KEPT_AT = 'SELECT DISTINCT shelter FROM stock_move'
MOVED = (
    'SELECT item, COALESCE(SUM(change), 0) AS pieces FROM stock_move WHERE shelter = ? AND practice = ? GROUP BY item'
)
FIGURE = """
    SELECT (SELECT COALESCE(SUM(change), 0) FROM stock_move WHERE shelter = ? AND item = ? AND practice = ?)
    - (SELECT COALESCE(SUM(quantity), 0) FROM handout WHERE shelter = ? AND item = ? AND practice = ?
       AND taken_back_at IS NULL AND origin IS NULL) AS pieces
"""
HANDED = """
    SELECT item, SUM(quantity) AS pieces FROM handout
    WHERE shelter = ? AND practice = ? AND taken_back_at IS NULL AND origin IS NULL GROUP BY item
"""
RECEIVED = """
    SELECT item, expires_on, SUM(change) AS pieces FROM stock_move
    WHERE shelter = ? AND practice = ? AND kind = 'received' GROUP BY item, expires_on
"""


class Stock:
    """The stock of the shelters. It never stops a handout: people are fed, and the difference shows."""

    def __init__(self, journal: Journal, reading: ReadOnlyDatabase) -> None:
        self._journal = journal
        self._reading = reading
        self.CHANGED: Event[UUID] = Event()
        """Stock of this shelter changed, beside handing out."""

    async def receive(
        self,
        shelter: UUID,
        item: UUID,
        pieces: int,
        actor: Actor,
        *,
        expires_on: date | None = None,
        note: str = '',
        practice: bool,
    ) -> None:
        """A delivery came.

        Raises:
            StockRefused: fewer than one piece, or too long a note.
        """

        async def work(tx: Transaction) -> None:
            await self.receive_in(tx, shelter, item, pieces, actor, expires_on=expires_on, note=note, practice=practice)

        await transaction(work)

    async def receive_in(
        self,
        tx: Transaction,
        shelter: UUID,
        item: UUID,
        pieces: int,
        actor: Actor,
        *,
        expires_on: date | None,
        note: str,
        practice: bool,
    ) -> None:
        """The same within a transaction that does more."""
        _check('pieces', pieces, 1)
        move = (MoveKind.RECEIVED, pieces, None, expires_on, note)
        await self._write(tx, shelter, item, move, actor, practice=practice)

    async def remove(self, shelter: UUID, item: UUID, pieces: int, actor: Actor, *, note: str, practice: bool) -> None:
        """Take out what spoiled, expired or went elsewhere; the note says which.

        Raises:
            StockRefused: fewer than one piece, or no note.
        """
        _check('pieces', pieces, 1)
        if not note.strip():
            raise StockRefused('note')
        move = (MoveKind.REMOVED, -pieces, None, None, note)
        await transaction(lambda tx: self._write(tx, shelter, item, move, actor, practice=practice))

    async def take(self, shelter: UUID, item: UUID, found: int, actor: Actor, *, note: str = '', practice: bool) -> int:
        """Stock was taken and so many were found; answers the difference to the figure. Who counted is the actor.

        Raises:
            StockRefused: below zero.
        """
        _check('found', found, 0)

        async def work(tx: Transaction) -> int:
            difference = found - await pieces_in(tx, shelter, item, practice=practice)
            move = (MoveKind.COUNTED, difference, found, None, note)
            await self._write(tx, shelter, item, move, actor, practice=practice)
            return difference

        return await transaction(work)

    async def at(self, shelter: UUID, *, practice: bool) -> dict[UUID, StockLine]:
        """The stock of a shelter, by item; what never came, went or was counted has no line."""
        values = [str(shelter), practice]

        def query(connection: sqlite3.Connection) -> dict[UUID, StockLine]:
            figures: dict[UUID, int] = {}
            for row in connection.execute(MOVED, values):
                figures[UUID(row['item'])] = row['pieces']
            entered = frozenset(figures)
            for row in connection.execute(HANDED, values):
                figures[UUID(row['item'])] = figures.get(UUID(row['item']), 0) - row['pieces']
            lots: dict[UUID, list[Lot]] = {}
            for row in connection.execute(RECEIVED, values):
                lots.setdefault(UUID(row['item']), []).append(Lot(_day(row['expires_on']), row['pieces']))
            return {
                item: StockLine(item, pieces, lots_left(lots.get(item, []), pieces), item in entered)
                for item, pieces in figures.items()
            }

        return await self._reading.read(query)

    async def kept_at(self) -> frozenset[UUID]:
        """The shelters whose stock anybody ever entered."""
        found = await self._reading.read(lambda connection: connection.execute(KEPT_AT).fetchall())
        return frozenset(UUID(row['shelter']) for row in found)

    async def moves(
        self, shelter: UUID, *, practice: bool, offset: int = 0, limit: int = 50
    ) -> tuple[Sequence[MoveInfo], int]:
        """A page of the stock book, the newest first, and how many entries there are."""
        rows = StockMove.filter(shelter=shelter, practice=practice)
        found = await rows.order_by('-moved_at').offset(offset).limit(limit)
        return [move_info(row) for row in found], await rows.count()

    async def _write(
        self,
        tx: Transaction,
        shelter: UUID,
        item: UUID,
        move: tuple[MoveKind, int, int | None, date | None, str],
        actor: Actor,
        *,
        practice: bool,
    ) -> None:
        kind, change, counted, expires_on, note = move
        if len(note) > LONGEST_NOTE:
            raise StockRefused('note')
        columns = {'kind': str(kind), 'change': change, 'counted': counted, 'note': note.strip(), 'practice': practice}
        ids = {'item': str(item), 'shelter': str(shelter)}
        payload = {**columns, **ids, 'expires_on': expires_on.isoformat() if expires_on else None}
        act = Act(kind=STOCK_MOVED, actor=actor, subjects=(shelter, item), payload=payload)
        written = await self._journal.append(tx, act)
        await StockMove.create(
            id=uuid.uuid4(),
            sequence=written.sequence,
            item=item,
            shelter=shelter,
            expires_on=expires_on,
            moved_at=clock.now(),
            moved_by=actor.id,
            using_db=tx.connection,
            **columns,
        )
        tx.after_commit(lambda: self.CHANGED.emit(shelter))


async def pieces_in(tx: Transaction, shelter: UUID, item: UUID, *, practice: bool) -> int:
    """The stock figure as this transaction sees it."""
    values = [str(shelter), str(item), practice] * 2
    (row,) = await tx.connection.execute_query_dict(FIGURE, values)
    return int(row['pieces'])


def _check(field: str, pieces: int, least: int) -> None:
    if not least <= pieces <= MOST:
        raise StockRefused(field)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
