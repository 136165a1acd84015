"""What people say themselves about leaving; a desk sees to it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.family_models import LeavingDeclared
from app.shelters.stays import StayInfo
from app.shelters.values import LeftFor
from app.storage.transaction import Transaction, transaction

LEAVING_DECLARED = 'shelters.leaving_declared'
LEAVING_SETTLED = 'shelters.leaving_settled'


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Somebody said that they are leaving; whether they left, a desk finds out."""

    id: UUID
    evacuee: UUID
    shelter: UUID
    left_for: LeftFor
    declared_at: datetime


class Leavings:
    """Leavings that people declared themselves, at the shelters of one box."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """Somebody of this shelter said that they leave, or a desk has seen to it."""

    async def declare(self, evacuee: UUID, stay: StayInfo, left_for: LeftFor, actor: Actor) -> None:
        """Say it; said again, the last word counts.

        Raises:
            StorageError: nothing was recorded.
        """

        async def work(tx: Transaction) -> None:
            columns = {'left_for': str(left_for), 'declared_at': clock.now()}
            query = LeavingDeclared.filter(evacuee=evacuee, shelter=stay.shelter, settled_at=None)
            if not await query.using_db(tx.connection).update(**columns):
                await LeavingDeclared.create(
                    id=uuid.uuid4(),
                    evacuee=evacuee,
                    shelter=stay.shelter,
                    practice=stay.practice,
                    using_db=tx.connection,
                    **columns,
                )
            payload = {'shelter': str(stay.shelter), 'left_for': str(left_for), 'practice': stay.practice}
            await self._journal.append(
                tx, Act(kind=LEAVING_DECLARED, actor=actor, subjects=(evacuee,), payload=payload)
            )
            tx.after_commit(lambda: self.CHANGED.emit(stay.shelter))

        await transaction(work)

    async def of(self, evacuee: UUID) -> LeftFor | None:
        """What somebody said and no desk has seen to."""
        row = await LeavingDeclared.filter(evacuee=evacuee, settled_at=None).first()
        return LeftFor(row.left_for) if row else None

    async def open(self, shelter: UUID, *, practice: bool) -> list[Declared]:
        """Whom a desk has to see to, the oldest first."""
        rows = await LeavingDeclared.filter(shelter=shelter, practice=practice, settled_at=None).order_by('declared_at')
        return [
            Declared(
                id=row.id,
                evacuee=row.evacuee,
                shelter=row.shelter,
                left_for=LeftFor(row.left_for),
                declared_at=row.declared_at,
            )
            for row in rows
        ]

    async def settle(self, declared: UUID, actor: Actor, desk: UUID | None = None) -> bool:
        """A desk has seen to it (`Stays.leave` is its own act); False: another was faster."""

        async def work(tx: Transaction) -> bool:
            row = await LeavingDeclared.get_or_none(id=declared, settled_at=None, using_db=tx.connection)
            if row is None:
                return False
            query = LeavingDeclared.filter(id=declared).using_db(tx.connection)
            await query.update(settled_at=clock.now(), settled_by=actor.id)
            act = Act(kind=LEAVING_SETTLED, actor=actor, subjects=(row.evacuee,), desk=desk)
            await self._journal.append(tx, act)
            shelter = row.shelter
            tx.after_commit(lambda: self.CHANGED.emit(shelter))
            return True

        return await transaction(work)
