"""Pictures that belong to records: made anew, sealed, journaled, and opened only with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID, uuid4

from app import clock
from app.children.supervisor import Children, Limits
from app.files.models import FileContent, StoredFile
from app.files.picture_work import MOST_BYTES, order, read_answer, read_codes
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Owner, RecordClass, Vault
from device_drivers.camera.picture_header import PictureError, PictureProblem

KEPT, OPENED = 'files.kept', 'files.opened'
LIMITS = Limits(wall_seconds=60, cpu_seconds=20, memory_bytes=2 * 1024**3)
MEDIA_TYPE = 'image/jpeg'


class FileKind(StrEnum):
    """What a picture shows."""

    BREATH_DISPLAY = 'breath_display'
    FACE = 'face'
    ACCIDENT = 'accident'
    RECEIPT = 'receipt'
    PAPER = 'paper'
    """A form filled in by hand."""
    EVIDENCE = 'evidence'
    """What somebody shows who applies for a benefit."""


RECORD_CLASSES: Mapping[FileKind, RecordClass] = {
    FileKind.BREATH_DISPLAY: RecordClass.ALCOHOL,
    FileKind.FACE: RecordClass.ALCOHOL,
    FileKind.ACCIDENT: RecordClass.ACCIDENT,
    FileKind.RECEIPT: RecordClass.VEHICLES,
    FileKind.PAPER: RecordClass.SHELTER,
    FileKind.EVIDENCE: RecordClass.SHELTER,
}
SIZES: Mapping[FileKind, tuple[int, int]] = {
    FileKind.BREATH_DISPLAY: (800, 75),
    FileKind.FACE: (640, 70),
    FileKind.ACCIDENT: (1600, 80),
    FileKind.RECEIPT: (1280, 75),
    FileKind.PAPER: (2000, 80),
    FileKind.EVIDENCE: (1600, 80),
}
"""Longest edge in pixels and JPEG quality: faces are evidence, not identification (domain/vehicles 5.3)."""

WITH_CODES = frozenset({FileKind.PAPER})
"""On these, QR codes are read."""


class FileGone(Exception):
    """There is no such picture, or its key was thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A picture as it came from a camera or a person; its kind decides the record class."""

    kind: FileKind
    content: bytes = field(repr=False)
    """JPEG or PNG."""
    subject: UUID
    """The person or the car that it is about."""
    record: UUID
    """The trip or the breath test that it belongs to."""
    taken_at: datetime
    """Retention counts from here; what goes with its record has the record's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInfo:
    """A picture that is kept. `size` in bytes; `sha256` (hex) of the sealed content; times with a zone."""

    id: UUID
    kind: FileKind
    record_class: RecordClass
    subject: UUID
    record: UUID
    media_type: str
    size: int
    sha256: str
    taken_at: datetime
    kept_at: datetime
    kept_by: str


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A picture that is checked and sealed, ready for the transaction of its record."""

    info: FileInfo
    actor: Actor
    sealed: bytes = field(repr=False)
    codes: tuple[str, ...] = field(default=(), repr=False)
    """Read on it, where its kind has some."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A picture that somebody may look at."""

    info: FileInfo
    content: bytes = field(repr=False)


class FileStore:
    """The pictures of one box; contents lie in its database, so that a row and its content come and go together."""

    def __init__(self, vault: Vault, journal: Journal, limits: Limits = LIMITS) -> None:
        self._vault = vault
        self._journal = journal
        self._children = Children('app.files.picture_work:work', size=1, waiting=10, limits=limits)

    async def keep(self, new: NewFile, actor: Actor) -> FileInfo:
        """Check, seal and store a picture.

        Raises:
            PictureError: it is no picture that can be taken; nothing is kept.
            ChildError: it could not be looked at now.
            StorageError: it was not stored.
        """
        prepared = await self.prepare(new, actor)
        await transaction(lambda tx: self.write(tx, prepared))
        return prepared.info

    async def prepare(self, new: NewFile, actor: Actor) -> PreparedFile:
        """The first half of `keep`, before the transaction that writes the record; raises the same."""
        if len(new.content) > MOST_BYTES:
            raise PictureError(PictureProblem.TOO_MANY_BYTES)
        asked = order(new.content, *SIZES[new.kind], with_codes=new.kind in WITH_CODES)
        answer = await self._children.run(asked)
        picture = read_answer(answer)
        file, record_class = uuid4(), RECORD_CLASSES[new.kind]
        await self._vault.ensure([(file, record_class), (new.subject, record_class)])
        sealed = self._seal(file, (new.subject, record_class), picture.jpeg)
        info = FileInfo(
            id=file,
            kind=new.kind,
            record_class=record_class,
            subject=new.subject,
            record=new.record,
            media_type=MEDIA_TYPE,
            size=len(picture.jpeg),
            sha256=sha256(sealed).hexdigest(),
            taken_at=new.taken_at.astimezone(clock.TOKYO),
            kept_at=clock.now(),
            kept_by=actor.id,
        )
        return PreparedFile(info, actor, sealed, read_codes(answer))

    async def write(self, tx: Transaction, prepared: PreparedFile) -> None:
        """The second half of `keep`: row, content and journal line."""
        info, sealed = prepared.info, prepared.sealed
        await StoredFile.create(
            id=info.id,
            kind=str(info.kind),
            record_class=str(info.record_class),
            subject=info.subject,
            record=info.record,
            media_type=info.media_type,
            size=info.size,
            sha256=info.sha256,
            taken_at=info.taken_at,
            kept_at=info.kept_at,
            kept_by=info.kept_by,
        )
        await FileContent.create(file=info.id, sealed=sealed)
        subjects = (info.subject, info.record)
        await self._journal.append(tx, Act(kind=KEPT, actor=prepared.actor, subjects=subjects, payload=_facts(info)))

    async def of(self, record: UUID) -> list[FileInfo]:
        """The pictures of a record, in the order in which they were taken."""
        return [_info(row) for row in await StoredFile.filter(record=record).order_by('taken_at', 'kept_at')]

    async def open(self, file: UUID, actor: Actor, reason: str) -> OpenedFile:
        """What a picture shows; that it was looked at, by whom and why, is journaled before.

        Raises:
            FileGone: there is none, or it was erased.
            DatabaseDamaged: it is not what was stored.
            StorageError: the look could not be recorded.
        """
        row, content = await StoredFile.get_or_none(id=file), await FileContent.get_or_none(file=file)
        if row is None or content is None:
            raise FileGone(str(file))
        info = _info(row)
        opened = self._open(file, (info.subject, info.record_class), content.sealed)
        if opened is None:
            raise FileGone(str(file))
        facts = {**_facts(info), 'reason': reason}
        act = Act(kind=OPENED, actor=actor, subjects=(info.subject, info.record), payload=facts)
        await transaction(lambda tx: self._journal.append(tx, act))
        return OpenedFile(info, opened)

    async def close(self) -> None:
        """Stop looking at pictures."""
        await self._children.close()

    def _seal(self, file: UUID, owner: Owner, content: bytes) -> bytes:
        """With a key of its own, by which it is erased alone, and around it with the key of its subject."""
        inner = self._vault.seal_bytes((file, owner[1]), f'file_content.inner.{file}', content)
        return self._vault.seal_bytes(owner, f'file_content.sealed.{file}', inner)

    def _open(self, file: UUID, owner: Owner, sealed: bytes) -> bytes | None:
        inner = self._vault.open_bytes(owner, f'file_content.sealed.{file}', sealed)
        return None if inner is None else self._vault.open_bytes((file, owner[1]), f'file_content.inner.{file}', inner)


def _info(row: StoredFile) -> FileInfo:
    return FileInfo(
        id=row.id,
        kind=FileKind(row.kind),
        record_class=RecordClass(row.record_class),
        subject=row.subject,
        record=row.record,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        taken_at=row.taken_at.astimezone(clock.TOKYO),
        kept_at=row.kept_at.astimezone(clock.TOKYO),
        kept_by=row.kept_by,
    )


def _facts(info: FileInfo) -> dict[str, str | int]:
    return {
        'file': str(info.id),
        'what': str(info.kind),
        'record_class': str(info.record_class),
        'media_type': info.media_type,
        'size': info.size,
        'sha256': info.sha256,
    }
