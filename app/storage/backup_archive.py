"""The file that a backup is: a plain tar whose first member says what all others must be."""

import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import IO

FORMAT_VERSION = 1
MANIFEST = 'manifest.json'
DATABASE, KEYS, BOX_KEY = 'machibako.db', 'keys.db', 'box.key'
ERASURES, CHECKPOINT, SETTINGS = 'erasures.jsonl', 'checkpoint.jsonl', 'machibako.toml'
EXCHANGE_KEY, EXCHANGE_CERTIFICATE = 'exchange.key', 'exchange.pem'
REQUIRED = frozenset({DATABASE, KEYS, BOX_KEY, CHECKPOINT})
PARTS = (DATABASE, KEYS, BOX_KEY, CHECKPOINT, ERASURES, SETTINGS, EXCHANGE_KEY, EXCHANGE_CERTIFICATE)
LARGEST_MANIFEST = 65_536
LARGEST_READ = 1 << 20
_PLAIN_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE)


class BackupProblem(StrEnum):
    """Why a file is not taken as a backup."""

    UNREADABLE = 'unreadable'
    NOT_A_BACKUP = 'not_a_backup'
    NEWER_FORMAT = 'newer_format'
    CUT_OFF = 'cut_off'
    CHANGED = 'changed'
    NEEDS_IDENTITY = 'needs_identity'
    WRONG_IDENTITY = 'wrong_identity'
    BAD_IDENTITY = 'bad_identity'
    BAD_RECIPIENT = 'bad_recipient'
    DAMAGED = 'damaged'
    JOURNAL_BROKEN = 'journal_broken'
    NEWER_DATABASE = 'newer_database'


class BackupRefused(Exception):
    """The file is no backup that can be relied on; nothing was replaced."""

    def __init__(self, problem: BackupProblem, detail: str = '') -> None:
        super().__init__(f'{problem.value}: {detail}' if detail else problem.value)
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is in a backup, and how far its journal goes. `created_at` is RFC 3339."""

    format: int = FORMAT_VERSION
    box: str
    epoch: str
    sequence: int
    hash: str
    created_at: str
    parts: Mapping[str, Part]


def measure_parts(folder: Path) -> dict[str, Part]:
    """Size and hash of every part that lies in the folder."""
    return {name: _measure(folder / name) for name in PARTS if (folder / name).exists()}


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write the backup and wait until it is on the disk."""
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, 'wb') as file:
        with tarfile.open(fileobj=file, mode='w', format=tarfile.GNU_FORMAT) as archive:
            _add(archive, MANIFEST, len(content), io.BytesIO(content))
            for name, part in manifest.parts.items():
                with (folder / name).open('rb') as source:
                    _add(archive, name, part.size, source)
        file.flush()
        os.fsync(file.fileno())


def unpack(source: Path, folder: Path) -> Manifest:
    """Write the parts of a backup into an empty folder, each checked against the manifest.

    Raises:
        BackupRefused: it is no backup, or not the one that was written; the folder may hold some parts.
    """
    try:
        with source.open('rb') as file, tarfile.open(fileobj=_ShortReads(file), mode='r:') as archive:
            manifest = _read_manifest(archive)
            for name, part in manifest.parts.items():
                _extract(archive, name, part, folder / name)
            if archive.next() is not None:
                raise BackupRefused(BackupProblem.CHANGED, 'more files than the manifest names')
    except (tarfile.TarError, ValueError, OverflowError, EOFError) as error:
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, str(error)) from None
    return manifest


class _ShortReads(io.BufferedIOBase):
    """Keeps a forged header from making tarfile read gigabytes into memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= LARGEST_READ:
            raise BackupRefused(BackupProblem.NOT_A_BACKUP, 'a header is too large')
        return self._file.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    member = _next(archive, MANIFEST)
    if member.size > LARGEST_MANIFEST:
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, 'the manifest is too large')
    content = _content(archive, member).read(member.size)
    try:
        values = json.loads(content)
        if values['format'] > FORMAT_VERSION:
            raise BackupRefused(BackupProblem.NEWER_FORMAT, str(values['format']))
        values['parts'] = {name: Part(**part) for name, part in values['parts'].items()}
        manifest = Manifest(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, f'manifest: {error}') from None
    _refuse_wrong_names(set(manifest.parts))
    return manifest


def _refuse_wrong_names(names: set[str]) -> None:
    if unknown := sorted(names - set(PARTS)):
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, f'unknown part {unknown[0]!r}')
    if missing := sorted(REQUIRED - names):
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, f'{missing[0]} is missing')


def _extract(archive: tarfile.TarFile, name: str, part: Part, target: Path) -> None:
    member = _next(archive, name)
    if member.size != part.size:
        raise BackupRefused(BackupProblem.CHANGED, name)
    source, digest, left = _content(archive, member), sha256(), member.size
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, 'wb') as file:
        while left > 0:
            chunk = source.read(min(left, LARGEST_READ))
            if not chunk:
                raise BackupRefused(BackupProblem.CUT_OFF, name)
            digest.update(chunk)
            file.write(chunk)
            left -= len(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != part.sha256:
        raise BackupRefused(BackupProblem.CHANGED, name)


def _next(archive: tarfile.TarFile, name: str) -> tarfile.TarInfo:
    try:
        member = archive.next()
    except tarfile.ReadError:
        raise BackupRefused(BackupProblem.CUT_OFF, name) from None
    if member is None:
        raise BackupRefused(BackupProblem.CUT_OFF, name)
    if member.name != name or member.type not in _PLAIN_FILES or member.sparse is not None:
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, f'{member.name!r} where {name} belongs')
    return member


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(member)
    if content is None:
        raise BackupRefused(BackupProblem.NOT_A_BACKUP, member.name)
    return content


def _add(archive: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    archive.addfile(member, content)


def _measure(file: Path) -> Part:
    digest = sha256()
    with file.open('rb') as content:
        while chunk := content.read(LARGEST_READ):
            digest.update(chunk)
    return Part(file.stat().st_size, digest.hexdigest())
