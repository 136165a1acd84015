"""Dwellings (住家): buildings that households lived in, for the certificate of damage (災害対策基本法 90条の2)."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.details import SharedDetails
from app.shelters.models import Dwelling, HouseholdDwelling
from app.shelters.shared_details import open_shared, seal_shared, shared_text
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

DWELLING_CREATED = 'shelters.dwelling_created'
DWELLING_CHANGED = 'shelters.dwelling_changed'
DWELLING_LINKED = 'shelters.dwelling_linked'
DWELLING_UNLINKED = 'shelters.dwelling_unlinked'
TABLE = 'dwelling'


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingInfo:
    """A dwelling as it was told."""

    id: UUID
    shared: SharedDetails = field(repr=False)
    changed_at: datetime


class Dwellings:
    """Dwellings and the households that lived in them, many to many."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def create(
        self, household: UUID, shared: SharedDetails, actor: Actor, desk: UUID | None = None
    ) -> DwellingInfo:
        """A dwelling that this household lived in.

        Raises:
            StorageError: nothing was recorded.
        """
        dwelling = uuid.uuid4()
        await self._vault.ensure([(dwelling, RecordClass.SHELTER)])

        async def work(tx: Transaction) -> DwellingInfo:
            info = DwellingInfo(id=dwelling, shared=shared, changed_at=clock.now())
            details = seal_shared(self._vault, TABLE, dwelling, shared)
            await Dwelling.create(id=dwelling, details=details, changed_at=info.changed_at, using_db=tx.connection)
            await self._write(tx, DWELLING_CREATED, (dwelling,), actor, desk, shared)
            await self._link(tx, household, dwelling, actor, desk)
            return info

        return await transaction(work)

    async def change(
        self, dwelling: UUID, shared: SharedDetails, actor: Actor, desk: UUID | None = None
    ) -> DwellingInfo:
        """Replace what is known of it; what was before stays in the journal.

        Raises:
            LookupError: there is no such dwelling.
        """

        async def work(tx: Transaction) -> DwellingInfo:
            details, at = seal_shared(self._vault, TABLE, dwelling, shared), clock.now()
            query = Dwelling.filter(id=dwelling).using_db(tx.connection)
            if not await query.update(details=details, changed_at=at):
                raise LookupError(TABLE)
            await self._write(tx, DWELLING_CHANGED, (dwelling,), actor, desk, shared)
            return DwellingInfo(id=dwelling, shared=shared, changed_at=at)

        if not await Dwelling.exists(id=dwelling):
            raise LookupError(TABLE)
        return await transaction(work)

    async def link(self, household: UUID, dwelling: UUID, actor: Actor, desk: UUID | None = None) -> None:
        """Another household lived in it too; twice is once.

        Raises:
            LookupError: there is no such dwelling.
        """

        async def work(tx: Transaction) -> None:
            if not await Dwelling.filter(id=dwelling).using_db(tx.connection).exists():
                raise LookupError(TABLE)
            await self._link(tx, household, dwelling, actor, desk)

        await transaction(work)

    async def unlink(self, household: UUID, dwelling: UUID, actor: Actor, desk: UUID | None = None) -> None:
        """The household did not live in it; the dwelling stays."""

        async def work(tx: Transaction) -> None:
            query = HouseholdDwelling.filter(household=household, dwelling=dwelling).using_db(tx.connection)
            if await query.delete():
                await self._write(tx, DWELLING_UNLINKED, (household, dwelling), actor, desk)

        await transaction(work)

    async def of(self, household: UUID) -> list[DwellingInfo]:
        """Where the household lived."""
        ids = await HouseholdDwelling.filter(household=household).values_list('dwelling', flat=True)
        rows = await Dwelling.filter(id__in=ids).order_by('changed_at')
        return [self._info(row) for row in rows]

    async def households_of(self, dwelling: UUID) -> list[UUID]:
        """Which households lived in it."""
        return [row.household for row in await HouseholdDwelling.filter(dwelling=dwelling)]

    async def _link(self, tx: Transaction, household: UUID, dwelling: UUID, actor: Actor, desk: UUID | None) -> None:
        query = HouseholdDwelling.filter(household=household, dwelling=dwelling).using_db(tx.connection)
        if await query.exists():
            return
        await HouseholdDwelling.create(id=uuid.uuid4(), household=household, dwelling=dwelling, using_db=tx.connection)
        await self._write(tx, DWELLING_LINKED, (household, dwelling), actor, desk)

    async def _write(
        self,
        tx: Transaction,
        kind: str,
        subjects: tuple[UUID, ...],
        actor: Actor,
        desk: UUID | None,
        shared: SharedDetails | None = None,
    ) -> None:
        text = {'details': shared_text(shared)} if shared else {}
        sealed = (Sealed(subjects[0], RecordClass.SHELTER, text),) if shared else ()
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=subjects, desk=desk, sealed=sealed))

    def _info(self, row: Dwelling) -> DwellingInfo:
        shared = open_shared(self._vault, TABLE, row.id, row.details)
        return DwellingInfo(id=row.id, shared=shared, changed_at=row.changed_at)
