"""Holds (保留): records in dispute stay, whatever their retention."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.retention.models import Hold
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Owner, RecordClass, Vault

HELD, RELEASED = 'disposal.held', 'disposal.released'


@dataclass(frozen=True, slots=True)
class HoldInfo:
    """A hold that has not ended; `reason` is empty where its key was thrown away."""

    record: UUID
    reason: str
    since: datetime


class Holds:
    """The holds of one box."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def of(self, record: UUID) -> HoldInfo | None:
        """The hold of a record."""
        row = await Hold.filter(record=record, ended_at=None).first()
        if row is None:
            return None
        owner = (row.subject, RecordClass(row.record_class))
        reason = self._vault.open(owner, f'hold.reason.{row.id}', row.reason) or ''
        return HoldInfo(record, reason, row.held_at.astimezone(clock.TOKYO))

    async def hold(self, records: Iterable[UUID], owner: Owner, reason: str, actor: Actor) -> None:
        """Keep these records of a person; those that are on hold stay so.

        Raises:
            StorageError: none is on hold.
        """
        wanted, (subject, record_class) = list(records), owner
        await self._vault.ensure([owner])

        async def write(tx: Transaction) -> None:
            held = set(await Hold.filter(record__in=wanted, ended_at=None).values_list('record', flat=True))
            for record in wanted:
                if record not in held:
                    await self._create(record, owner, reason, actor)
            sealed = (Sealed(subject, record_class, {'reason': reason}),)
            await self._journal.append(tx, Act(kind=HELD, actor=actor, subjects=(subject, *wanted), sealed=sealed))

        await transaction(write)

    async def release(self, records: Iterable[UUID], actor: Actor) -> None:
        """End the holds of these records.

        Raises:
            StorageError: they are still on hold.
        """
        wanted = list(records)

        async def write(tx: Transaction) -> None:
            ended = await Hold.filter(record__in=wanted, ended_at=None).update(ended_at=clock.now())
            if ended:
                await self._journal.append(tx, Act(kind=RELEASED, actor=actor, subjects=tuple(wanted)))

        await transaction(write)

    async def _create(self, record: UUID, owner: Owner, reason: str, actor: Actor) -> None:
        id_ = uuid4()
        await Hold.create(
            id=id_,
            record=record,
            record_class=str(owner[1]),
            subject=owner[0],
            reason=self._vault.seal(owner, f'hold.reason.{id_}', reason),
            held_at=clock.now(),
            held_by=actor.id,
        )
