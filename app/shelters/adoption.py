"""Staff take over a shelter that residents opened, and a new code goes into the key box."""

from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.opening_models import ResidentAccess, ShelterOpening
from app.shelters.opening_rows import OpeningInfo, living_opening, opening_info
from app.shelters.registry import ShelterRegister
from app.shelters.resident_session import OpeningProblem, OpeningRefused
from app.shelters.sealed_codes import MadeCode, SealedCodes
from app.shelters.values import ShelterState
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

ADOPTED = 'shelters.adopted'
SEALED_AGAIN = 'shelters.code_sealed'


class Adoptions:
    """What staff do with openings by residents."""

    def __init__(self, vault: Vault, journal: Journal, register: ShelterRegister, codes: SealedCodes) -> None:
        self._vault = vault
        self._journal = journal
        self._register = register
        self._codes = codes

    async def adopt(self, shelter: UUID, actor: Actor, desk: UUID | None = None) -> MadeCode:
        """Staff take over: the sessions of residents end, and a new code is made that must be printed and sealed.

        Raises:
            OpeningRefused: residents did not open it, or somebody has taken over already.
            StorageError: nothing was changed.
        """

        async def work(tx: Transaction) -> MadeCode:
            row = await living_opening(tx, shelter)
            if row is None or row.opened_at is None:
                raise OpeningRefused(OpeningProblem.ENDED)
            await self.end_in(tx, shelter, actor)
            payload = {'practice': row.practice}
            act = Act(kind=ADOPTED, actor=actor, subjects=(shelter, row.id), desk=desk, payload=payload)
            await self._journal.append(tx, act)
            await self._register.set_state_in(tx, shelter, ShelterState.OPENED, actor, desk=desk)
            return await self._codes.make_in(tx, shelter, actor)

        return await transaction(work)

    async def end_in(self, tx: Transaction, shelter: UUID, actor: Actor) -> None:
        """The sessions of residents at a shelter end, and the code with them."""
        at = clock.now()
        rows = await ShelterOpening.filter(shelter=shelter, ended_at=None).using_db(tx.connection)
        for row in rows:
            await ResidentAccess.filter(opening=row.id, ended_at=None).using_db(tx.connection).update(ended_at=at)
            columns = {'ended_at': at, 'ended_by': actor.id}
            await ShelterOpening.filter(id=row.id).using_db(tx.connection).update(**columns)
        await self._codes.end_in(tx, shelter, actor)

    async def confirm_sealed(self, shelter: UUID, actor: Actor) -> None:
        """Somebody put the new code into the key box."""

        async def work(tx: Transaction) -> None:
            waiting = ShelterOpening.filter(shelter=shelter, sealed_again_at=None)
            waiting = waiting.exclude(opened_at=None).exclude(ended_at=None)
            changed = await waiting.using_db(tx.connection).update(sealed_again_at=clock.now())
            if changed:
                await self._journal.append(tx, Act(kind=SEALED_AGAIN, actor=actor, subjects=(shelter,)))
                tx.after_commit(lambda: self._register.CHANGED.emit(shelter))

        await transaction(work)

    async def to_be_sealed(self) -> set[UUID]:
        """Shelters whose next code nobody has put into the key box yet."""
        waiting = ShelterOpening.filter(sealed_again_at=None).exclude(opened_at=None).exclude(ended_at=None)
        return {row.shelter for row in await waiting}

    async def openings(self, shelter: UUID) -> list[OpeningInfo]:
        """The openings of a shelter by residents, the newest first."""
        rows = await ShelterOpening.filter(shelter=shelter).order_by('-began_at').limit(50)
        return [opening_info(self._vault, row) for row in rows]
