"""Those who wanted a car when there was none (断った): without them the peaks are censored. Nobody is named."""

from uuid import UUID

from app import clock
from app.exchange.received import ExchangedKinds, ReceivedLine
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance
from app.storage.transaction import Transaction, transaction
from app.vehicles.models import TurnedAway

TURNED_AWAY = 'vehicles.turned_away'
LONGEST_TYPE = 16


class TurnedAwayBook:
    """Notes them, here and at the other guard room."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def note(self, press: UUID, desk: UUID, car_type: str = '') -> None:
        """There was no car at this desk now; one press counts once. The type may be said later, under the same press.

        Raises:
            StorageError: nothing was noted.
        """
        kind, now = car_type[:LONGEST_TYPE], clock.now()

        async def work(tx: Transaction) -> None:
            row = await TurnedAway.get_or_none(id=press, using_db=tx.connection)
            if row is not None and row.car_type == kind:
                return
            act = Act(
                kind=TURNED_AWAY,
                actor=Actor(str(desk), Assurance.DEVICE),
                desk=desk,
                payload={'turned_away': str(press), 'car_type': kind},
            )
            await self._journal.append(tx, act)
            if row is None:
                await TurnedAway.create(id=press, at=now, desk=desk, car_type=kind, using_db=tx.connection)
            else:
                await TurnedAway.filter(id=press).using_db(tx.connection).update(car_type=kind)

        await transaction(work)

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange them: the fleet study of either room counts those of both."""
        kinds.add(TURNED_AWAY, self._noted)

    async def _noted(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        press, kind = UUID(line.payload['turned_away']), line.payload['car_type'][:LONGEST_TYPE]
        if await TurnedAway.filter(id=press).using_db(tx.connection).update(car_type=kind):
            return
        row = {'id': press, 'at': line.happened_at, 'desk': line.desk, 'car_type': kind, 'box': line.box}
        await TurnedAway.create(**row, using_db=tx.connection)
