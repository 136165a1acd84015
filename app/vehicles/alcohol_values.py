"""A breath test and its line in the record book, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.clock import Moment


class Phase(StrEnum):
    """Before or after the drive; the law wants both."""

    BEFORE = 'before'
    AFTER = 'after'


class Method(StrEnum):
    """確認の方法: face to face is the principle, the others need a reason to exist."""

    FACE_TO_FACE = 'face_to_face'
    TELEPHONE = 'telephone'
    VIDEO = 'video'


class CheckRefused(Exception):
    """The value cannot be one of a breath test."""


class OwnCheck(CheckRefused):
    """The driver would confirm their own breath test."""


class ReadingSource(StrEnum):
    """How a value came to a desk with a checker."""

    CHECKER = 'checker'
    TYPED = 'typed'


@dataclass(frozen=True, slots=True)
class Told:
    """How a value came, the state of the checker then, and what it said word for word."""

    source: ReadingSource
    checker_state: str
    words: str = field(default='', repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breath:
    """One attempt at a desk. `value` in milligrams a litre of breath."""

    phase: Phase
    driver: UUID
    vehicle: UUID | None
    confirmer: UUID
    """確認者: the guard on duty, a manager, or who confirmed with a tap."""
    method: Method
    checker: UUID | None
    value: Decimal
    desk: UUID | None
    trip: UUID | None = None
    attempt: str = ''
    """Names this measurement; handled twice it is one."""
    at: Moment | None = None
    """When, if that is not now: entered from paper, or told by a checker."""
    told: Told | None = None
    """How the value came; None where there is no checker with a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInfo:
    """One line of the record book (アルコール検知記録簿): the 8 items of the circular."""

    sequence: int
    id: UUID
    phase: Phase
    driver: UUID
    vehicle: UUID | None
    trip: UUID | None
    checked_at: datetime
    confirmer: UUID
    method: Method
    checker: UUID | None
    value: Decimal
    is_positive: bool
    instruction: str
    instructed_by: UUID | None
