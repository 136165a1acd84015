"""Telling other boxes the figures of this one, and reading theirs, over the exchange of journal lines."""

import json
import sqlite3
from datetime import datetime
from typing import Any
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.exchange.received import ExchangedKinds, ReceivedLine
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.headquarters.figures import BoxFigures, ShelterFigures
from app.shelters.headquarters.told import figures_told, told_of
from app.shelters.values import ShelterState
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

FIGURES_TOLD = 'shelters.figures'
TOLD_AGAIN_AFTER = 600.0
"""Seconds after which figures that did not change are told again, so that their age says something about the line."""
MOST_AT_ONCE = 20
"""A box that looks after more shelters tells all of them only as often as figures that did not change."""
LAST_TOLD = """
    SELECT line, received_at, (SELECT name FROM exchange_peer WHERE exchange_peer.box = exchange_line.box) AS name
    FROM exchange_line WHERE id IN (SELECT MAX(id) FROM exchange_line WHERE kind = ? GROUP BY box)
"""


class FiguresSharing:
    """The figures of the boxes of a city."""

    def __init__(self, journal: Journal, reading: ReadOnlyDatabase) -> None:
        self._journal = journal
        self._reading = reading
        self._told: list[dict[str, Any]] = []
        self._told_at: float | None = None

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange the figures."""
        kinds.add(FIGURES_TOLD, _as_it_came)

    async def tell(self, figures: tuple[ShelterFigures, ...]) -> bool:
        """Write down for other boxes what they should know; False: nothing new, and told not long ago."""
        told = [told_of(each) for each in figures if _is_worth_telling(each)]
        now = clock.monotonic()
        is_due = self._told_at is None or now - self._told_at >= TOLD_AGAIN_AFTER
        is_news = told != self._told and len(told) <= MOST_AT_ONCE
        if not (is_news or (is_due and (told or self._told))):
            return False
        act = Act(kind=FIGURES_TOLD, actor=Actor.system(), payload={'shelters': told})
        await transaction(lambda tx: self._journal.append(tx, act))
        self._told, self._told_at = told, now
        return True

    async def figures(self, *, practice: bool, with_households: bool = False) -> list[BoxFigures]:
        """What each other box told last, households with it."""
        told = await self._reading.read(_last_told)
        return [_of_one_sort(each, practice) for each in told]


async def _as_it_came(_tx: Transaction, _line: ReceivedLine, _sequence: int) -> None:
    """The received line itself is what is kept and read."""


def _is_worth_telling(figures: ShelterFigures) -> bool:
    return figures.shelter.state is not ShelterState.NOT_OPENED or bool(figures.people) or figures.calls > 0


def _last_told(connection: sqlite3.Connection) -> list[BoxFigures]:
    return [_box(row) for row in connection.execute(LAST_TOLD, (FIGURES_TOLD,))]


def _box(row: sqlite3.Row) -> BoxFigures:
    line = json.loads(row['line'])
    told_at = datetime.fromisoformat(line['recorded_at'])
    # A clock that runs ahead elsewhere must not make figures look newer than their arrival here.
    as_of = min(told_at, datetime.fromisoformat(row['received_at']))
    return BoxFigures(
        box=UUID(line['box']),
        name=row['name'] or line['box'][:8],
        as_of=as_of.astimezone(TOKYO),
        shelters=figures_told(json.loads(line['payload']).get('shelters', ())),
    )


def _of_one_sort(told: BoxFigures, practice: bool) -> BoxFigures:
    shelters = tuple(each for each in told.shelters if each.shelter.practice is practice)
    return BoxFigures(box=told.box, name=told.name, as_of=told.as_of, shelters=shelters)
