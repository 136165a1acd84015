"""Shelters as staff look through them: searched and paged in the database."""

import sqlite3
from dataclasses import dataclass
from uuid import UUID

from app.shelters.values import ShelterKind, ShelterState
from app.storage.reading import ReadOnlyDatabase

SEARCHED = ('name', 'kana', 'address', 'code')
COLUMNS = 'id, name, kind, state, district, address, capacity, blocked_capacity, practice, here'


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterFilter:
    """Which shelters are wanted; empty: all."""

    words: str = ''
    state: str = ''
    kind: str = ''
    district: str = ''


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterRow:
    """A line of the list."""

    id: UUID
    name: str
    kind: ShelterKind
    state: ShelterState
    district: str
    address: str
    capacity: int | None
    blocked_capacity: int
    practice: bool
    here: bool


class ShelterSearch:
    """Reads the shelters page by page."""

    def __init__(self, reading: ReadOnlyDatabase) -> None:
        self._reading = reading

    async def page(self, wanted: ShelterFilter, offset: int, limit: int) -> tuple[list[ShelterRow], int]:
        """A window of the wanted shelters, open ones first, and how many there are."""
        where, values = _condition(wanted)

        def query(connection: sqlite3.Connection) -> tuple[list[ShelterRow], int]:
            total = connection.execute(f'SELECT count(*) FROM shelter{where}', values).fetchone()[0]  # noqa: S608 - our own words
            order = "here DESC, state IN ('opened', 'full', 'opened_by_residents') DESC, name"
            found = connection.execute(
                f'SELECT {COLUMNS} FROM shelter{where} ORDER BY {order} LIMIT ? OFFSET ?',  # noqa: S608
                [*values, limit, offset],
            )
            return [_row(row) for row in found], int(total)

        return await self._reading.read(query)

    async def districts(self) -> list[str]:
        """校下 that shelters belong to."""

        def query(connection: sqlite3.Connection) -> list[str]:
            found = connection.execute("SELECT DISTINCT district FROM shelter WHERE district <> '' ORDER BY district")
            return [row['district'] for row in found]

        return await self._reading.read(query)


def _condition(wanted: ShelterFilter) -> tuple[str, list[str]]:
    parts, values = ['retired_at IS NULL'], []
    for column in ('state', 'kind', 'district'):
        if value := getattr(wanted, column):
            parts.append(f'{column} = ?')
            values.append(value)
    if wanted.words:
        parts.append('(' + ' OR '.join(f"{column} LIKE ? ESCAPE '\\'" for column in SEARCHED) + ')')
        values += [_containing(wanted.words)] * len(SEARCHED)
    return f' WHERE {" AND ".join(parts)}', values


def _containing(words: str) -> str:
    escaped = words.strip().replace('\\', '\\\\').replace('%', '\\%').replace('_', '\\_')
    return f'%{escaped}%'


def _row(row: sqlite3.Row) -> ShelterRow:
    return ShelterRow(
        id=UUID(row['id']),
        name=row['name'],
        kind=ShelterKind(row['kind']),
        state=ShelterState(row['state']),
        district=row['district'],
        address=row['address'],
        capacity=row['capacity'],
        blocked_capacity=row['blocked_capacity'],
        practice=bool(row['practice']),
        here=bool(row['here']),
    )
