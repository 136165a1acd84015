"""What is asked of handing out, and what it answers."""

from dataclasses import dataclass, field
from uuid import UUID

from app.shelters.handouts.records import HandoutInfo
from app.shelters.handouts.rules import Objection
from app.shelters.handouts.values import Answer, Collector


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody stands at the desk, or another for them."""

    item: UUID
    shelter: UUID
    evacuee: UUID
    collected_by: UUID | None = None
    """Another person of the shelter who collects it."""
    proxy: str = field(default='', repr=False)
    """The name of somebody who is not registered and collects it."""
    overridden: frozenset[Answer] = frozenset()
    """What an officer sets aside, with a reason."""
    reason: str = field(default='', repr=False)
    knowing_others: bool = False
    """What other boxes told was shown at the desk, and it is given all the same."""
    attempt: str = ''
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Given, or why not."""

    handout: HandoutInfo | None
    objection: Objection | None


@dataclass(frozen=True, slots=True)
class Count:
    """What a shelter has handed out of an item."""

    pieces: int
    times: int


class UnknownItem(Exception):
    """There is no such item, or it is a benefit that is applied for."""


class ReasonMissing(Exception):
    """A rule is set aside only with a reason."""


def collector_of(wanted: Wanted) -> Collector:
    """Who stands at the desk."""
    if wanted.proxy.strip():
        return Collector.NAMED
    return Collector.HOUSEHOLD if wanted.collected_by else Collector.THEMSELVES
