"""Somebody on the list of those who need help to flee (避難行動要支援者名簿, 災害対策基本法 49条の10 and 11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class CallResult(StrEnum):
    """What came of a call or a visit."""

    SAFE = 'safe'
    NOT_REACHED = 'not_reached'
    NEEDS_RESCUE = 'needs_rescue'


class Standing(StrEnum):
    """What is known about somebody, the most urgent first."""

    NEEDS_RESCUE = 'needs_rescue'
    NOT_REACHED = 'not_reached'
    UNKNOWN = 'unknown'
    """Nobody called yet."""
    CANDIDATE = 'candidate'
    """Somebody who arrived may be the same person; a person decides."""
    SAFE = 'safe'
    ARRIVED = 'arrived'


@dataclass(frozen=True, slots=True, kw_only=True)
class VulnerableEntry:
    """A row of the list; empty: not on it."""

    name: str
    kana: str = ''
    birth_date: date | None = None
    address: str = ''
    neighbourhood: str = ''
    """町会."""
    district: str = ''
    """校下."""
    phone: str = ''
    reasons: str = ''
    supporter: str = ''
    """避難支援等関係者, with telephone."""
    consent: bool | None = None
    """Whether the person agreed to sharing before a disaster; None: not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that was made."""

    at: datetime
    caller: str
    result: CallResult
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who arrived and may be the same person."""

    evacuee: UUID
    number: str
    name: str = field(repr=False)
    exact: bool
    """Name and birth date agree; else one of them nearly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VulnerableInfo:
    """Somebody on the list, as known in this disaster."""

    id: UUID
    entry: VulnerableEntry = field(repr=False)
    arrived: UUID | None
    likely: tuple[Likely, ...]
    calls: tuple[Call, ...]
    """The newest first."""

    @property
    def standing(self) -> Standing:
        """What is known; who arrived is safe from calls, and the last call counts."""
        if self.arrived:
            return Standing.ARRIVED
        last = self.calls[0].result if self.calls else None
        if last in (CallResult.SAFE, CallResult.NEEDS_RESCUE):
            return Standing(last)
        if self.likely:
            return Standing.CANDIDATE
        return Standing.NOT_REACHED if last else Standing.UNKNOWN


def entry_values(entry: VulnerableEntry) -> dict[str, Any]:
    """For JSON."""
    values = {each.name: getattr(entry, each.name) for each in fields(entry)}
    return {**values, 'birth_date': entry.birth_date.isoformat() if entry.birth_date else None}


def entry_of(values: Mapping[str, Any]) -> VulnerableEntry:
    """What `entry_values` wrote."""
    born = values.get('birth_date')
    return VulnerableEntry(**{**values, 'birth_date': date.fromisoformat(born) if born else None})
