"""What a journal line is made of, and how its hash is computed."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from app.clock import Moment
from app.storage.vault import RecordClass

HASH_VERSION = 1
GENESIS = '0' * 64
HASHED_COLUMNS = (
    'sequence', 'id', 'box', 'epoch', 'kind', 'version', 'subjects', 'actor', 'assurance', 'desk', 'attempt',
    'happened_at', 'recorded_at', 'boot_id', 'monotonic_ns', 'clock_quality', 'batch', 'payload', 'hash_version',
    'previous_hash',
)  # fmt: skip
COLUMNS = (*HASHED_COLUMNS, 'hash')
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(',', ':'))


class Assurance(StrEnum):
    """How sure the box is of who acted."""

    SYSTEM = 'system'
    COMMAND_LINE = 'command_line'
    SETUP_CODE = 'setup_code'
    SEALED_CODE = 'sealed_code'
    """Of the paper in the key box of a shelter."""
    PASSWORD = 'password'  # noqa: S105 - names a way to be known, holds none
    CARD = 'card'
    PROVEN_CARD = 'proven_card'
    DEVICE = 'device'


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: the id of a person, or the name of a part of the box."""

    id: str
    assurance: Assurance

    @classmethod
    def system(cls) -> 'Actor':
        """The box by itself."""
        return cls('system', Assurance.SYSTEM)

    @classmethod
    def command_line(cls) -> 'Actor':
        """Whoever may open the data directory on the machine."""
        return cls('command-line', Assurance.COMMAND_LINE)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Personal attributes in a line, readable as long as their key exists."""

    subject: UUID
    record_class: RecordClass
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something the box accepts, before it is written."""

    kind: str
    actor: Actor
    subjects: tuple[UUID, ...] = ()
    version: int = 1
    desk: UUID | None = None
    attempt: str = ''
    """Names the attempt: the same one twice is one act. Empty: the act has no retry."""
    happened: Moment | None = None
    """When it happened, if that is not now."""
    payload: Mapping[str, Any] = field(default_factory=dict)
    sealed: tuple[Sealed, ...] = ()
    batch: UUID | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Where an act stands in the journal."""

    sequence: int
    id: UUID
    recorded: Moment


def canonical(value: Any) -> str:
    """JSON with one spelling for one value."""
    return _ENCODER.encode(value)


def line_hash(line: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a line as it is stored; the hash of the line before is part of it."""
    return sha256(canonical([line[column] for column in HASHED_COLUMNS]).encode()).hexdigest()


def uuid7(unix_milliseconds: int) -> UUID:
    """A UUIDv7 (RFC 9562): sorts by time, and cannot be guessed."""
    chance = secrets.randbits(74)
    value = (unix_milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (chance >> 62) << 64
    return UUID(int=value | 0b10 << 62 | chance & (2**62 - 1))
