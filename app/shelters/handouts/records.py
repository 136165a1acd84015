"""A handout as it is kept, and how it is written."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.handouts.models import Handout
from app.shelters.handouts.rules import Given
from app.shelters.handouts.values import Answer
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault

HANDED_OUT = 'shelters.handed_out'
SURPLUS = 'shelters.surplus_handed_out'
TAKEN_BACK = 'shelters.handout_taken_back'


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHandout:
    """What is to be written."""

    item: UUID
    shelter: UUID
    quantity: int
    evacuee: UUID | None = None
    household: UUID | None = None
    collected_by: UUID | None = None
    overrode: frozenset[Answer] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    """`proxy` and `reason`, as somebody typed them."""
    attempt: str = ''
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutInfo:
    """A handout of the record; without a person it is a surplus."""

    id: UUID
    item: UUID
    shelter: UUID
    evacuee: UUID | None
    household: UUID | None
    collected_by: UUID | None
    quantity: int
    given_at: datetime
    overrode: frozenset[Answer]
    proxy: str = field(repr=False)
    reason: str = field(repr=False)
    origin: UUID | None
    taken_back_at: datetime | None
    practice: bool


class HandoutRecords:
    """Writes and reads the rows; decides nothing."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def write(self, tx: Transaction, new: NewHandout, actor: Actor, desk: UUID | None) -> HandoutInfo:
        """Row and journal line; the person's key exists, as they are registered."""
        id_, moment = uuid.uuid4(), clock.moment()
        written = await self._journal.append(tx, self._act(id_, new, actor, desk))
        row = await Handout.create(
            id=id_,
            sequence=written.sequence,
            item=new.item,
            shelter=new.shelter,
            evacuee=new.evacuee,
            household=new.household,
            collected_by=new.collected_by,
            quantity=new.quantity,
            given_at=moment.at,
            boot_id=moment.boot_id,
            monotonic_ns=moment.monotonic_ns,
            overrode=' '.join(sorted(new.overrode)),
            words=self._sealed(id_, new),
            desk=desk,
            practice=new.practice,
            using_db=tx.connection,
        )
        return self.info(row)

    async def of_attempt(self, tx: Transaction, attempt: str) -> HandoutInfo | None:
        """What this attempt wrote before, if it did."""
        sequence = await self._journal.sequence_of_attempt(tx, attempt) if attempt else None
        row = await Handout.filter(sequence=sequence).using_db(tx.connection).first() if sequence else None
        return self.info(row) if row else None

    async def take_back(self, tx: Transaction, row: Handout, actor: Actor, desk: UUID | None, reason: str) -> None:
        """Mark it as not given after all; the line of the handout stays."""
        await Handout.filter(id=row.id).using_db(tx.connection).update(taken_back_at=clock.now())
        payload = {'handout': str(row.id), 'item': str(row.item), 'shelter': str(row.shelter), 'practice': row.practice}
        subjects = (row.evacuee,) if row.evacuee else ()
        sealed = (Sealed(row.evacuee, RecordClass.SHELTER, {'reason': reason}),) if row.evacuee and reason else ()
        act = Act(kind=TAKEN_BACK, actor=actor, subjects=subjects, desk=desk, payload=payload, sealed=sealed)
        await self._journal.append(tx, act)

    def info(self, row: Handout) -> HandoutInfo:
        """A row as a value, its words opened."""
        words = self._words(row)
        return HandoutInfo(
            id=row.id,
            item=row.item,
            shelter=row.shelter,
            evacuee=row.evacuee,
            household=row.household,
            collected_by=row.collected_by,
            quantity=row.quantity,
            given_at=row.given_at,
            overrode=frozenset(Answer(each) for each in row.overrode.split()),
            proxy=words.get('proxy', ''),
            reason=words.get('reason', ''),
            origin=row.origin,
            taken_back_at=row.taken_back_at,
            practice=row.practice,
        )

    def _act(self, handout: UUID, new: NewHandout, actor: Actor, desk: UUID | None) -> Act:
        payload = {
            'handout': str(handout),
            'item': str(new.item),
            'shelter': str(new.shelter),
            'household': str(new.household) if new.household else None,
            'collected_by': str(new.collected_by) if new.collected_by else None,
            'quantity': new.quantity,
            'overrode': sorted(new.overrode),
            'practice': new.practice,
        }
        return Act(
            kind=HANDED_OUT if new.evacuee else SURPLUS,
            actor=actor,
            subjects=tuple(each for each in (new.evacuee, new.collected_by) if each),
            desk=desk,
            attempt=new.attempt,
            payload=payload,
            sealed=(Sealed(new.evacuee, RecordClass.SHELTER, new.words),) if new.evacuee and new.words else (),
        )

    def _sealed(self, handout: UUID, new: NewHandout) -> bytes | None:
        if new.evacuee is None or not new.words:
            return None
        text = json.dumps(dict(new.words), ensure_ascii=False)
        return self._vault.seal((new.evacuee, RecordClass.SHELTER), f'handout.words.{handout}', text)

    def _words(self, row: Handout) -> Mapping[str, str]:
        if row.words is None or row.evacuee is None:
            return {}
        text = self._vault.open((row.evacuee, RecordClass.SHELTER), f'handout.words.{row.id}', row.words)
        return json.loads(text) if text else {}


def given_of(rows: Iterable[Handout]) -> list[Given]:
    """What the rules must know of earlier handouts."""
    return [Given(row.item, row.given_at, row.boot_id, row.monotonic_ns) for row in rows]
