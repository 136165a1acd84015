"""When a disaster is over: what is kept is exported, and two people decide that nobody stays readable."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.ending.export import Origin, export_archive
from app.shelters.ending.models import Anonymisation
from app.shelters.ending.obstacles import refuse_obstacles
from app.shelters.ending.scope import find
from app.shelters.ending.values import (
    FILE_LETTERS,
    LIVING,
    LONGEST_REASON,
    EndingInfo,
    EndingRefused,
    Found,
    Problem,
    Scope,
    State,
    ending_info,
)
from app.shelters.handouts.models import Benefit
from app.shelters.models import Evacuee
from app.storage.age import encrypt_bytes, refuse_bad_recipients
from app.storage.backup_archive import BackupRefused
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

PROPOSED, WITHDRAWN = 'shelters.ending_proposed', 'shelters.ending_withdrawn'
EXPORTED, APPROVED = 'shelters.ending_exported', 'shelters.ending_approved'


@dataclass(frozen=True, slots=True)
class Export:
    """An encrypted file to be kept by the city."""

    name: str
    content: bytes = field(repr=False)


class Endings:
    """Decisions to make people nameless; `Anonymiser.carry_out` does it."""

    def __init__(self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase, recipients: Sequence[str]) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._recipients = tuple(recipients)
        self.CHANGED: Event[UUID] = Event()
        """Something was proposed, decided or done."""

    async def look(self, scope: Scope) -> Found:
        """What would go now."""
        return await self._reading.read(lambda rows: find(rows, scope, self._vault.subjects(RecordClass.SHELTER)))

    async def all(self) -> list[EndingInfo]:
        """Every one that was not withdrawn, the newest first."""
        rows = await Anonymisation.exclude(state=str(State.WITHDRAWN)).order_by('-proposed_at')
        return [ending_info(row) for row in rows]

    async def get(self, ending: UUID) -> EndingInfo | None:
        """The one of this id."""
        row = await Anonymisation.get_or_none(id=ending)
        return ending_info(row) if row else None

    async def propose(self, scope: Scope, reason: str, actor: Actor) -> EndingInfo:
        """The first of two people says that it is over.

        Raises:
            EndingRefused: no reason, somebody is still there, or another one waits.
        """
        return await self._create(scope, reason, actor, State.PROPOSED)

    async def throw_away_drill(self, shelter: UUID | None, reason: str, actor: Actor, *, is_sure: bool) -> EndingInfo:
        """A drill (訓練) needs no export and no second person; open stays of it end with it.

        Raises:
            EndingRefused: no reason, or not confirmed.
        """
        if not is_sure:
            raise EndingRefused(Problem.NOT_SURE)
        return await self._create(Scope(shelter=shelter, practice=True), reason, actor, State.APPROVED)

    async def export(self, ending: UUID, source: str, actor: Actor) -> Export:
        """Everything that the city keeps, encrypted to the recipients of the settings; as often as wanted.

        Raises:
            EndingRefused: nobody is named who could read it, or it was decided already.
        """
        self._refuse_recipients()
        info = await self.get(ending)
        if info is None or info.state not in (State.PROPOSED, State.EXPORTED):
            raise EndingRefused(Problem.STATE)
        at, found = clock.now(), await self.look(info.scope)
        plain = await self._reading.read(lambda rows: export_archive(rows, self._vault, found, Origin(source, at)))
        content = await asyncio.to_thread(encrypt_bytes, plain, self._recipients)
        digest = sha256(content).hexdigest()

        async def work(tx: Transaction) -> None:
            row = await _row(tx, ending, State.PROPOSED, State.EXPORTED)
            row.update_from_dict(
                {'state': str(State.EXPORTED), 'exported_at': at, 'exported_by': actor.id, 'export_sha256': digest}
            )
            await row.save(using_db=tx.connection)
            facts = {'sha256': digest, 'counts': found.counts, 'recipients': len(self._recipients)}
            await self._write(tx, EXPORTED, row, actor, facts)

        await transaction(work)
        return Export(f'machibako-{at:%Y%m%d}-{digest[:FILE_LETTERS]}.zip.age', content)

    async def approve(self, ending: UUID, file_letters: str, actor: Actor) -> EndingInfo:
        """The second person, who has the exported file at hand: `file_letters` stand in its name.

        Raises:
            EndingRefused: it is the first person, another file, or something changed since the export.
        """

        async def work(tx: Transaction) -> EndingInfo:
            row = await _row(tx, ending, State.PROPOSED, State.EXPORTED)
            if row.state == State.PROPOSED:
                raise EndingRefused(Problem.STATE)
            if actor.id in (row.proposed_by, row.exported_by):
                raise EndingRefused(Problem.SAME_PERSON)
            if file_letters.strip().lower() != row.export_sha256[:FILE_LETTERS]:
                raise EndingRefused(Problem.WRONG_FILE)
            await refuse_obstacles(tx, ending_info(row).scope)
            await _refuse_changes(tx, row)
            return await self._approve(tx, row, actor)

        return await transaction(work)

    async def withdraw(self, ending: UUID, actor: Actor) -> None:
        """It is not over; nothing is thrown away.

        Raises:
            EndingRefused: it was approved.
        """

        async def work(tx: Transaction) -> None:
            row = await _row(tx, ending, State.PROPOSED, State.EXPORTED)
            row.state = str(State.WITHDRAWN)
            await row.save(using_db=tx.connection)
            await self._write(tx, WITHDRAWN, row, actor, {})

        await transaction(work)

    async def _create(self, scope: Scope, reason: str, actor: Actor, state: State) -> EndingInfo:
        told = reason.strip()
        if not 0 < len(told) <= LONGEST_REASON:
            raise EndingRefused(Problem.REASON)
        new = uuid.uuid4()

        async def work(tx: Transaction) -> EndingInfo:
            await refuse_obstacles(tx, scope)
            if await Anonymisation.filter(state__in=[str(one) for one in LIVING]).using_db(tx.connection).exists():
                raise EndingRefused(Problem.ALREADY)
            row = await Anonymisation.create(
                id=new,
                shelter=scope.shelter,
                practice=scope.practice,
                reason=told,
                state=str(State.PROPOSED),
                proposed_at=clock.now(),
                proposed_by=actor.id,
                using_db=tx.connection,
            )
            await self._write(tx, PROPOSED, row, actor, {'reason': told})
            return await self._approve(tx, row, actor) if state is State.APPROVED else ending_info(row)

        return await transaction(work)

    async def _approve(self, tx: Transaction, row: Anonymisation, actor: Actor) -> EndingInfo:
        row.update_from_dict({'state': str(State.APPROVED), 'approved_at': clock.now(), 'approved_by': actor.id})
        await row.save(using_db=tx.connection)
        await self._write(tx, APPROVED, row, actor, {'sha256': row.export_sha256})
        return ending_info(row)

    async def _write(
        self, tx: Transaction, kind: str, row: Anonymisation, actor: Actor, facts: dict[str, object]
    ) -> None:
        payload = {'shelter': str(row.shelter) if row.shelter else None, 'practice': row.practice, **facts}
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(row.id,), payload=payload, batch=row.id))
        tx.after_commit(partial(self.CHANGED.emit, row.id))

    def _refuse_recipients(self) -> None:
        if not self._recipients:
            raise EndingRefused(Problem.NO_RECIPIENT)
        try:
            refuse_bad_recipients(self._recipients)
        except BackupRefused:
            raise EndingRefused(Problem.BAD_RECIPIENT) from None


async def _row(tx: Transaction, ending: UUID, *states: State) -> Anonymisation:
    query = Anonymisation.filter(id=ending, state__in=[str(one) for one in states])
    row = await query.using_db(tx.connection).first()
    if row is None:
        raise EndingRefused(Problem.STATE)
    return row


async def _refuse_changes(tx: Transaction, row: Anonymisation) -> None:
    people = Evacuee.filter(changed_at__gt=row.exported_at, practice=row.practice)
    benefits = Benefit.filter(decided_at__gt=row.exported_at, practice=row.practice)
    if await people.using_db(tx.connection).exists() or await benefits.using_db(tx.connection).exists():
        raise EndingRefused(Problem.CHANGED)
