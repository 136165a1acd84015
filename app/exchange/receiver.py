"""Takes the journal lines of other boxes: each is kept as it came, and applied once."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.exchange.inbox import Inbox, Prepared
from app.exchange.message import Answer, Batch, Fault
from app.exchange.models import ExchangePeer
from app.exchange.people import identify_people
from app.exchange.received import ExchangedKinds, ReceivedLine
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.failures import StorageError, storage_error
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

APPLIED = 'exchange.line_applied'
PEER_RESTORED = 'exchange.peer_restored'
LINES_AT_ONCE = 20
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What a peer sends and this box cannot take, since when; `line` is its kind and place."""

    peer: str
    fault: Fault
    line: str
    since: datetime


class OtherBox(Exception):
    """A peer's certificate came with the id of another box than before, or with that of this one."""


class Receiver:
    """The receiving side of one box."""

    def __init__(self, vault: Vault, journal: Journal, kinds: ExchangedKinds) -> None:
        self._vault = vault
        self._journal = journal
        self._inbox = Inbox(vault)
        self._kinds = kinds
        self._lock = asyncio.Lock()
        self.not_taken: dict[str, NotTaken] = {}
        """By peer; a gap is no matter, since the sender fills it."""
        self._odd: set[int] = set()
        """Lines that could not be applied; tried again when the box starts."""

    async def receive(self, peer: str, batch: Batch) -> Answer:
        """Take a batch: when this returns, everything up to the cursor is on the disk.

        Raises:
            OtherBox: the batch is not from the box that this peer was.
            StorageError: what the cursor would have said is not on the disk; send again.
        """
        async with self._lock:
            await self._recognise(peer, batch.box)
            fault, line = await self._take_all(batch)
            self._remember(peer, fault, line)
            if fault is Fault.NONE and not batch.more:
                await self._settle()
            return Answer(self._journal.identity.box, await self._inbox.cursor(batch.box, batch.epoch), fault)

    async def settle(self) -> None:
        """Apply what waits: for another line, for a version that knows its kind, for people to be imported."""
        async with self._lock:
            await self._settle()

    async def _settle(self) -> None:
        await identify_people(self._vault, self._kinds)
        while await self._apply_waiting():
            pass
        await self._kinds.settled()

    async def _recognise(self, peer: str, box: UUID) -> None:
        row = await ExchangePeer.get_or_none(name=peer)
        if box == self._journal.identity.box or (row is not None and row.box not in (None, box)):
            raise OtherBox(peer)
        if row is None or row.box is None:
            await transaction(lambda tx: _note_box(tx, peer, box))

    def _remember(self, peer: str, fault: Fault, line: str) -> None:
        if fault in (Fault.NONE, Fault.GAP):
            self.not_taken.pop(peer, None)
            return
        before = self.not_taken.get(peer)
        since = before.since if before and before.line == line else clock.now()
        self.not_taken[peer] = NotTaken(peer, fault, line, since)

    async def _take_all(self, batch: Batch) -> tuple[Fault, str]:
        for start in range(0, len(batch.lines), LINES_AT_ONCE):
            chunk = [await self._inbox.prepare(sent) for sent in batch.lines[start : start + LINES_AT_ONCE]]
            fault, line = await self._take(chunk)
            if fault is not Fault.NONE:
                log.warning('A line of box %s was not taken: %s %s', batch.box, fault, line)
                return fault, line
        return Fault.NONE, ''

    async def _take(self, chunk: Sequence[Prepared]) -> tuple[Fault, str]:
        try:
            return await transaction(lambda tx: self._keep_all(tx, chunk, apply=True))
        except Exception as error:
            _refuse_storage_fault(error)
            log.exception('A line of another box could not be applied; it is kept and waits')
        return await transaction(lambda tx: self._keep_all(tx, chunk, apply=False))

    async def _keep_all(self, tx: Transaction, chunk: Sequence[Prepared], *, apply: bool) -> tuple[Fault, str]:
        for prepared in chunk:
            fault = await self._keep(tx, prepared, apply=apply)
            if fault is not Fault.NONE:
                return fault, prepared.place
        return Fault.NONE, ''

    async def _keep(self, tx: Transaction, prepared: Prepared, *, apply: bool) -> Fault:
        known = await self._inbox.find(tx, prepared)
        if known is not None:
            return Fault.NONE if known == prepared.hash else Fault.REWRITTEN
        fault = prepared.fault or await self._inbox.place_fault(tx, prepared)
        if fault is not Fault.NONE:
            return fault
        await self._tell_restore(tx, prepared)
        row = await self._inbox.keep(tx, prepared)
        if apply:
            await self._apply(tx, row, prepared.received())
        return Fault.NONE

    async def _tell_restore(self, tx: Transaction, prepared: Prepared) -> None:
        overtaken = await self._inbox.kept_beyond(tx, prepared)
        if not overtaken:
            return
        log.warning('Box %s was restored; %s of its lines are only here', prepared.box, overtaken)
        payload = {'box': prepared.box, 'epoch': prepared.epoch, 'only_here': overtaken}
        await self._journal.append(tx, Act(kind=PEER_RESTORED, actor=Actor.system(), payload=payload))

    async def _apply(self, tx: Transaction, row: int, line: ReceivedLine) -> bool:
        if not await self._kinds.ready(tx, line):
            return False
        payload = {'box': str(line.box), 'epoch': line.epoch, 'sequence': line.sequence, 'kind': line.kind}
        act = Act(
            kind=APPLIED,
            actor=Actor.system(),
            subjects=tuple(line.people.get(subject, subject) for subject in line.subjects),
            attempt=f'exchange:{line.hash}',
            payload={**payload, 'hash': line.hash},
        )
        written = await self._journal.append(tx, act)
        await self._inbox.note_applied(tx, row, written.sequence)
        await self._kinds.apply(tx, line, written.sequence)
        return True

    async def _apply_waiting(self) -> bool:
        applied = False
        for row in await self._inbox.waiting(self._kinds.names(), self._odd):
            applied = await self._apply_one(row) or applied
        return applied

    async def _apply_one(self, row: int) -> bool:
        try:
            line = await self._inbox.read(row)
            return await transaction(lambda tx: self._apply(tx, row, line))
        except Exception as error:
            _refuse_storage_fault(error)
            log.exception('Line %s of another box cannot be applied', row)
            self._odd.add(row)
            return False


async def _note_box(tx: Transaction, peer: str, box: UUID) -> None:
    changed = await ExchangePeer.filter(name=peer).using_db(tx.connection).update(box=box)
    if not changed:
        await ExchangePeer.create(name=peer, box=box, using_db=tx.connection)


def _refuse_storage_fault(error: Exception) -> None:
    if isinstance(error, StorageError):
        raise error
    fault = storage_error(error)
    if fault is not None:
        raise fault from error
