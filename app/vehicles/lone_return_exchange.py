"""Keys that came back at another box before their trip was known there: both boxes join them alike."""

from uuid import UUID

from app.exchange.received import ExchangedKinds, ReceivedLine
from app.storage.rows import stored
from app.storage.transaction import Transaction
from app.vehicles.lone_returns import LoneReturns
from app.vehicles.second_returns import keep_told
from app.vehicles.trip_lines import RETURNED_ALONE
from app.vehicles.trip_table import DRIVE_ON
from app.vehicles.two_rooms_models import LoneReturn


class LoneReturnExchange:
    """Applies returns of other boxes."""

    def __init__(self, returns: LoneReturns) -> None:
        self._returns = returns

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange them; they end their trips when all that a peer had to tell is here."""
        kinds.add(RETURNED_ALONE, self._returned)
        kinds.when_settled(self._returns.join)
        kinds.when_identified(self._identified)

    async def _returned(self, tx: Transaction, line: ReceivedLine, sequence: int) -> None:
        await keep_told(tx, line, UUID(line.payload['lone_return']), sequence)
        vehicle = line.subjects[0]
        values = [line.payload['odometer_in'], str(vehicle), stored(line.happened_at)]
        await tx.connection.execute_query(DRIVE_ON, values)
        tx.after_commit(lambda: self._returns.CHANGED.emit(vehicle))

    async def _identified(self, tx: Transaction, there: UUID, here: UUID) -> None:
        for name in ('returned_by', 'received_by'):
            await LoneReturn.filter(**{name: there}).using_db(tx.connection).update(**{name: here})
