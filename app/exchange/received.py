"""Lines of other boxes as the rooms see them, and what the rooms do with them."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.exchange.message import ID
from app.journal.line import canonical
from app.storage.transaction import Transaction

FACTS = """
    SELECT line FROM exchange_line WHERE subject = ? AND kind IN ({kinds})
    UNION ALL
    SELECT json_object('id', id, 'kind', kind, 'payload', payload, 'happened_at', happened_at) FROM journal_line
    WHERE sequence IN (SELECT sequence FROM journal_subject WHERE subject = ?) AND kind IN ({kinds})
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """One act of another box, checked and opened."""

    box: UUID
    epoch: str
    sequence: int
    hash: str
    id: UUID
    kind: str
    version: int
    subjects: tuple[UUID, ...]
    actor: str
    desk: UUID | None
    happened_at: datetime
    recorded_at: datetime
    payload: Mapping[str, Any]
    """Everything that was not sealed there."""
    opened: tuple[Mapping[str, str] | None, ...] = ()
    """What was sealed there, in the order of the line; None where the key was thrown away."""
    people: Mapping[UUID, UUID] = field(default_factory=dict)
    """Members of staff: id there → id here, found by their staff number."""

    @property
    def acted(self) -> UUID | None:
        """The person who acted, by the id that this box knows; None: no person did."""
        return self.person(self.actor) if ID.fullmatch(self.actor) else None

    def person(self, there: object) -> UUID | None:
        """The id by which this box knows a person; the foreign one where it does not."""
        if there is None:
            return None
        foreign = UUID(str(there))
        return self.people.get(foreign, foreign)


Apply = Callable[[Transaction, ReceivedLine, int], Awaitable[None]]
"""Takes the transaction, the line, and the sequence of this box's journal line that says that it was applied."""
Ready = Callable[[Transaction, ReceivedLine], Awaitable[bool]]
Identify = Callable[[Transaction, UUID, UUID], Awaitable[None]]
"""Takes the transaction, the id that a person has at another box, and the id that the same person has here."""


async def always(_tx: Transaction, _line: ReceivedLine) -> bool:
    """The line needs nothing that may come later."""
    return True


@dataclass(slots=True)
class ExchangedKinds:
    """Which kinds of acts are sent to other boxes, and what those of other boxes do here."""

    _apply: dict[str, tuple[Apply, Ready]] = field(default_factory=dict)
    _identified: list[Identify] = field(default_factory=list)
    _settled: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    def add(self, kind: str, apply: Apply, ready: Ready = always) -> None:
        """Exchange this kind.

        `apply` writes the effect into its transaction. It never refuses: what happened elsewhere is a fact. While
        `ready` says no, the line waits for others.
        """
        self._apply[kind] = (apply, ready)

    def when_settled(self, action: Callable[[], Awaitable[None]]) -> None:
        """Do this whenever all that a peer had to tell was applied."""
        self._settled.append(action)

    def when_identified(self, action: Identify) -> None:
        """Do this when somebody is imported of whom other boxes have told before: records take the id of this box."""
        self._identified.append(action)

    async def identify(self, tx: Transaction, there: UUID, here: UUID) -> None:
        """Let the rooms give their records of a person the id that the person has here."""
        for action in self._identified:
            await action(tx, there, here)

    def names(self) -> tuple[str, ...]:
        """All exchanged kinds."""
        return tuple(sorted(self._apply))

    def knows(self, kind: str) -> bool:
        """Whether this version can apply the kind."""
        return kind in self._apply

    async def ready(self, tx: Transaction, line: ReceivedLine) -> bool:
        """Whether the line can be applied now."""
        return self.knows(line.kind) and await self._apply[line.kind][1](tx, line)

    async def apply(self, tx: Transaction, line: ReceivedLine, sequence: int) -> None:
        """Let the line take effect."""
        await self._apply[line.kind][0](tx, line, sequence)

    async def settled(self) -> None:
        """Tell the rooms that nothing more is on the way."""
        for action in self._settled:
            await action()


def received_line(
    line: Mapping[str, Any], people: Mapping[UUID, UUID], opened: Iterable[Mapping[str, str] | None]
) -> ReceivedLine:
    """A stored line as a value."""
    payload = json.loads(line['payload'])
    payload.pop('sealed', None)
    return ReceivedLine(
        box=UUID(line['box']),
        epoch=line['epoch'],
        sequence=line['sequence'],
        hash=line['hash'],
        id=UUID(line['id']),
        kind=line['kind'],
        version=line['version'],
        subjects=tuple(UUID(subject) for subject in json.loads(line['subjects'])),
        actor=line['actor'],
        desk=UUID(line['desk']) if line['desk'] else None,
        happened_at=datetime.fromisoformat(line['happened_at']).astimezone(TOKYO),
        recorded_at=datetime.fromisoformat(line['recorded_at']).astimezone(TOKYO),
        payload=payload,
        opened=tuple(opened),
        people=people,
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """An act of any box."""

    happened_at: datetime
    id: str
    kind: str
    payload: Mapping[str, Any]


async def facts_about(tx: Transaction, subject: UUID, kinds: Iterable[str]) -> list[Fact]:
    """All acts of these kinds about a subject, here and elsewhere, in the same order at every box."""
    wanted = list(kinds)
    statement = FACTS.format(kinds=', '.join('?' * len(wanted)))
    rows = await tx.connection.execute_query_dict(statement, [str(subject), *wanted, str(subject), *wanted])
    facts = [_fact(json.loads(row['line'])) for row in rows]
    return sorted(facts, key=lambda fact: (fact.happened_at, fact.id))


def _fact(line: Mapping[str, Any]) -> Fact:
    happened_at = datetime.fromisoformat(line['happened_at'])
    return Fact(happened_at, line['id'], line['kind'], json.loads(line['payload']))


def stored_form(line: Mapping[str, Any]) -> str:
    """The line as it is kept."""
    return canonical(dict(line))
