"""The received lines on the disk: whole, in their chains, with what was sealed sealed again."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app import clock
from app.exchange.message import Fault, SentLine, ids_in
from app.exchange.models import ExchangeApplied, ExchangeLine
from app.exchange.people import note_staff, people_here
from app.exchange.received import ReceivedLine, received_line, stored_form
from app.journal.epochs import Cursor
from app.journal.line import GENESIS, HASH_VERSION, canonical, line_hash
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault

MOST_WAITING = 200
RECORD_CLASSES = frozenset(str(record_class) for record_class in RecordClass)
CURSOR = 'SELECT epoch, sequence FROM exchange_line WHERE box = ? ORDER BY epoch = ? DESC, id DESC LIMIT 1'
WAITING = """
    SELECT id FROM exchange_line WHERE id NOT IN (SELECT line FROM exchange_applied) AND kind IN ({kinds})
    ORDER BY id LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A line that came, checked by itself, with everything that needs no transaction done."""

    line: Mapping[str, Any]
    after: str
    fault: Fault
    parts: str
    """Its sealed parts, sealed for this box."""
    opened: tuple[Mapping[str, str] | None, ...]
    people: Mapping[UUID, UUID]

    @property
    def box(self) -> str:
        """Which box wrote it."""
        return str(self.line['box'])

    @property
    def epoch(self) -> str:
        """In which life."""
        return str(self.line['epoch'])

    @property
    def hash(self) -> str:
        """What it says its hash is."""
        return str(self.line['hash'])

    @property
    def place(self) -> str:
        """Its kind and where it stands, for people."""
        return f'{self.line["kind"]} {self.box[:8]}:{self.line["sequence"]}'

    def received(self) -> ReceivedLine:
        """The line as the rooms see it."""
        return received_line(self.line, self.people, self.opened)


class Inbox:
    """Keeps what came from other boxes."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def prepare(self, sent: SentLine) -> Prepared:
        """Check the line by itself, find its people here, and seal what came open."""
        fault = _own_fault(sent)
        if not fault:
            await note_staff(sent.staff)
        people = {} if fault else await people_here(ids_in(sent.line))
        parts = '[]' if fault else await self._seal(sent, people)
        return Prepared(line=sent.line, after=sent.after, fault=fault, parts=parts, opened=sent.opened, people=people)

    async def find(self, tx: Transaction, prepared: Prepared) -> str | None:
        """The hash of the line that is kept for this place; None: none is."""
        place = {'box': prepared.box, 'epoch': prepared.epoch, 'sequence': prepared.line['sequence']}
        row = await ExchangeLine.get_or_none(**place, using_db=tx.connection)
        return row.hash if row else None

    async def place_fault(self, tx: Transaction, prepared: Prepared) -> Fault:
        """What keeps the line from following those that are kept."""
        if prepared.after == GENESIS:
            return Fault.NONE
        before = await ExchangeLine.get_or_none(hash=prepared.after, box=prepared.box, using_db=tx.connection)
        if before is None:
            return Fault.GAP
        sequence = int(prepared.line['sequence'])
        is_next = before.sequence == sequence - 1
        if before.sequence >= sequence or (is_next and prepared.line['previous_hash'] != before.hash):
            return Fault.CHAIN
        return Fault.NONE

    async def kept_beyond(self, tx: Transaction, prepared: Prepared) -> int:
        """How many lines are kept after the one that this new one follows: its box has lost them."""
        last = await ExchangeLine.filter(box=prepared.box).using_db(tx.connection).order_by('-id').first()
        if last is None or last.epoch == prepared.epoch or last.hash == prepared.after:
            return 0
        before = await ExchangeLine.get_or_none(hash=prepared.after, box=prepared.box, using_db=tx.connection)
        beyond = ExchangeLine.filter(box=prepared.box, epoch=last.epoch, sequence__gt=before.sequence if before else 0)
        return await beyond.using_db(tx.connection).count()

    async def keep(self, tx: Transaction, prepared: Prepared) -> int:
        """Store the line; returns its number here."""
        subjects = json.loads(prepared.line['subjects'])
        row = await ExchangeLine.create(
            box=prepared.box,
            epoch=prepared.epoch,
            sequence=prepared.line['sequence'],
            kind=prepared.line['kind'],
            subject=subjects[0] if subjects else None,
            hash=prepared.hash,
            line=stored_form(prepared.line),
            opened=prepared.parts,
            received_at=clock.now(),
            using_db=tx.connection,
        )
        return int(row.id)

    async def note_applied(self, tx: Transaction, row: int, sequence: int) -> None:
        """The line took effect; the journal of this box says so at this sequence."""
        await ExchangeApplied.create(line=row, sequence=sequence, using_db=tx.connection)

    async def cursor(self, box: UUID, epoch: str) -> Cursor | None:
        """The last line of a box that is kept, of its present life if there is one."""
        rows = await _query(CURSOR, [str(box), epoch])
        return Cursor(rows[0]['epoch'], rows[0]['sequence']) if rows else None

    async def waiting(self, kinds: Iterable[str], without: set[int]) -> list[int]:
        """Lines of these kinds that are kept and not applied, oldest first."""
        wanted = list(kinds)
        statement = WAITING.format(kinds=', '.join('?' * len(wanted)))
        rows = await _query(statement, [*wanted, MOST_WAITING + len(without)])
        return [row['id'] for row in rows if row['id'] not in without]

    async def read(self, row: int) -> ReceivedLine:
        """A kept line; people are looked up again, since staff may have come since."""
        kept = await ExchangeLine.get(id=row)
        line = json.loads(kept.line)
        people, parts = await people_here(ids_in(line)), _parts(kept)
        owners = [(UUID(part['subject']), RecordClass(part['record_class'])) for part in parts]
        await self._vault.ensure((people.get(subject, subject), kind) for subject, kind in owners)
        return received_line(line, people, [self._open(part, index, line) for index, part in enumerate(parts)])

    async def _seal(self, sent: SentLine, people: Mapping[UUID, UUID]) -> str:
        parts = []
        for index, (part, opened) in enumerate(zip(sent.sealed, sent.opened, strict=True)):
            subject, record_class = UUID(part['subject']), RecordClass(part['record_class'])
            owner = (people.get(subject, subject), record_class)
            named = {'subject': str(subject), 'owner': str(owner[0]), 'record_class': str(record_class)}
            if opened is None:
                parts.append(named)
                continue
            await self._vault.ensure([owner])
            sealed = self._vault.seal(owner, _place(index, sent.line), canonical(opened))
            parts.append({**named, 'fields': base64.b64encode(sealed).decode()})
        return canonical(parts)

    def _open(self, part: Mapping[str, str], index: int, line: Mapping[str, Any]) -> dict[str, str] | None:
        if 'fields' not in part:
            return None
        owner = (UUID(part['owner']), RecordClass(part['record_class']))
        text = self._vault.open(owner, _place(index, line), base64.b64decode(part['fields']))
        opened: dict[str, str] | None = None if text is None else json.loads(text)
        return opened


def _own_fault(sent: SentLine) -> Fault:
    if sent.line['hash_version'] != HASH_VERSION:
        return Fault.UNREADABLE
    if line_hash(sent.line) != sent.line['hash']:
        return Fault.HASH
    if any(part['record_class'] not in RECORD_CLASSES for part in sent.sealed):
        return Fault.UNREADABLE
    return Fault.NONE


def _place(index: int, line: Mapping[str, Any]) -> str:
    return f'exchange_line.{index}.{line["id"]}'


def _parts(kept: ExchangeLine) -> list[dict[str, str]]:
    parts: list[dict[str, str]] = json.loads(kept.opened)
    return parts


async def _query(statement: str, values: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await ExchangeLine._meta.db.execute_query_dict(statement, values)
    return rows
