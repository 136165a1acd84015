"""Corrects whether somebody who is registered lives in another municipality (市外の方)."""

from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.models import Stay
from app.shelters.stays import NotHere, Stays
from app.shelters.values import StayState
from app.storage.transaction import Transaction, transaction

VISITOR_MARKED = 'shelters.visitor_marked'


async def mark_visitor(
    journal: Journal, stays: Stays, evacuee: UUID, shelter: UUID, actor: Actor, *, visitor: bool
) -> None:
    """Mark the open stay at this shelter; when the person was last seen stays as it is.

    Raises:
        NotHere: no open stay.
        StorageError: nothing was changed.
    """

    async def work(tx: Transaction) -> None:
        there = Stay.filter(evacuee=evacuee, shelter=shelter).exclude(state=str(StayState.LEFT)).using_db(tx.connection)
        row = await there.first()
        if row is None:
            raise NotHere
        if row.visitor == visitor:
            return
        await Stay.filter(id=row.id).using_db(tx.connection).update(visitor=visitor)
        payload = {'stay': str(row.id), 'shelter': str(shelter), 'visitor': visitor, 'practice': row.practice}
        await journal.append(tx, Act(kind=VISITOR_MARKED, actor=actor, subjects=(evacuee,), payload=payload))
        tx.after_commit(lambda: stays.CHANGED.emit(shelter))

    await transaction(work)
