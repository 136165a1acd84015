"""Letting one record stand for another of the same human being, and taking that back."""

from uuid import UUID

from app import clock
from app.shelters.households import Households
from app.shelters.memberships import By
from app.shelters.models import EvacueeToken, Stay
from app.shelters.values import StayState
from app.storage.transaction import Transaction

Moved = dict[str, list[str]]
"""Ids by what was done to them: `tokens`, `stays`, `ended` (with its state before), `household`, `joined`, `spoke`."""


async def move_to(tx: Transaction, households: Households, other: UUID, kept: UUID, by: By) -> Moved:
    """Tokens and stays of the other record become those of the one that stays.

    Where both are registered at one shelter, one of the stays ends, so that nobody counts twice.
    """
    return {
        'tokens': await _move_tokens(tx, other, kept),
        **await _move_stays(tx, other, kept),
        **await households.stand_in(tx, other, kept, by),
    }


async def move_back(tx: Transaction, households: Households, other: UUID, kept: UUID, moved: Moved, by: By) -> None:
    """The reverse; what came to the record that stayed since then stays with it."""
    await EvacueeToken.filter(id__in=moved['tokens']).using_db(tx.connection).update(evacuee=other)
    await Stay.filter(id__in=moved['stays']).using_db(tx.connection).update(evacuee=other)
    for stay, state in (each.split(' ') for each in moved['ended']):
        query = Stay.filter(id=stay).using_db(tx.connection)
        await query.update(state=state, state_since=clock.now(), left_at=None)
    await households.stand_back(tx, other, kept, moved, by)


async def _move_tokens(tx: Transaction, other: UUID, kept: UUID) -> list[str]:
    query = EvacueeToken.filter(evacuee=other, ended_at=None).using_db(tx.connection)
    ids = [str(row.id) for row in await query]
    await query.update(evacuee=kept)
    return ids


async def _move_stays(tx: Transaction, other: UUID, kept: UUID) -> Moved:
    left = str(StayState.LEFT)
    there = {row.shelter for row in await Stay.filter(evacuee=kept).exclude(state=left).using_db(tx.connection)}
    stays, ended = [], []
    for row in await Stay.filter(evacuee=other).using_db(tx.connection):
        query = Stay.filter(id=row.id).using_db(tx.connection)
        if row.state != left and row.shelter in there:
            await query.update(state=left, state_since=clock.now(), left_at=clock.now())
            ended.append(f'{row.id} {row.state}')
        else:
            await query.update(evacuee=kept)
            stays.append(str(row.id))
    return {'stays': stays, 'ended': ended}
