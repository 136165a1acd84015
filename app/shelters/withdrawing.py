"""Taking back the registration of somebody who was registered by a slip of the finger."""

from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.households import Households
from app.shelters.memberships import By
from app.shelters.models import EvacueeToken, Stay
from app.shelters.stays import NotHere, Stays
from app.shelters.tokens import Tokens
from app.storage.transaction import Transaction, transaction

WITHDRAWN = 'shelters.registration_withdrawn'


class Withdrawals:
    """Ends what a slip began: the number stays given, the stay never was."""

    def __init__(self, journal: Journal, stays: Stays, tokens: Tokens, households: Households) -> None:
        self._journal = journal
        self._stays = stays
        self._tokens = tokens
        self._households = households

    async def withdraw(self, evacuee: UUID, shelter: UUID, actor: Actor, desk: UUID | None = None) -> None:
        """Nobody was registered after all; both the registration and this stay in the journal.

        Raises:
            NotHere: there is no open stay, or more happened since they were registered.
        """

        async def work(tx: Transaction) -> None:
            rows = await Stay.filter(evacuee=evacuee).using_db(tx.connection)
            if len(rows) != 1 or rows[0].shelter != shelter or rows[0].left_at is not None:
                raise NotHere
            for token in await EvacueeToken.filter(evacuee=evacuee, ended_at=None).using_db(tx.connection):
                await self._tokens.end(tx, token.id)
            await self._households.leave_in(tx, evacuee, By(actor, desk))
            await Stay.filter(id=rows[0].id).using_db(tx.connection).delete()
            payload = {'shelter': str(shelter), 'stay': str(rows[0].id), 'practice': rows[0].practice}
            act = Act(kind=WITHDRAWN, actor=actor, subjects=(evacuee,), desk=desk, payload=payload)
            await self._journal.append(tx, act)
            tx.after_commit(lambda: self._stays.CHANGED.emit(shelter))

        await transaction(work)
