"""What this box knows of its people from other boxes: where they are, and who came to another shelter since."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.clock import TOKYO
from app.shelters.across.book import matches
from app.shelters.across.models import AcrossClaim
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction

SAME_CARD = """
    across_index AS mine
    JOIN across_index AS theirs ON theirs.token_index = mine.token_index AND theirs.person <> mine.person
    JOIN across_person AS me ON me.id = mine.person
    JOIN across_person AS other ON other.id = theirs.person AND other.box <> me.box AND other.practice = me.practice
    JOIN across_stay AS there ON there.person = other.id AND there.state <> ''
"""
CAME_FROM = f"""
    SELECT there.shelter_name AS name FROM {SAME_CARD}
    JOIN stay ON stay.evacuee = me.id AND stay.state <> 'left' AND there.arrived_at < stay.arrived_at
    WHERE mine.person = ? AND there.state <> 'left' ORDER BY there.seen_at DESC LIMIT 1
"""  # noqa: S608 - our own names
LEFT_BEHIND = f"""
    SELECT stay.evacuee, stay.shelter, shelter.name, evacuee.number, stay.practice, max(there.seen_at) AS at
    FROM stay CROSS JOIN {SAME_CARD}
    JOIN evacuee ON evacuee.id = me.id JOIN shelter ON shelter.id = stay.shelter
    WHERE stay.state <> 'left' AND mine.person = stay.evacuee AND there.seen_at > stay.seen_at
    AND (? IS NULL OR stay.evacuee = ?) GROUP BY stay.id
"""  # noqa: S608 - our own names
"""`CROSS JOIN` keeps SQLite from beginning with all that was told: headquarters has much of it, and few stays."""
COUNTED = f'SELECT practice, count(*) AS people, min(at) AS since FROM ({LEFT_BEHIND}) GROUP BY practice'  # noqa: S608


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many stays wait for a person to end them, in a drill or not."""

    people: int
    since: datetime
    practice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """Somebody stays here by the record, and was received at another shelter since; where is not told."""

    evacuee: UUID
    number: str
    shelter: UUID
    shelter_name: str
    """Of this box."""
    at: datetime
    practice: bool


class Elsewhere:
    """Reads what other boxes told. Protected people are told by nobody, and looked up in vain."""

    def __init__(self, reading: ReadOnlyDatabase) -> None:
        self._reading = reading

    async def came_from(self, evacuee: UUID) -> str:
        """The shelter of another box where somebody was received before, and still is by its record; empty: none."""

        def query(connection: sqlite3.Connection) -> str:
            row = connection.execute(CAME_FROM, [str(evacuee)]).fetchone()
            return str(row['name']) if row else ''

        return await self._reading.read(query)

    async def left_behind(self, evacuee: UUID | None = None, *, offset: int = 0, limit: int = 50) -> list[LeftBehind]:
        """Who was received elsewhere since they were last seen here, the longest ago first; None: of everybody."""
        asked = str(evacuee) if evacuee else None
        statement = f'{LEFT_BEHIND} ORDER BY at LIMIT ? OFFSET ?'

        def query(connection: sqlite3.Connection) -> list[LeftBehind]:
            return [_left_behind(row) for row in connection.execute(statement, [asked, asked, limit, offset])]

        return await self._reading.read(query)

    async def waiting(self) -> list[Waiting]:
        """How many they are."""

        def query(connection: sqlite3.Connection) -> list[Waiting]:
            rows = connection.execute(COUNTED, [None, None])
            return [Waiting(row['people'], _time(row['since']), bool(row['practice'])) for row in rows]

        return await self._reading.read(query)


async def claims_elsewhere(tx: Transaction, records: Iterable[UUID]) -> list[AcrossClaim]:
    """What these records of somebody received at other boxes, as far as it was told."""
    people = {other for record in records for other in await matches(tx, record)}
    rows = AcrossClaim.filter(person__in=list(people), stands=True).order_by('at').using_db(tx.connection)
    return await rows


def _left_behind(row: sqlite3.Row) -> LeftBehind:
    return LeftBehind(
        evacuee=UUID(row['evacuee']),
        number=row['number'],
        shelter=UUID(row['shelter']),
        shelter_name=row['name'],
        at=_time(row['at']),
        practice=bool(row['practice']),
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(TOKYO)
