"""The deliveries that wait: which are due, put into parcels, and what came of each."""

import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app import clock
from app.messages.carrying import MOST_RECEIVERS, Parcel
from app.messages.models import Delivery, Message
from app.messages.notice import Channel
from app.messages.outbox import DeliveryState, MessageKind
from app.messages.outcomes import LONGEST_DETAIL, Later, Outcome, Reason, Refused, Taken
from app.messages.packing import Packing
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

MAILS_AT_ONCE = 50
_DUE = """
    SELECT d.id AS id, d.message AS message, d.language AS language, d.batch AS batch
    FROM delivery d WHERE d.channel = ? AND d.state = 'waiting' AND d.urgent >= ?
        AND (d.held_boot <> ? OR d.held_until_ns <= ?)
    ORDER BY d.urgent DESC, d.attempts, d.rowid LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class _Due:
    id: UUID
    message: UUID
    language: str
    batch: UUID | None


class Waiting:
    """The waiting deliveries of one channel."""

    def __init__(self, channel: Channel, packing: Packing, reading: ReadOnlyDatabase) -> None:
        self._channel = channel
        self._reading = reading
        self._packing = packing

    async def parcels(self, *, only_urgent: bool) -> list[Parcel]:
        """What is due now, urgent ones first; what was never tried comes before what was.

        Raises:
            StorageError: nothing can be sent now.
        """
        due = await self._due(MAILS_AT_ONCE if self._channel is Channel.MAIL else MOST_RECEIVERS, only_urgent)
        if not due:
            return []
        if self._channel is Channel.MAIL:
            return await self._packing.singly(await _rows(one.id for one in due))
        return await self._packing.together(await self._batch(due))

    async def record(self, parcel: Parcel, outcome: Outcome, pause: float) -> None:
        """Write what came of a parcel; after `pause` seconds it is tried again, if it may be.

        Raises:
            StorageError: it will be sent again under the same key.
        """
        if isinstance(outcome, Refused) and len(parcel.deliveries) > 1:
            await self._take_apart(parcel)
            return
        values = {**_changes(outcome, pause), 'attempts': parcel.attempts + 1}
        await transaction(lambda tx: self._write(tx, parcel.deliveries, values))

    async def hold(self, parcel: Parcel, reason: Reason, pause: float) -> None:
        """Let others go first when the channel is tried again; this was no attempt of the parcel's own."""
        await transaction(lambda tx: self._write(tx, parcel.deliveries, _held(Later(reason), pause)))

    async def _take_apart(self, parcel: Parcel) -> None:
        """One address can spoil a request for many: from now on each goes alone, under its own id."""

        async def work(tx: Transaction) -> None:
            rows = Delivery.filter(id__in=parcel.deliveries).using_db(tx.connection)
            for row in await rows.all():
                await Delivery.filter(id=row.id).using_db(tx.connection).update(batch=row.id)

        await transaction(work)

    async def _write(self, tx: Transaction, deliveries: Sequence[UUID], values: dict[str, Any]) -> None:
        rows = Delivery.filter(id__in=deliveries, state=DeliveryState.WAITING).using_db(tx.connection)
        await rows.update(**values, changed_at=clock.now())

    async def _due(self, limit: int, only_urgent: bool) -> list[_Due]:
        moment = clock.moment()
        values = [str(self._channel), int(only_urgent), moment.boot_id, moment.monotonic_ns, limit]

        def query(connection: sqlite3.Connection) -> list[_Due]:
            return [_due(row) for row in connection.execute(_DUE, values)]

        return await self._reading.read(query)

    async def _batch(self, due: list[_Due]) -> list[Delivery]:
        """Those of one request: a batch that was begun, or a new one, which is written before it is sent."""
        first = due[0]
        if first.batch is not None:
            return await Delivery.filter(batch=first.batch, state=DeliveryState.WAITING)
        chosen = [one.id for one in due if (one.message, one.batch) == (first.message, None)]
        if await Message.filter(id=first.message, kind__not=MessageKind.NOTICE).exists():
            chosen = chosen[:1]
        rows = await _rows(chosen)
        same = await self._packing.same_text(rows)
        batch = uuid.uuid4()

        async def work(tx: Transaction) -> None:
            await Delivery.filter(id__in=[row.id for row in same]).using_db(tx.connection).update(batch=batch)

        await transaction(work)
        for row in same:
            row.batch = batch
        return same


def _due(row: sqlite3.Row) -> _Due:
    batch = UUID(row['batch']) if row['batch'] else None
    return _Due(UUID(row['id']), UUID(row['message']), row['language'], batch)


async def _rows(ids: Iterable[UUID]) -> list[Delivery]:
    wanted = list(ids)
    found = {row.id: row for row in await Delivery.filter(id__in=wanted)}
    return [found[one] for one in wanted if one in found]


def _changes(outcome: Outcome, pause: float) -> dict[str, Any]:
    match outcome:
        case Taken():
            return {'state': DeliveryState.SENT, 'reason': '', 'detail': ''}
        case Refused(reason, detail):
            return {'state': DeliveryState.FAILED, 'reason': str(reason), 'detail': detail[:LONGEST_DETAIL]}
        case Later():
            return _held(outcome, pause)


def _held(later: Later, pause: float) -> dict[str, Any]:
    moment = clock.moment()
    return {
        'held_boot': moment.boot_id,
        'held_until_ns': moment.monotonic_ns + round(pause * 1e9),
        'reason': str(later.reason),
        'detail': later.detail[:LONGEST_DETAIL],
    }
