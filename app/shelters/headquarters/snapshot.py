"""What headquarters handed over last time, and what has changed since."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.headquarters.board import Board, Line
from app.shelters.values import RECEIVING, ShelterState
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import transaction

HANDED_OVER = 'shelters.handing_over_printed'
KEPT = 'SELECT id, happened_at, payload FROM journal_line WHERE kind = ? ORDER BY sequence DESC LIMIT ?'
MOST_READ = 50


@dataclass(frozen=True, slots=True)
class Then:
    """One shelter at the time of a handing over."""

    state: ShelterState
    people: int | None
    requests: int
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was handed over at one time, by the code of the shelter; those that never opened are not in it."""

    id: UUID
    at: datetime
    shelters: Mapping[str, Then]

    @property
    def people(self) -> int:
        """In all shelters together, of whom it was known."""
        return sum(then.people or 0 for then in self.shelters.values())

    @property
    def open(self) -> int:
        """Shelters that people could come to."""
        return sum(then.state in RECEIVING for then in self.shelters.values())


class ChangeKind(StrEnum):
    """What changed at a shelter."""

    OPENED = 'opened'
    CLOSED = 'closed'
    STATE = 'state'
    PEOPLE = 'people'


@dataclass(frozen=True, slots=True)
class Change:
    """One shelter that is not as it was."""

    kind: ChangeKind
    line: Line
    before: Then | None


def changes_since(board: Board, before: Snapshot) -> list[Change]:
    """Opened, closed, in another state, or with other numbers of people; the last by how much."""
    found = [_change(line, before.shelters.get(line.figures.shelter.entry.code)) for line in board.lines]
    return sorted((change for change in found if change), key=_weight)


class HandingsOver:
    """The handings over of headquarters; each is a line of the journal with its numbers."""

    def __init__(self, journal: Journal, reading: ReadOnlyDatabase) -> None:
        self._journal = journal
        self._reading = reading

    async def last(self, *, practice: bool, limit: int = 5) -> Sequence[Snapshot]:
        """The last ones, the newest first."""

        def query(connection: sqlite3.Connection) -> list[Snapshot]:
            rows = connection.execute(KEPT, (HANDED_OVER, MOST_READ))
            kept = [(row, json.loads(row['payload'])) for row in rows]
            return [_snapshot(row, told) for row, told in kept if told['practice'] is practice][:limit]

        return await self._reading.read(query)

    async def hand_over(self, board: Board, actor: Actor, *, practice: bool) -> None:
        """Write down what is handed over now; the next one is compared with it."""
        shelters = {
            line.figures.shelter.entry.code: _told(line)
            for line in board.lines
            if line.figures.shelter.state is not ShelterState.NOT_OPENED
        }
        act = Act(kind=HANDED_OVER, actor=actor, payload={'practice': practice, 'shelters': shelters})
        await transaction(lambda tx: self._journal.append(tx, act))


def _told(line: Line) -> list[Any]:
    figures = line.figures
    return [str(figures.shelter.state), figures.people, figures.requests, figures.calls]


def _snapshot(row: sqlite3.Row, told: Mapping[str, Any]) -> Snapshot:
    shelters = {code: Then(ShelterState(each[0]), *each[1:]) for code, each in told['shelters'].items()}
    at = datetime.fromisoformat(row['happened_at']).astimezone(TOKYO)
    return Snapshot(id=UUID(row['id']), at=at, shelters=shelters)


def _change(line: Line, before: Then | None) -> Change | None:
    now, was_open = line.figures, before is not None and before.state in RECEIVING
    if now.is_open != was_open:
        return Change(ChangeKind.OPENED if now.is_open else ChangeKind.CLOSED, line, before)
    if before is None:
        return None
    if now.shelter.state is not before.state:
        return Change(ChangeKind.STATE, line, before)
    return Change(ChangeKind.PEOPLE, line, before) if now.people != before.people else None


def _weight(change: Change) -> tuple[int, int, str]:
    before = change.before.people if change.before else None
    difference = abs((change.line.figures.people or 0) - (before or 0))
    return list(ChangeKind).index(change.kind), -difference, change.line.figures.shelter.entry.name
