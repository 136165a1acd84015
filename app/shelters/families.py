"""Households that enter themselves on their own phones while they queue (domain/shelters.md 6, three-speed intake)."""

import json
import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from app import clock
from app.access.limits import TooSoon
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance
from app.shelters.family_codes import DraftProblem, DraftRefused, FamilyCodes
from app.shelters.family_models import FamilyDraft
from app.shelters.family_rate import SECONDS, FamilyRate
from app.shelters.family_values import MOST_MEMBERS, Family, FamilyFull, Taken, Ticket, family_of, family_text
from app.shelters.merged_records import all_records_of, standing_records
from app.shelters.registry import ShelterRegister
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Owner, RecordClass, Vault

DRAFTED = 'shelters.family_drafted'
DRAFT_TAKEN = 'shelters.family_taken'
DRAFT_ENDED = 'shelters.family_draft_ended'
KEPT = timedelta(days=1)
KEPT_AFTER_TAKING = timedelta(hours=2)
MOST_OPEN = 3000
MOST_WRITERS = 50
USED, EXPIRED, REFUSED = 'used', 'expired', 'refused'
PHONE = Actor('family-phone', Assurance.SYSTEM)
"""The box acts for a phone that it does not know."""


class Families:
    """The drafts of one box; each is sealed with a key of its own."""

    def __init__(self, vault: Vault, journal: Journal, register: ShelterRegister) -> None:
        self._vault = vault
        self._journal = journal
        self._codes = FamilyCodes(vault, journal.identity.box)
        self._rate = FamilyRate(register)

    async def put(self, family: Family, client: str, evacuee: UUID | None = None) -> Ticket:
        """Keep what a household entered, for a day; `evacuee` is who of it is registered already.

        Raises:
            FamilyFull: nobody, or too many.
            TooSoon: the client, or all clients together, entered too many.
            StorageError: nothing was kept.
        """
        _check(family)
        await self._admit(client)
        draft = uuid.uuid4()
        await self._vault.ensure([_owner(draft)])
        ticket = Ticket(self._codes.new_code(), await self._free_number(), clock.now() + KEPT)

        async def work(tx: Transaction) -> None:
            await FamilyDraft.create(
                id=draft,
                code_index=self._index(ticket.code),
                number_index=self._index(ticket.number),
                details=self._sealed(draft, family, ticket.number),
                evacuee=evacuee,
                expires_at=ticket.expires_at,
                using_db=tx.connection,
            )
            await self._journal.append(tx, _act(DRAFTED, draft, PHONE))

        await transaction(work)
        return ticket

    async def change(self, code: str, family: Family) -> None:
        """Replace what a household entered, as long as no desk has registered it.

        Raises:
            FamilyFull: nobody, or too many.
            DraftRefused: the code leads to nothing now.
            StorageError: nothing was changed.
        """
        _check(family)

        async def work(tx: Transaction) -> None:
            row = await self._row(code, tx)
            sealed = self._sealed(row.id, family, self._opened(row)['number'])
            await FamilyDraft.filter(id=row.id).using_db(tx.connection).update(details=sealed)

        await transaction(work)

    async def look(self, code: str) -> tuple[Family, Ticket]:
        """What the family itself sees on its phone; a number is not enough for that.

        Raises:
            DraftRefused: the code leads to nothing now.
        """
        if self._codes.read(code).is_number:
            raise DraftRefused(DraftProblem.NOT_A_CODE)
        row = await self._row(code)
        opened = self._opened(row)
        return family_of(opened), Ticket(self._codes.read(code).text, opened['number'], row.expires_at)

    async def take(self, text: str, actor: Actor, desk: UUID | None = None) -> Taken:
        """What the QR or the number at the desk leads to. It can be taken again until `used`, so nothing gets lost.

        Raises:
            DraftRefused: it says why.
            StorageError: nothing was taken.
        """

        async def work(tx: Transaction) -> Taken:
            return await self._take(tx, await self._row(text, tx), actor, desk)

        return await transaction(work)

    async def take_of(self, evacuee: UUID, actor: Actor, desk: UUID | None = None) -> Taken | None:
        """What somebody who is registered wrote of their household since, the last first; None: nothing waits.

        It may have been written under a record that was merged into theirs.

        Raises:
            StorageError: nothing was taken.
        """
        records = await all_records_of(evacuee)
        if not await _waiting(records).exists():
            return None

        async def work(tx: Transaction) -> Taken | None:
            row = await _waiting(records).using_db(tx.connection).first()
            return await self._take(tx, row, actor, desk) if row else None

        return await transaction(work)

    async def waits_for(self, evacuee: UUID) -> bool:
        """Whether `take_of` leads to something."""
        return await _waiting(await all_records_of(evacuee)).exists()

    async def writers(self) -> list[UUID]:
        """Who is registered and wrote what nobody has taken in yet; at most 50, the first to write first."""
        query = FamilyDraft.filter(ended_at=None, expires_at__gt=clock.now()).exclude(evacuee=None)
        rows = await query.order_by('expires_at').limit(MOST_WRITERS)
        return await standing_records(row.evacuee for row in rows if row.evacuee)

    async def refuse(self, draft: UUID, actor: Actor, desk: UUID | None = None) -> None:
        """It is not true, or not about these people: throw it away.

        Raises:
            StorageError: it goes by itself after a day.
        """
        await self._end([draft], REFUSED, actor, desk)

    async def used(self, draft: UUID, actor: Actor, desk: UUID | None = None) -> None:
        """The people are registered: throw the draft away.

        Raises:
            StorageError: it goes by itself after a day.
        """
        await self._end([draft], USED, actor, desk)

    async def sweep(self) -> None:
        """Throw away what nobody came with; call every few minutes."""
        rows = await FamilyDraft.filter(ended_at=None, expires_at__lte=clock.now()).limit(200)
        await self._end([row.id for row in rows], EXPIRED, Actor.system(), None)

    async def _end(self, drafts: list[UUID], ended_as: str, actor: Actor, desk: UUID | None) -> None:
        if not drafts:
            return

        async def work(tx: Transaction) -> None:
            query = FamilyDraft.filter(id__in=drafts, ended_at=None).using_db(tx.connection)
            await query.update(ended_at=clock.now(), ended_as=ended_as, details=b'')
            await self._journal.append_all(tx, (_act(DRAFT_ENDED, each, actor, desk, ended_as) for each in drafts))

        await transaction(work)
        await self._vault.erase_all([_owner(each) for each in drafts])

    async def _take(self, tx: Transaction, row: FamilyDraft, actor: Actor, desk: UUID | None) -> Taken:
        family, at = family_of(self._opened(row)), clock.now()
        taken = Taken(row.id, family, was_taken_before=row.taken_at is not None, evacuee=row.evacuee)
        changes = {'taken_at': row.taken_at or at, 'expires_at': max(row.expires_at, at + KEPT_AFTER_TAKING)}
        await FamilyDraft.filter(id=row.id).using_db(tx.connection).update(**changes)
        await self._journal.append(tx, _act(DRAFT_TAKEN, row.id, actor, desk))
        return taken

    async def _row(self, text: str, tx: Transaction | None = None) -> FamilyDraft:
        read = self._codes.read(text)
        column = 'number_index' if read.is_number else 'code_index'
        query = FamilyDraft.filter(**{column: self._index(read.text)}).order_by('-expires_at')
        row = await (query.using_db(tx.connection) if tx else query).first()
        if row is None:
            raise DraftRefused(DraftProblem.UNKNOWN if read.is_number else DraftProblem.EXPIRED)
        if row.ended_as == USED:
            raise DraftRefused(DraftProblem.USED)
        if row.ended_at is not None or row.expires_at <= clock.now():
            raise DraftRefused(DraftProblem.EXPIRED)
        return row

    async def _admit(self, client: str) -> None:
        if await FamilyDraft.filter(ended_at=None).count() >= MOST_OPEN:
            raise TooSoon(SECONDS)
        await self._rate.admit(client)

    async def _free_number(self) -> str:
        while True:
            number = self._codes.new_number()
            if not await FamilyDraft.filter(number_index=self._index(number), ended_at=None).exists():
                return number

    def _index(self, text: str) -> str:
        return self._vault.index('family-draft', text)

    def _sealed(self, draft: UUID, family: Family, number: str) -> bytes:
        return self._vault.seal(_owner(draft), _where(draft), family_text(family, number))

    def _opened(self, row: FamilyDraft) -> dict[str, Any]:
        text = self._vault.open(_owner(row.id), _where(row.id), row.details)
        if text is None:
            raise DraftRefused(DraftProblem.EXPIRED)
        opened: dict[str, Any] = json.loads(text)
        return opened


def _waiting(records: list[UUID]) -> QuerySet[FamilyDraft]:
    now = clock.now()
    return FamilyDraft.filter(evacuee__in=records, ended_at=None, expires_at__gt=now).order_by('-expires_at')


def _check(family: Family) -> None:
    if not 1 <= len(family.members) <= MOST_MEMBERS:
        raise FamilyFull


def _owner(draft: UUID) -> Owner:
    return draft, RecordClass.SHELTER


def _where(draft: UUID) -> str:
    return f'family_draft.details.{draft}'


def _act(kind: str, draft: UUID, actor: Actor, desk: UUID | None = None, ended_as: str = '') -> Act:
    return Act(kind=kind, actor=actor, subjects=(draft,), desk=desk, payload={'ended_as': ended_as} if ended_as else {})
