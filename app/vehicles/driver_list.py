"""Licences as they were seen, with the names that belong to them."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.people.names import NOBODY, Named, names_of
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault
from app.vehicles.licences import conditions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SightedLicence:
    """A licence that somebody saw on a day."""

    staff: UUID
    driver: Named
    classes: tuple[str, ...]
    conditions: frozenset[str]
    """限定条件, as `LicenceCondition` names them."""
    valid_until: date
    sighted_on: date
    sighted_by: str
    """Name of who saw it; empty: a part of the box."""
    is_current: bool


class DriverList:
    """Reads licences page by page."""

    def __init__(self, reading: ReadOnlyDatabase, vault: Vault) -> None:
        self._reading = reading
        self._vault = vault

    async def page(self, offset: int, limit: int) -> tuple[list[SightedLicence], int]:
        """A window of the licences that count now, the first to end first, and how many there are."""

        def query(connection: sqlite3.Connection) -> tuple[list[SightedLicence], int]:
            total = connection.execute('SELECT count(*) FROM licence WHERE ended_at IS NULL').fetchone()[0]
            rows = connection.execute(
                'SELECT * FROM licence WHERE ended_at IS NULL ORDER BY valid_until, id LIMIT ? OFFSET ?',
                [limit, offset],
            ).fetchall()
            return self._sighted(connection, rows), int(total)

        return await self._reading.read(query)

    async def all(self) -> list[SightedLicence]:
        """Every licence that counts now, the first to end first."""

        def query(connection: sqlite3.Connection) -> list[SightedLicence]:
            rows = connection.execute('SELECT * FROM licence WHERE ended_at IS NULL ORDER BY valid_until, id')
            return self._sighted(connection, rows.fetchall())

        return await self._reading.read(query)

    async def of(self, staff: UUID) -> list[SightedLicence]:
        """Every sighting of one driver's licence, the newest first."""

        def query(connection: sqlite3.Connection) -> list[SightedLicence]:
            order = 'ORDER BY ended_at IS NULL DESC, sighted_on DESC, ended_at DESC'
            rows = connection.execute(f'SELECT * FROM licence WHERE staff = ? {order}', [str(staff)])  # noqa: S608 - fixed
            return self._sighted(connection, rows.fetchall())

        return await self._reading.read(query)

    def _sighted(self, connection: sqlite3.Connection, rows: list[sqlite3.Row]) -> list[SightedLicence]:
        seers = [_id(row['sighted_by']) for row in rows]
        people = names_of(connection, self._vault, [*(UUID(row['staff']) for row in rows), *seers])
        return [_licence(row, people) for row in rows]


def _licence(row: sqlite3.Row, people: dict[UUID, Named]) -> SightedLicence:
    seer = _id(row['sighted_by'])
    return SightedLicence(
        staff=UUID(row['staff']),
        driver=people.get(UUID(row['staff']), NOBODY),
        classes=tuple(json.loads(row['classes'])),
        conditions=conditions_of(row['conditions']),
        valid_until=date.fromisoformat(row['valid_until']),
        sighted_on=date.fromisoformat(row['sighted_on']),
        sighted_by=people.get(seer, NOBODY).name if seer else '',
        is_current=row['ended_at'] is None,
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
