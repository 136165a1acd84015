"""Those who wanted a car when there was none: without them the peaks are censored."""

import uuid
from uuid import UUID

from app import clock
from app.storage.transaction import Transaction, transaction
from app.vehicles.models import TurnedAway


async def turn_away(desk: UUID, car_type: str) -> None:
    """Note that there was no car of this type at this desk now."""
    row = {'id': uuid.uuid4(), 'at': clock.now(), 'desk': desk, 'car_type': car_type[:16]}

    async def work(tx: Transaction) -> None:
        await TurnedAway.create(**row, using_db=tx.connection)

    await transaction(work)
