"""What a copy on a stick is, and why one is not made or not taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

SUFFIX = '.machibako'
MOST_BYTES = 24_000_000
MOST_UNPACKED = 400_000_000


class Problem(StrEnum):
    """Why nothing was written or taken."""

    NO_RECIPIENT = 'no_recipient'
    BAD_RECIPIENT = 'bad_recipient'
    NO_STICK = 'no_stick'
    STICK_FULL = 'stick_full'
    STICK_READ_ONLY = 'stick_read_only'
    STICK_FAILED = 'stick_failed'
    NOT_A_COPY = 'not_a_copy'
    NO_KEY = 'no_key'
    BAD_KEY = 'bad_key'
    WRONG_KEY = 'wrong_key'
    DAMAGED = 'damaged'
    """Cut off or changed since it was encrypted."""
    NEWER_FORMAT = 'newer_format'
    UNKNOWN_BOX = 'unknown_box'
    NOT_SIGNED = 'not_signed'
    """Whoever encrypted it is not the box that it names."""
    OLDER = 'older'
    SAME = 'same'


class CopyRefused(Exception):
    """Nothing was written, or nothing was taken."""

    def __init__(self, problem: Problem, detail: str = '') -> None:
        super().__init__(f'{problem}: {detail}' if detail else str(problem))
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is signed: whose state it is, and up to which line of its journal. `made_at` is RFC 3339."""

    format: int
    box: str
    box_name: str
    life: int
    sequence: int
    made_at: str
    practice: bool
    certificate: str
    """SHA-256 (hex) of the certificate of the box that signed."""
    sha256: str
    """Of the packed state (hex)."""


@dataclass(frozen=True, slots=True)
class MadeCopy:
    """A finished file."""

    name: str
    content: bytes = field(repr=False)
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyInfo:
    """A copy that was read; `people` is empty in lists, and where its key was thrown away."""

    id: UUID
    box: UUID
    box_name: str
    sequence: int
    made_at: datetime
    read_at: datetime
    figures: Sequence[Mapping[str, Any]]
    people: Sequence[Mapping[str, Any]] = field(repr=False)
    practice: bool
