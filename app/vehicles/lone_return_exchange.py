"""Keys that came back at another box before their trip was known there: both boxes join them alike."""

from uuid import UUID

from app.exchange.received import ExchangedKinds, ReceivedLine
from app.storage.rows import stored
from app.storage.transaction import Transaction
from app.vehicles.lone_returns import OTHERS, LoneReturns
from app.vehicles.month_texts import told_by
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
        told, vehicle = told_by(line), line.subjects[0]
        if await LoneReturn.filter(id=UUID(told['lone_return'])).using_db(tx.connection).exists():
            return
        await LoneReturn.create(
            id=UUID(told['lone_return']),
            sequence=sequence,
            box=line.box,
            vehicle=vehicle,
            returned_at=line.happened_at,
            returned_by=line.person(told['returned_by']),
            received_by=line.person(told['received_by']),
            desk=told['desk_in'],
            odometer=told['odometer_in'],
            check_id=told['check'],
            others={name: told[name] for name in OTHERS},
            using_db=tx.connection,
        )
        values = [told['odometer_in'], str(vehicle), stored(line.happened_at)]
        await tx.connection.execute_query(DRIVE_ON, values)
        tx.after_commit(lambda: self._returns.CHANGED.emit(vehicle))

    async def _identified(self, tx: Transaction, there: UUID, here: UUID) -> None:
        for name in ('returned_by', 'received_by'):
            await LoneReturn.filter(**{name: there}).using_db(tx.connection).update(**{name: here})
