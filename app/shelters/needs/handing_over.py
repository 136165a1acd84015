"""Notes to the staff of the next day (引き継ぎ)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.needs.helpers import HelpRefused
from app.shelters.needs.models import HandingOver
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

NOTE_WRITTEN = 'shelters.note_written'
NOTE_READ = 'shelters.note_read'
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Note:
    """A note to those who come next."""

    id: UUID
    words: str = field(repr=False)
    """Empty once the key was thrown away."""
    written_at: datetime
    read_at: datetime | None


class Notes:
    """The notes of the shelters of this box."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def write(self, shelter: UUID, words: str, actor: Actor, *, practice: bool) -> None:
        """Leave a note, sealed under itself, for names stand in such notes.

        Raises:
            HelpRefused: nothing was written, or too much.
        """
        text = words.strip()
        if not text or len(text) > LONGEST_NOTE:
            raise HelpRefused('note')
        note = uuid.uuid4()
        await self._vault.ensure([(note, RecordClass.SHELTER)])

        async def work(tx: Transaction) -> None:
            row = await HandingOver.create(
                id=note,
                shelter=shelter,
                details=self._vault.seal((note, RecordClass.SHELTER), _place(note), text),
                written_at=clock.now(),
                practice=practice,
                using_db=tx.connection,
            )
            await self._write(tx, NOTE_WRITTEN, row, actor, (Sealed(note, RecordClass.SHELTER, {'words': text}),))

        await transaction(work)

    async def read(self, note: UUID, actor: Actor) -> None:
        """The next staff took it in; the first time counts.

        Raises:
            HelpRefused: there is no such note that nobody read.
        """

        async def work(tx: Transaction) -> None:
            row = await HandingOver.get_or_none(id=note, read_at=None, using_db=tx.connection)
            if row is None:
                raise HelpRefused('note')
            await HandingOver.filter(id=note).using_db(tx.connection).update(read_at=clock.now())
            await self._write(tx, NOTE_READ, row, actor)

        await transaction(work)

    async def last(self, shelter: UUID, *, practice: bool, limit: int = 20) -> Sequence[Note]:
        """The last notes, the newest first."""
        rows = await HandingOver.filter(shelter=shelter, practice=practice).order_by('-written_at').limit(limit)
        return [self._note(row) for row in rows]

    async def _write(
        self, tx: Transaction, kind: str, row: HandingOver, actor: Actor, sealed: tuple[Sealed, ...] = ()
    ) -> None:
        payload, subjects = {'practice': row.practice}, (row.shelter, row.id)
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=subjects, payload=payload, sealed=sealed))

    def _note(self, row: HandingOver) -> Note:
        words = self._vault.open((row.id, RecordClass.SHELTER), _place(row.id), row.details) or ''
        return Note(row.id, words, row.written_at, row.read_at)


def _place(note: UUID) -> str:
    return f'handing_over.details.{note}'
