"""Requests for supplies: from a shelter to headquarters, until they have arrived."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.handouts.models import SupplyRequest
from app.shelters.handouts.request_values import (
    MOVES,
    OPEN,
    RECEIVABLE,
    Delivery,
    RequestEntry,
    RequestInfo,
    RequestRefused,
    RequestState,
    request_info,
)
from app.shelters.handouts.stock import Stock, pieces_in
from app.shelters.handouts.values import ItemInfo
from app.storage.transaction import Transaction, transaction

REQUEST_DRAFTED = 'shelters.request_drafted'
REQUEST_CHANGED = 'shelters.request_changed'
LONGEST_WHAT, LONGEST_REMARKS, MOST = 100, 300, 10_000_000


class SupplyRequests:
    """The requests of the shelters of this box."""

    def __init__(self, journal: Journal, stock: Stock) -> None:
        self._journal = journal
        self._stock = stock
        self.CHANGED: Event[UUID] = Event()
        """A request of this shelter was drafted or changed."""

    async def draft(self, entry: RequestEntry, actor: Actor) -> RequestInfo:
        """Write down what is needed; nobody is asked yet.

        Raises:
            RequestRefused: names the field that cannot be.
        """
        return await transaction(lambda tx: self._draft(tx, entry, actor, automatic=False))

    async def draft_if_short(self, shelter: UUID, item: ItemInfo, *, practice: bool) -> RequestInfo | None:
        """Draft a request where stock that was counted or thrown away is below the item's mark."""
        return await transaction(lambda tx: self.draft_if_short_in(tx, shelter, item, practice=practice))

    async def draft_if_short_in(
        self, tx: Transaction, shelter: UUID, item: ItemInfo, *, practice: bool
    ) -> RequestInfo | None:
        """Draft a request where stock fell below the item's mark and none is open; the box asks for twice the mark."""
        mark = item.entry.warn_below
        if mark is None or await _is_asked_for(tx, shelter, item.id, practice=practice):
            return None
        pieces = await pieces_in(tx, shelter, item.id, practice=practice)
        if pieces >= mark:
            return None
        entry = RequestEntry(
            shelter=shelter,
            item=item.id,
            what=item.entry.name,
            unit=item.entry.unit,
            quantity=max(1, 2 * mark - max(0, pieces)),
            practice=practice,
        )
        return await self._draft(tx, entry, Actor.system(), automatic=True)

    async def change(
        self, request: UUID, state: RequestState, actor: Actor, *, quantity: int | None = None, reason: str = ''
    ) -> RequestInfo:
        """Send, approve (with the quantity that headquarters gives), dispatch or decline.

        Raises:
            RequestRefused: `state` if it cannot come to this from where it is, `quantity` if it is none.
        """

        async def work(tx: Transaction) -> RequestInfo:
            row = await _row(tx, request)
            if state not in MOVES[RequestState(row.state)]:
                raise RequestRefused('state')
            columns: dict[str, Any] = {'state': str(state)}
            if state is RequestState.APPROVED:
                columns['approved_quantity'] = row.quantity if quantity is None else quantity
                _check('quantity', columns['approved_quantity'])
            if state in (RequestState.APPROVED, RequestState.DECLINED):
                columns['decided_by'] = actor.id
            return await self._update(tx, row, columns, actor, reason=reason)

        return await transaction(work)

    async def receive(self, request: UUID, delivery: Delivery, actor: Actor) -> RequestInfo:
        """Something arrived: it is in stock, and the request knows what is missing.

        Raises:
            RequestRefused: it was not sent yet or is closed, or fewer than one piece.
        """

        async def work(tx: Transaction) -> RequestInfo:
            row = await _row(tx, request)
            if RequestState(row.state) not in RECEIVABLE:
                raise RequestRefused('state')
            _check('quantity', delivery.pieces)
            received = row.received + delivery.pieces
            wanted = row.quantity if row.approved_quantity is None else row.approved_quantity
            state = RequestState.RECEIVED if received >= wanted else RequestState.PARTLY
            if row.item is not None:
                await self._stock.receive_in(
                    tx, row.shelter, row.item, delivery.pieces, actor,
                    expires_on=delivery.expires_on, note='', practice=row.practice,
                )  # fmt: skip
            return await self._update(tx, row, {'state': str(state), 'received': received}, actor)

        return await transaction(work)

    async def get(self, request: UUID) -> RequestInfo | None:
        """The request of this id."""
        row = await SupplyRequest.get_or_none(id=request)
        return request_info(row) if row else None

    async def open(self, shelter: UUID | None, *, practice: bool) -> list[RequestInfo]:
        """What is still to come, of one shelter or of all, the most urgent first."""
        rows = SupplyRequest.filter(practice=practice, state__in=[str(state) for state in OPEN])
        found = [request_info(row) for row in await (rows.filter(shelter=shelter) if shelter else rows)]
        return sorted(found, key=_urgency)

    async def closed(
        self, shelter: UUID | None, *, practice: bool, offset: int = 0, limit: int = 50
    ) -> tuple[list[RequestInfo], int]:
        """A page of what is done with, the last changed first, and how many there are."""
        rows = SupplyRequest.filter(practice=practice).exclude(state__in=[str(state) for state in OPEN])
        rows = rows.filter(shelter=shelter) if shelter else rows
        found = await rows.order_by('-changed_at').offset(offset).limit(limit)
        return [request_info(row) for row in found], await rows.count()

    async def _draft(self, tx: Transaction, entry: RequestEntry, actor: Actor, *, automatic: bool) -> RequestInfo:
        if not entry.what.strip() or len(entry.what) > LONGEST_WHAT:
            raise RequestRefused('what')
        if len(entry.remarks) > LONGEST_REMARKS:
            raise RequestRefused('remarks')
        _check('quantity', entry.quantity)
        at = clock.now()
        columns = {name: getattr(entry, name) for name in RequestEntry.__slots__}
        row = await SupplyRequest.create(
            id=uuid.uuid4(),
            state=str(RequestState.DRAFT),
            automatic=automatic,
            created_at=at,
            created_by=actor.id,
            changed_at=at,
            using_db=tx.connection,
            **columns,
        )
        await self._write(tx, REQUEST_DRAFTED, row, actor)
        return request_info(row)

    async def _update(
        self, tx: Transaction, row: SupplyRequest, columns: dict[str, Any], actor: Actor, *, reason: str = ''
    ) -> RequestInfo:
        columns['changed_at'] = clock.now()
        await SupplyRequest.filter(id=row.id).using_db(tx.connection).update(**columns)
        row.update_from_dict(columns)
        await self._write(tx, REQUEST_CHANGED, row, actor, reason)
        return request_info(row)

    async def _write(self, tx: Transaction, kind: str, row: SupplyRequest, actor: Actor, reason: str = '') -> None:
        payload = {
            'request': str(row.id),
            'shelter': str(row.shelter),
            'item': str(row.item) if row.item else None,
            'what': row.what,
            'unit': row.unit,
            'quantity': row.quantity,
            'approved_quantity': row.approved_quantity,
            'received': row.received,
            'needed_by': row.needed_by.isoformat() if row.needed_by else None,
            'state': row.state,
            'automatic': row.automatic,
            'reason': reason.strip(),
            'practice': row.practice,
        }
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(row.shelter, row.id), payload=payload))
        tx.after_commit(lambda: self.CHANGED.emit(row.shelter))


async def _is_asked_for(tx: Transaction, shelter: UUID, item: UUID, *, practice: bool) -> bool:
    rows = SupplyRequest.filter(shelter=shelter, item=item, practice=practice, state__in=[str(each) for each in OPEN])
    return await rows.using_db(tx.connection).exists()


async def _row(tx: Transaction, request: UUID) -> SupplyRequest:
    row = await SupplyRequest.get_or_none(id=request, using_db=tx.connection)
    if row is None:
        raise RequestRefused('request')
    return row


def _check(field: str, quantity: int) -> None:
    if not 1 <= quantity <= MOST:
        raise RequestRefused(field)


def _urgency(request: RequestInfo) -> tuple[bool, datetime]:
    needed = request.entry.needed_by
    return (needed is None, needed or request.created_at)
