"""Throwing the keys away: written down before it is done, so that a power cut in the middle ends nothing half."""

import asyncio
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.messages.service import Messages
from app.messages.subscriber_records import EndedBy
from app.shelters.ending.certificate import Done, certificate_of, signature_of
from app.shelters.ending.models import Anonymisation
from app.shelters.ending.old_stores import erase_in_replaced_stores
from app.shelters.ending.scope import find
from app.shelters.ending.scrub import TOKENS, end_stays, scrub, with_ids
from app.shelters.ending.subscriptions import of_shelters_only
from app.shelters.ending.values import ERASED, EndingInfo, Found, Part, State, ending_info
from app.shelters.search import PeopleSearch
from app.storage.database import empty_log
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

FINISHED = 'shelters.anonymised'
AT_ONCE = 200
WRITTEN = 'SELECT sequence, subjects, payload FROM journal_line WHERE batch = ? AND kind = ? ORDER BY sequence'


@dataclass(slots=True)
class _Written:
    """What the journal says is thrown away."""

    owners: dict[Part, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    lines: list[int] = field(default_factory=list)


class Anonymiser:
    """Carries out what was approved; `told` is called with the shelters whose people changed."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal,
        reading: ReadOnlyDatabase,
        search: PeopleSearch,
        messages: Messages,
        told: Callable[[UUID], None],
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._search = search
        self._messages = messages
        self._told = told
        self._one_at_a_time = asyncio.Lock()

    async def carry_out(self) -> None:
        """Do all that was approved and is not finished; called after an approval, and when the box starts.

        Raises:
            StorageError: it goes on where it stopped.
        """
        async with self._one_at_a_time:
            for row in await Anonymisation.filter(state=str(State.APPROVED)).order_by('approved_at'):
                await self._carry_out(ending_info(row))

    async def _carry_out(self, info: EndingInfo) -> None:
        await self._erase_what_is_written(info.id)
        keys = self._vault.subjects(RecordClass.SHELTER)
        found = await self._reading.read(lambda rows: find(rows, info.scope, keys))
        for part, owners in found.owners.items():
            for some in _batched(sorted(owners)):
                await self._erase(info, part, some)
        await self._search.forget()
        written = await self._written(info.id)
        tokens = await self._scrub(info, written)
        subscriptions = await self._end_subscriptions(info)
        await self._finish(info, found, written, tokens, subscriptions)
        await asyncio.to_thread(erase_in_replaced_stores, self._reading.database)
        await empty_log()

    async def _erase(self, info: EndingInfo, part: Part, owners: Sequence[UUID]) -> None:
        payload = {'record_class': str(RecordClass.SHELTER), 'records': str(part), 'count': len(owners)}
        act = Act(kind=ERASED, actor=Actor.system(), subjects=tuple(owners), payload=payload, batch=info.id)
        await transaction(lambda tx: self._journal.append(tx, act))
        await self._vault.erase_all((owner, RecordClass.SHELTER) for owner in owners)

    async def _erase_what_is_written(self, ending: UUID) -> None:
        written = await self._written(ending)
        owners = (owner for some in written.owners.values() for owner in some)
        await self._vault.erase_all((owner, RecordClass.SHELTER) for owner in owners)

    async def _written(self, ending: UUID) -> _Written:
        def query(rows: sqlite3.Connection) -> _Written:
            written = _Written()
            for row in rows.execute(WRITTEN, [str(ending), ERASED]):
                part = Part(json.loads(row['payload'])['records'])
                written.owners[part] += [UUID(subject) for subject in json.loads(row['subjects'])]
                written.lines.append(row['sequence'])
            return written

        return await self._reading.read(query)

    async def _scrub(self, info: EndingInfo, written: _Written) -> int:
        """Answers how many cards and codes led to these people."""
        tokens = 0
        for part, owners in written.owners.items():
            for some in _batched(owners):
                tokens += await transaction(lambda tx, part=part, some=some: self._scrub_some(tx, info, part, some))  # type: ignore[misc]
        return tokens

    async def _scrub_some(self, tx: Transaction, info: EndingInfo, part: Part, some: Sequence[UUID]) -> int:
        rows = await tx.connection.execute_query_dict(with_ids(TOKENS, some), [str(each) for each in some])
        await scrub(tx, part, some)
        if info.scope.practice and part is Part.PEOPLE:
            for shelter in await end_stays(tx, some):
                tx.after_commit(lambda shelter=shelter: self._told(shelter))  # type: ignore[misc]
        return int(next(iter(rows[0].values()))) if part is Part.PEOPLE else 0

    async def _end_subscriptions(self, info: EndingInfo) -> int:
        if info.scope.practice or info.scope.shelter:
            return 0
        found = await self._reading.read(of_shelters_only)
        await self._messages.subscribers.end(found, EndedBy.STAFF, Actor.system())
        return len(found)

    async def _finish(self, info: EndingInfo, found: Found, written: _Written, tokens: int, subscriptions: int) -> None:
        counts = {str(part): len(owners) for part, owners in written.owners.items()}
        done = Done(
            counts=counts,
            held=len(found.held),
            elsewhere=len(found.elsewhere),
            tokens=tokens,
            subscriptions=subscriptions,
            lines=tuple(written.lines),
        )
        told = await self._reading.read(lambda rows: certificate_of(rows, info, done, self._journal.identity.box))

        async def work(tx: Transaction) -> None:
            facts: Mapping[str, object] = {'counts': counts, 'export_sha256': info.export_sha256}
            act = Act(kind=FINISHED, actor=Actor.system(), subjects=(info.id,), payload=facts, batch=info.id)
            line = await self._journal.append(tx, act)
            certificate = {**told, 'line': line.sequence, 'finished_at': clock.now().isoformat(timespec='seconds')}
            rows = Anonymisation.filter(id=info.id).using_db(tx.connection)
            await rows.update(
                state=str(State.FINISHED),
                finished_at=clock.now(),
                certificate=certificate,
                signature=signature_of(certificate, self._vault),
            )

        await transaction(work)


def _batched(owners: Sequence[UUID]) -> Iterator[list[UUID]]:
    remaining = iter(owners)
    while some := list(islice(remaining, AT_ONCE)):
        yield some
