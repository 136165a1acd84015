"""Guards of a contractor: they work at a desk, but the HR system does not know them."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.people.models import Guard
from app.storage.remembered import Remembered
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

GUARD_ADDED = 'people.guard_added'
GUARD_ENDED = 'people.guard_ended'
OnEnd = Callable[[Transaction, UUID, Actor], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class GuardInfo:
    """A guard. A name whose key was thrown away is empty."""

    id: UUID
    name: str
    company: str

    @property
    def surname(self) -> str:
        """The part of the name that is shown at a desk."""
        return self.name.split('\u3000')[0]


class GuardRegister:
    """Adds and finds guards; their cards are linked as those of staff are."""

    def __init__(self, vault: Vault, journal: Journal, on_end: OnEnd) -> None:
        """`on_end` is part of the work that ends a guard."""
        self._vault = vault
        self._journal = journal
        self._on_end = on_end
        self._here = Remembered(_read_here)

    async def all(self) -> list[GuardInfo]:
        """All guards who work here now."""
        return [self._info(row) for row in await Guard.filter(ended_at=None)]

    async def get(self, guard: UUID) -> GuardInfo | None:
        """A guard who works here now."""
        row = (await self._here.get()).get(guard)
        return self._info(row) if row else None

    async def add(self, name: str, company: str, actor: Actor) -> GuardInfo:
        """A guard begins to work here."""
        guard = uuid.uuid4()
        owner = (guard, RecordClass.STAFF)
        await self._vault.ensure([owner])

        async def work(tx: Transaction) -> None:
            sealed = self._vault.seal(owner, f'guard.name.{guard}', name)
            await Guard.create(id=guard, name=sealed, company=company, using_db=tx.connection)
            parts = (Sealed(guard, RecordClass.STAFF, {'name': name, 'company': company}),)
            await self._journal.append(tx, Act(kind=GUARD_ADDED, actor=actor, subjects=(guard,), sealed=parts))
            tx.after_commit(self._here.forget)

        await transaction(work)
        return GuardInfo(guard, name, company)

    async def end(self, guard: UUID, actor: Actor) -> None:
        """A guard does not work here any more."""

        async def work(tx: Transaction) -> None:
            ended = await Guard.filter(id=guard, ended_at=None).using_db(tx.connection).update(ended_at=clock.now())
            if ended:
                await self._journal.append(tx, Act(kind=GUARD_ENDED, actor=actor, subjects=(guard,)))
                await self._on_end(tx, guard, actor)
            tx.after_commit(self._here.forget)

        await transaction(work)

    async def take_over(self, tx: Transaction, guard: UUID, name: str, company: str) -> None:
        """Another box has added this guard. The key of the name must exist (`Vault.ensure`)."""
        sealed = self._vault.seal((guard, RecordClass.STAFF), f'guard.name.{guard}', name)
        if not await Guard.filter(id=guard).using_db(tx.connection).exists():
            await Guard.create(id=guard, name=sealed, company=company, using_db=tx.connection)
        tx.after_commit(self._here.forget)

    async def ended_elsewhere(self, tx: Transaction, guard: UUID, at: datetime) -> None:
        """Another box has said that this guard does not work here any more."""
        await Guard.filter(id=guard, ended_at=None).using_db(tx.connection).update(ended_at=at)
        await self._on_end(tx, guard, Actor.system())
        tx.after_commit(self._here.forget)

    def _info(self, row: Guard) -> GuardInfo:
        name = self._vault.open((row.id, RecordClass.STAFF), f'guard.name.{row.id}', row.name) or ''
        return GuardInfo(row.id, name, row.company)


async def _read_here() -> dict[UUID, Guard]:
    return {row.id: row for row in await Guard.filter(ended_at=None)}
