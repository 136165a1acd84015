"""Making copies of this box for headquarters, and reading those of other boxes there."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from app import clock
from app.exchange.identity import ensure_identity
from app.exchange_settings import ExchangeSettings
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelter_settings import ShelterSettings
from app.shelters.copies.models import ReceivedCopy
from app.shelters.copies.packing import FORMAT, opened_file, packed, sealed_file
from app.shelters.copies.state import figures_of, made_at, read_state
from app.shelters.copies.stick import write_on_stick
from app.shelters.copies.values import SUFFIX, CopyInfo, CopyRefused, Header, MadeCopy, Problem
from app.storage.age import refuse_bad_recipients
from app.storage.backup_archive import BackupRefused
from app.storage.layout import DataDirectory
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

COPIED, READ, OPENED = 'shelters.copied', 'shelters.copy_read', 'shelters.copy_opened'
CONTENT = 'received_copy.content.{}'
WITHOUT_PEOPLE = ('id', 'box', 'box_name', 'life', 'sequence', 'made_at', 'read_at', 'figures', 'practice')


TakeFacts = Callable[[Sequence[Mapping[str, str]], UUID, Actor], Awaitable[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The copies of one box."""

    vault: Vault
    journal: Journal
    reading: ReadOnlyDatabase
    settings: ShelterSettings
    exchange: ExchangeSettings
    name: str
    """Of this box."""
    take_facts: TakeFacts
    """Takes what a copy tells of people whom several boxes know, and answers how much was new (docs/adr/015.md)."""

    async def make(self, actor: Actor, *, practice: bool) -> MadeCopy:
        """The state of the shelters now, readable to headquarters alone; that it was made is journaled before.

        Raises:
            CopyRefused: nobody is named who could read it.
            StorageError: it could not be written down, so nothing leaves the box.
        """
        self._refuse_recipients()
        box = self.journal.identity.box
        life, sequence, state = await self.reading.read(
            lambda rows: read_state(rows, self.vault, box, practice=practice)
        )
        identity = await asyncio.to_thread(ensure_identity, self._directory)
        body, at = await asyncio.to_thread(packed, state), clock.now()
        header = Header(
            format=FORMAT,
            box=str(box),
            box_name=self.name,
            life=life,
            sequence=sequence,
            made_at=at.isoformat(timespec='seconds'),
            practice=practice,
            certificate=sha256(identity.der).hexdigest(),
            sha256=sha256(body).hexdigest(),
        )
        content = await asyncio.to_thread(sealed_file, header, body, identity, self.settings.recipients)
        facts = {'sha256': sha256(content).hexdigest(), 'up_to': sequence, 'practice': practice}
        await self._write(COPIED, actor, (), {**facts, 'people': len(state['people'])})
        return MadeCopy(f'{header.box[:8]}-{at:%Y%m%d-%H%M%S}{SUFFIX}', content, sequence)

    async def put_on_stick(self, actor: Actor, folder: Path, *, practice: bool) -> Path:
        """The same, written on a stick at the box.

        Raises:
            CopyRefused: nobody could read it, or the stick did not take it.
        """
        made = await self.make(actor, practice=practice)
        return await asyncio.to_thread(write_on_stick, folder, made.name, made.content)

    async def read(self, content: bytes, identity: bytes, actor: Actor) -> CopyInfo:
        """Take a copy that passed every check; `identity` is the age key of headquarters.

        Raises:
            CopyRefused: it says which check failed; nothing was taken.
        """
        known = [peer.der for peer in self.exchange.peers]
        known.append((await asyncio.to_thread(ensure_identity, self._directory)).der)
        header, state = await asyncio.to_thread(opened_file, content, identity, known)
        await transaction(lambda tx: _refuse_older(tx, header))
        facts = await self.take_facts(state.get('facts', ()), UUID(header.box), actor)
        new = uuid.uuid4()
        await self.vault.ensure([(new, RecordClass.SHELTER)])
        people = json.dumps(state['people'], ensure_ascii=False)
        digest = sha256(content).hexdigest()

        async def work(tx: Transaction) -> CopyInfo:
            await _refuse_older(tx, header)
            row = await ReceivedCopy.create(
                id=new,
                box=UUID(header.box),
                box_name=header.box_name,
                life=header.life,
                sequence=header.sequence,
                made_at=made_at(header.made_at),
                read_at=clock.now(),
                read_by=actor.id,
                sha256=digest,
                figures=figures_of(state),
                content=self.vault.seal((new, RecordClass.SHELTER), CONTENT.format(new), people),
                practice=header.practice,
                using_db=tx.connection,
            )
            payload = {'sha256': digest, 'up_to': header.sequence, 'practice': header.practice, 'facts': facts}
            act = Act(kind=READ, actor=actor, subjects=(new,), payload=payload)
            await self.journal.append(tx, act)
            return _info(row, ())

        try:
            return await transaction(work)
        except CopyRefused:
            await self.vault.erase((new, RecordClass.SHELTER))
            raise

    async def read_file(self, content: bytes, actor: Actor) -> CopyInfo:
        """The same with the key that the settings name.

        Raises:
            CopyRefused: no key is named or readable, or a check failed.
        """
        file = self.settings.identity_file
        if file is None:
            raise CopyRefused(Problem.NO_KEY)
        try:
            identity = await asyncio.to_thread(file.read_bytes)
        except OSError as error:
            raise CopyRefused(Problem.BAD_KEY, error.strerror or '') from None
        return await self.read(content, identity, actor)

    async def newest(self) -> list[CopyInfo]:
        """The newest copy of each box, by its name; without the people."""
        rows = await ReceivedCopy.all().only(*WITHOUT_PEOPLE).order_by('life', 'sequence')
        latest = {(row.box, row.practice): row for row in rows}
        return [_info(row, ()) for row in sorted(latest.values(), key=lambda row: (row.box_name, row.practice))]

    async def open(self, copy: UUID, actor: Actor) -> CopyInfo | None:
        """A copy with its people; that somebody looked is journaled before."""
        row = await ReceivedCopy.get_or_none(id=copy)
        if row is None:
            return None
        await self._write(OPENED, actor, (copy,), {'practice': row.practice})
        text = self.vault.open((copy, RecordClass.SHELTER), CONTENT.format(copy), row.content)
        return _info(row, json.loads(text) if text else ())

    @property
    def _directory(self) -> DataDirectory:
        return DataDirectory(self.reading.database.parent)

    async def _write(self, kind: str, actor: Actor, subjects: tuple[UUID, ...], payload: dict[str, object]) -> None:
        act = Act(kind=kind, actor=actor, subjects=subjects, payload=payload)
        await transaction(lambda tx: self.journal.append(tx, act))

    def _refuse_recipients(self) -> None:
        if not self.settings.recipients:
            raise CopyRefused(Problem.NO_RECIPIENT)
        try:
            refuse_bad_recipients(self.settings.recipients)
        except BackupRefused as error:
            raise CopyRefused(Problem.BAD_RECIPIENT, error.detail) from None


async def _refuse_older(tx: Transaction, header: Header) -> None:
    rows = ReceivedCopy.filter(box=UUID(header.box), practice=header.practice).using_db(tx.connection)
    places = [(int(life), int(sequence)) for life, sequence in await rows.values_list('life', 'sequence')]
    if not places:
        return
    if max(places) > (header.life, header.sequence):
        raise CopyRefused(Problem.OLDER)
    if max(places) == (header.life, header.sequence):
        raise CopyRefused(Problem.SAME)


def _info(row: ReceivedCopy, people: tuple[dict[str, object], ...]) -> CopyInfo:
    return CopyInfo(
        id=row.id,
        box=row.box,
        box_name=row.box_name,
        sequence=row.sequence,
        made_at=row.made_at,
        read_at=row.read_at,
        figures=row.figures,
        people=people,
        practice=row.practice,
    )
