"""Paper forms by picture: kept sealed, their codes read, typed in beside the picture, and then part of the person."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.files.giving import give_file
from app.files.models import FileContent, StoredFile
from app.files.store import FileKind, FileStore, NewFile
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.papers.models import PaperPhoto
from app.shelters.places import ShelterInfo
from app.shelters.printed_codes import typed_code
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

ENTERED, SET_ASIDE = 'shelters.paper_entered', 'shelters.paper_set_aside'
CODE = 'paper_photo.code.{}'


class PaperState(StrEnum):
    """How far a picture is."""

    WAITING = 'waiting'
    ENTERED = 'entered'
    ASIDE = 'aside'
    """Blurred, twice, or no form: thrown away."""


class NotWaiting(Exception):
    """Somebody else entered it, or set it aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperInfo:
    """A picture of a form."""

    id: UUID
    shelter: UUID
    file: UUID
    code: str = field(repr=False)
    """Empty: none was read."""
    evacuee: UUID | None
    state: PaperState
    added_at: datetime
    practice: bool


class Papers:
    """The pictures of forms of the shelters of one box."""

    def __init__(self, vault: Vault, journal: Journal, files: FileStore) -> None:
        self._vault = vault
        self._journal = journal
        self._files = files

    async def add(self, shelter: ShelterInfo, content: bytes, actor: Actor) -> PaperInfo:
        """Keep a picture until it is typed in; it is decoded and made anew in a child.

        Raises:
            PictureError: it is no picture that can be taken; nothing is kept.
            ChildError: it could not be looked at now.
            StorageError: it was not stored.
        """
        photo, at = uuid.uuid4(), clock.now()
        new = NewFile(kind=FileKind.PAPER, content=content, subject=photo, record=photo, taken_at=at)
        prepared = await self._files.prepare(new, actor)
        code = code_of(prepared.codes)

        async def work(tx: Transaction) -> PaperInfo:
            await self._files.write(tx, prepared)
            row = await PaperPhoto.create(
                id=photo,
                shelter=shelter.id,
                file=prepared.info.id,
                code=self._vault.seal((photo, RecordClass.SHELTER), CODE.format(photo), code) if code else b'',
                state=str(PaperState.WAITING),
                added_at=at,
                added_by=actor.id,
                practice=shelter.practice,
                using_db=tx.connection,
            )
            return self._info(row)

        return await transaction(work)

    async def waiting(self, shelter: ShelterInfo, limit: int) -> tuple[list[PaperInfo], int]:
        """The pictures to be typed in, the oldest first, and how many there are."""
        rows = PaperPhoto.filter(shelter=shelter.id, state=str(PaperState.WAITING), practice=shelter.practice)
        found = await rows.order_by('added_at').limit(limit)
        return [self._info(row) for row in found], await rows.count()

    async def get(self, photo: UUID) -> PaperInfo | None:
        """The picture of this id."""
        row = await PaperPhoto.get_or_none(id=photo)
        return self._info(row) if row else None

    async def of(self, evacuee: UUID) -> list[PaperInfo]:
        """The forms that were typed in for a person."""
        return [self._info(row) for row in await PaperPhoto.filter(evacuee=evacuee).order_by('added_at')]

    async def enter(self, photo: UUID, evacuee: UUID, actor: Actor) -> None:
        """It was typed in for this person: the picture goes with their record from now on.

        Raises:
            NotWaiting: somebody else was faster.
            StorageError: it still waits.
        """

        async def work(tx: Transaction) -> None:
            row = await _waiting(tx, photo)
            await (
                PaperPhoto.filter(id=photo)
                .using_db(tx.connection)
                .update(state=str(PaperState.ENTERED), evacuee=evacuee, code=b'', ended_at=clock.now())
            )
            await give_file(tx, self._vault, self._journal, row.file, evacuee, actor)
            payload = {'shelter': str(row.shelter), 'practice': row.practice}
            await self._journal.append(tx, Act(kind=ENTERED, actor=actor, subjects=(evacuee, photo), payload=payload))

        await transaction(work)
        await self._vault.erase((photo, RecordClass.SHELTER))

    async def set_aside(self, photo: UUID, actor: Actor) -> None:
        """It is no form, blurred or twice: what it shows is thrown away.

        Raises:
            NotWaiting: it was entered, or set aside before.
        """

        async def work(tx: Transaction) -> UUID:
            row = await _waiting(tx, photo)
            changes = {'state': str(PaperState.ASIDE), 'code': b'', 'ended_at': clock.now()}
            await PaperPhoto.filter(id=photo).using_db(tx.connection).update(**changes)
            await FileContent.filter(file=row.file).using_db(tx.connection).delete()
            await StoredFile.filter(id=row.file).using_db(tx.connection).delete()
            payload = {'shelter': str(row.shelter), 'practice': row.practice}
            await self._journal.append(tx, Act(kind=SET_ASIDE, actor=actor, subjects=(photo,), payload=payload))
            file: UUID = row.file
            return file

        file = await transaction(work)
        await self._vault.erase_all([(photo, RecordClass.SHELTER), (file, RecordClass.SHELTER)])

    def _info(self, row: PaperPhoto) -> PaperInfo:
        owner = (row.id, RecordClass.SHELTER)
        code = self._vault.open(owner, CODE.format(row.id), row.code) if row.code else ''
        return PaperInfo(
            id=row.id,
            shelter=row.shelter,
            file=row.file,
            code=code or '',
            evacuee=row.evacuee,
            state=PaperState(row.state),
            added_at=row.added_at,
            practice=row.practice,
        )


def code_of(codes: Iterable[str]) -> str:
    """The first of these that is the code of a form of ours; empty: none is."""
    return next((one for one in (typed_code(each) for each in codes) if one), '')


async def _waiting(tx: Transaction, photo: UUID) -> PaperPhoto:
    row = await PaperPhoto.get_or_none(id=photo, state=str(PaperState.WAITING), using_db=tx.connection)
    if row is None:
        raise NotWaiting
    return row
