"""Permissions that were given at another box hold at the desks of this one."""

from datetime import date
from uuid import UUID

from app.exchange.received import ExchangedKinds, ReceivedLine
from app.storage.transaction import Transaction
from app.vehicles.models import GatePermit
from app.vehicles.month_texts import told_by
from app.vehicles.permits import PERMITTED, WITHDRAWN, GatePermits


class PermitExchange:
    """Applies what managers permitted elsewhere."""

    def __init__(self, permits: GatePermits) -> None:
        self._permits = permits

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange permissions."""
        kinds.add(PERMITTED, self._permitted)
        kinds.add(WITHDRAWN, self._withdrawn, _knows_permit)
        kinds.when_identified(self._identified)

    async def _permitted(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        told, (vehicle, driver) = told_by(line), line.subjects
        if await GatePermit.filter(id=UUID(told['permit'])).using_db(tx.connection).exists():
            return
        await GatePermit.create(
            id=UUID(told['permit']),
            vehicle=vehicle,
            driver=line.person(driver),
            day=date.fromisoformat(told['day']),
            gates=told['gates'],
            reason=told['reason'],
            given_by=str(line.acted or line.actor),
            given_at=line.happened_at,
            using_db=tx.connection,
        )
        self._permits.told(tx)

    async def _withdrawn(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        permit = GatePermit.filter(id=UUID(line.payload['permit']), withdrawn_at=None)
        await permit.using_db(tx.connection).update(withdrawn_at=line.happened_at)
        self._permits.told(tx)

    async def _identified(self, tx: Transaction, there: UUID, here: UUID) -> None:
        if await GatePermit.filter(driver=there).using_db(tx.connection).update(driver=here):
            self._permits.told(tx)


async def _knows_permit(tx: Transaction, line: ReceivedLine) -> bool:
    return await GatePermit.filter(id=UUID(line.payload['permit'])).using_db(tx.connection).exists()
