"""Dates of cars and licences that end, and dates that nobody entered."""

import json
import sqlite3
from collections.abc import Iterator, Mapping

from app.access.principals import Permission
from app.vehicles.ledger import VEHICLE_ADDED, VEHICLE_CHANGED
from app.vehicles.matter_values import Matter, MatterKind, few_names, last_warned, staged, time_in

CAR_DAYS = ('inspection_until', 'compulsory_insurance_until', 'voluntary_insurance_until', 'periodic_check_until')
NEEDED_DAYS = CAR_DAYS[:2]
"""Without these the law lets no car go out; without the others nobody learns that they are over."""
TOLD = """
    SELECT json_extract(subjects, '$[0]') AS car, happened_at AS at, kind, payload FROM journal_line
    WHERE kind IN (?1, ?2)
    UNION ALL
    SELECT subject, json_extract(line, '$.happened_at') AS at, kind, json_extract(line, '$.payload') FROM exchange_line
    WHERE kind IN (?1, ?2) ORDER BY at
"""


def date_matters(connection: sqlite3.Connection) -> list[Matter]:
    """Days of cars that are over or near, and those that nobody entered. Blocks: call it in a thread."""
    matters: list[Matter] = []
    for field in CAR_DAYS:
        rows = connection.execute(
            f'SELECT plate, {field} AS until FROM vehicle'  # noqa: S608 - our own columns
            f' WHERE retired_at IS NULL AND {field} <= ? ORDER BY {field}, plate',
            [last_warned()],
        )
        matters += staged(MatterKind.CAR_DATE, field, [(row['plate'], row['until']) for row in rows])
    missing = {field: _missing(connection, field) for field in CAR_DAYS}
    since = _missing_since(connection) if any(missing.values()) else {}
    matters += [_missing_matter(field, cars, since) for field, cars in missing.items() if cars]
    return matters


def licence_matters(connection: sqlite3.Connection) -> list[Matter]:
    """Licences that are over or near; nobody is named. Blocks: call it in a thread."""
    rows = connection.execute(
        'SELECT valid_until FROM licence JOIN staff ON staff.id = licence.staff'
        ' WHERE ended_at IS NULL AND staff.active AND valid_until <= ? ORDER BY valid_until',
        [last_warned()],
    )
    return staged(MatterKind.LICENCE, '', [('', row['valid_until']) for row in rows])


def _missing(connection: sqlite3.Connection, field: str) -> list[tuple[str, str]]:
    """Id and plate of each car without this day."""
    found = connection.execute(
        f'SELECT id, plate FROM vehicle WHERE retired_at IS NULL AND {field} IS NULL ORDER BY plate'  # noqa: S608 - our own columns
    )
    return [(row['id'], row['plate']) for row in found]


def _missing_since(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Since when each car (by id) has been without each day, as the ledgers of all boxes were changed."""
    since: dict[tuple[str, str], str] = {}
    for row in connection.execute(TOLD, [VEHICLE_ADDED, VEHICLE_CHANGED]):
        for field, value in _days_told(row):
            if value is None:
                since[row['car'], field] = row['at']
            else:
                since.pop((row['car'], field), None)
    return since


def _days_told(row: sqlite3.Row) -> Iterator[tuple[str, str | None]]:
    told = json.loads(row['payload'])
    for field in CAR_DAYS:
        if row['kind'] == VEHICLE_ADDED:
            yield field, told.get(field)
        elif field in told:
            yield field, told[field][1]


def _missing_matter(field: str, cars: list[tuple[str, str]], since: Mapping[tuple[str, str], str]) -> Matter:
    times = [time_in(since[car, field]) for car, _plate in cars if (car, field) in since]
    return Matter(
        kind=MatterKind.CAR_DATE_MISSING,
        permission=Permission.MANAGE_CARS,
        field=field,
        about=few_names(plate for _car, plate in cars),
        count=len(cars),
        since=min(times, default=None),
    )
