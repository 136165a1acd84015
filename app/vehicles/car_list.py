"""Cars as a manager looks through them: searched and paged in the database."""

import sqlite3
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from app.storage.reading import ReadOnlyDatabase
from app.vehicles.ledger import CarType, VehicleEntry, VehicleInfo
from app.vehicles.stored import containing

SEARCHED = ('plate', 'name', 'department', 'guard_room', 'key_number')
DAYS = ('inspection_until', 'compulsory_insurance_until', 'voluntary_insurance_until', 'periodic_check_until')
FLAGS = ('for_disasters', 'has_winter_tyres', 'is_electric')


@dataclass(frozen=True, slots=True, kw_only=True)
class CarFilter:
    """Which cars are wanted."""

    words: str = ''
    """Part of the plate, the name, the department, the guard room or the key number."""
    only_for_disasters: bool = False
    retired: bool = False
    """Those that were taken out of the pool, instead of those in it."""


class CarList:
    """Reads the ledger page by page."""

    def __init__(self, reading: ReadOnlyDatabase) -> None:
        self._reading = reading

    async def page(self, wanted: CarFilter, offset: int, limit: int) -> tuple[list[VehicleInfo], int]:
        """A window of the wanted cars by plate, and how many there are."""
        where, values = _condition(wanted)

        def query(connection: sqlite3.Connection) -> tuple[list[VehicleInfo], int]:
            total = connection.execute(f'SELECT count(*) FROM vehicle{where}', values).fetchone()[0]  # noqa: S608 - our own words
            found = connection.execute(
                f'SELECT * FROM vehicle{where} ORDER BY plate LIMIT ? OFFSET ?',  # noqa: S608
                [*values, limit, offset],
            )
            return [car_of(row) for row in found], int(total)

        return await self._reading.read(query)

    async def all(self, wanted: CarFilter) -> list[VehicleInfo]:
        """Every wanted car by plate."""
        where, values = _condition(wanted)

        def query(connection: sqlite3.Connection) -> list[VehicleInfo]:
            found = connection.execute(f'SELECT * FROM vehicle{where} ORDER BY plate', values)  # noqa: S608 - our own words
            return [car_of(row) for row in found]

        return await self._reading.read(query)

    async def by_plate(self) -> dict[str, VehicleInfo]:
        """All cars in use, to hold a list against them."""

        def query(connection: sqlite3.Connection) -> dict[str, VehicleInfo]:
            found = connection.execute('SELECT * FROM vehicle WHERE retired_at IS NULL')
            return {row['plate']: car_of(row) for row in found}

        return await self._reading.read(query)

    async def is_retired(self, car: UUID) -> bool:
        """Whether the car was taken out of the pool."""

        def query(connection: sqlite3.Connection) -> bool:
            row = connection.execute('SELECT retired_at FROM vehicle WHERE id = ?', [str(car)]).fetchone()
            return row is not None and row['retired_at'] is not None

        return await self._reading.read(query)


def car_of(row: sqlite3.Row) -> VehicleInfo:
    """A row of the table of cars as a value."""
    values: dict[str, Any] = {field.name: row[field.name] for field in fields(VehicleEntry)}
    values |= {name: date.fromisoformat(values[name]) if values[name] else None for name in DAYS}
    values |= {name: bool(values[name]) for name in FLAGS}
    entry = VehicleEntry(**{**values, 'car_type': CarType(values['car_type'])})
    return VehicleInfo(id=UUID(row['id']), entry=entry, odometer=row['odometer'])


def _condition(wanted: CarFilter) -> tuple[str, list[str]]:
    parts = ['retired_at IS NOT NULL' if wanted.retired else 'retired_at IS NULL']
    values: list[str] = []
    if wanted.only_for_disasters:
        parts.append('for_disasters')
    if wanted.words:
        parts.append('(' + ' OR '.join(f"{column} LIKE ? ESCAPE '\\'" for column in SEARCHED) + ')')
        values = [containing(wanted.words)] * len(SEARCHED)
    return f' WHERE {" AND ".join(parts)}', values
