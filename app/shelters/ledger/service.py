"""Taking the ledger out: who, for what, and which protected records went with it is written down first."""

import uuid
from dataclasses import dataclass

from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.ledger.entries import LedgerEntry, read_entries
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

LEDGER_EXPORTED = 'shelters.ledger_exported'
LEDGER_OPENED = 'shelters.ledger_opened'
LONGEST_PURPOSE = 300


class PurposeMissing(Exception):
    """Nothing was taken out: no purpose was told, or it is too long."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of all shelters of this box."""

    vault: Vault
    journal: Journal
    reading: ReadOnlyDatabase

    async def take(
        self, actor: Actor, purpose: str, *, practice: bool, with_protected: bool = False
    ) -> tuple[LedgerEntry, ...]:
        """All entries, with protected people only where the caller has checked `Permission.SEE_PROTECTED`.

        The purpose (提供先と目的, 災害対策基本法 90条の4) is sealed; each record that is otherwise hidden has a line.

        Raises:
            PurposeMissing: nothing was taken out.
            StorageError: it was not recorded, so nothing was taken out.
        """
        told, export = _checked(purpose), uuid.uuid4()
        entries = await self.reading.read(
            lambda connection: read_entries(connection, self.vault, practice=practice, with_protected=with_protected)
        )
        await self.vault.ensure([(export, RecordClass.SHELTER)])
        payload = {'people': len(entries), 'with_protected': with_protected, 'practice': practice}
        sealed = Sealed(export, RecordClass.SHELTER, {'purpose': told})
        acts = [Act(kind=LEDGER_EXPORTED, actor=actor, subjects=(export,), payload=payload, sealed=(sealed,))]
        acts += [_opened(entry, actor, told) for entry in entries if entry.hidden]

        async def work(tx: Transaction) -> None:
            await self.journal.append_all(tx, acts)

        await transaction(work)
        return entries


def _opened(entry: LedgerEntry, actor: Actor, purpose: str) -> Act:
    sealed = Sealed(entry.evacuee, RecordClass.SHELTER, {'reason': purpose})
    return Act(kind=LEDGER_OPENED, actor=actor, subjects=(entry.evacuee,), sealed=(sealed,))


def _checked(purpose: str) -> str:
    told = purpose.strip()
    if not told or len(told) > LONGEST_PURPOSE:
        raise PurposeMissing
    return told
