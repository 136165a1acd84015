"""Detectors that are soon used up, that nobody has tried, or that are missing at a desk."""

import sqlite3
from datetime import datetime, timedelta

from app import clock
from app.access.principals import Permission
from app.desks.register import DESK_ADDED
from app.vehicles.alcohol import NOT_COUNTED
from app.vehicles.checker_values import TEST_INTERVAL, checker_of
from app.vehicles.checkers import CHECKER_ADDED, CHECKER_CHANGED, CHECKER_REACTIVATED, IN_USE
from app.vehicles.matter_values import Matter, MatterKind, few_names, last_warned, staged, time_in
from app.vehicles.screens import Problem

FEW_LEFT = 50
"""A detector with fewer measurements left is soon used up."""
REFUSED_LOOKED_BACK = timedelta(days=7)
CHECKER_NOT_VALID = str(Problem.CHECKER_NOT_VALID)
CHECKERS_COME = (CHECKER_ADDED, CHECKER_CHANGED, CHECKER_REACTIVATED)
LAST_CHECKER_ENDED = """
    SELECT max(min(coalesce(retired_at, '9999-12-31'), coalesce(date(expires_on, '+1 day'), '9999-12-31')))
    FROM alcohol_checker WHERE box IS NULL
"""
CAR_DESKS = "SELECT name FROM desk WHERE job = 'vehicles' AND removed_at IS NULL ORDER BY name"
REFUSED_AT = """
    SELECT desk.name, min(line.happened_at) AS since
    FROM journal_line AS line JOIN desk ON desk.id = line.desk AND desk.removed_at IS NULL
    WHERE line.kind = ? AND line.happened_at >= ? AND json_extract(line.payload, '$.why') = ?
      AND NOT EXISTS (
          SELECT 1 FROM alcohol_check JOIN alcohol_reading ON check_id = alcohol_check.id AND source = 'checker'
          WHERE alcohol_check.sequence > line.sequence AND alcohol_check.desk = line.desk
      )
      AND NOT EXISTS (
          SELECT 1 FROM journal_line AS come WHERE come.kind IN (?, ?, ?) AND come.sequence > line.sequence
      )
    GROUP BY desk.id ORDER BY desk.name
"""
LAST_MEASURED = """
    SELECT max(checked_at) FROM alcohol_check
    JOIN alcohol_checker ON alcohol_checker.id = alcohol_check.checker AND alcohol_checker.retired_at IS NULL
"""
FIRST_DESK = """
    SELECT min(happened_at) FROM journal_line JOIN desk ON desk.id = journal_line.desk AND desk.removed_at IS NULL
    WHERE kind = ? AND desk.job = 'vehicles'
"""
MEASURED = 'SELECT checked_at FROM alcohol_check WHERE checker = ? ORDER BY sequence DESC LIMIT 1 OFFSET ?'


def checker_matters(connection: sqlite3.Connection) -> list[Matter]:
    """Detectors that end, and that nobody has seen work for a week. Blocks: call it in a thread."""
    rows = connection.execute(IN_USE).fetchall()
    dated = [(row['serial'], row['expires_on']) for row in rows if row['expires_on'] and not _is_used_up(row)]
    ending = [(serial, until) for serial, until in dated if until <= last_warned()]
    return [
        *_used_up(connection, [row for row in rows if _is_used_up(row)]),
        *staged(MatterKind.CHECKER_ENDS, '', ending),
        *_untested(rows),
    ]


def desk_checker_matters(connection: sqlite3.Connection) -> list[Matter]:
    """Desks without a detector that counts, and with one that does not. Blocks: call it in a thread."""
    matters: list[Matter] = []
    desks = [row['name'] for row in connection.execute(CAR_DESKS)]
    if desks and not any(checker_of(row).is_valid(clock.today()) for row in connection.execute(IN_USE)):
        about, permission = few_names(desks), Permission.MANAGE_CARS
        kind, gone = MatterKind.NO_CHECKER, _since_without(connection)
        matters.append(Matter(kind=kind, permission=permission, about=about, count=len(desks), since=gone))
    since = (clock.now() - REFUSED_LOOKED_BACK).isoformat()
    refused = connection.execute(REFUSED_AT, [NOT_COUNTED, since, CHECKER_NOT_VALID, *CHECKERS_COME]).fetchall()
    if refused:
        first = min(time_in(row['since']) for row in refused)
        about = few_names(row['name'] for row in refused)
        kind, permission = MatterKind.CHECKER_REFUSED, Permission.MANAGE_CARS
        matters.append(Matter(kind=kind, permission=permission, about=about, count=len(refused), since=first))
    return matters


def _is_used_up(row: sqlite3.Row) -> bool:
    return row['measurement_limit'] is not None and row['measurement_limit'] - row['measurements'] < FEW_LEFT


def _used_up(connection: sqlite3.Connection, rows: list[sqlite3.Row]) -> list[Matter]:
    if not rows:
        return []
    about, since = few_names(row['serial'] for row in rows), min(_few_since(connection, row) for row in rows)
    permission = Permission.MANAGE_CARS
    return [Matter(kind=MatterKind.CHECKER_ENDS, permission=permission, about=about, count=len(rows), since=since)]


def _few_since(connection: sqlite3.Connection, row: sqlite3.Row) -> datetime:
    since_then = row['measurements'] - (row['measurement_limit'] - FEW_LEFT + 1)
    found = connection.execute(MEASURED, [row['id'], max(0, since_then)]).fetchone()
    return time_in(found['checked_at'] if found else row['started_on'])


def _untested(rows: list[sqlite3.Row]) -> list[Matter]:
    untested: list[tuple[datetime, str]] = []
    for row in rows:
        tested = row['function_checked_at']
        due = time_in(tested) + TEST_INTERVAL if tested else time_in(row['started_on'])
        if not tested or clock.now() >= due:
            untested.append((due, row['serial']))
    if not untested:
        return []
    kind, permission = MatterKind.CHECKER_TEST, Permission.GUARD_CARS
    about, since = few_names(serial for _due, serial in untested), min(due for due, _serial in untested)
    return [Matter(kind=kind, permission=permission, about=about, count=len(untested), since=since)]


def _since_without(connection: sqlite3.Connection) -> datetime | None:
    """When the last detector ended by date, or by count; where there never was one, when the first desk came."""
    (ended,) = connection.execute(LAST_CHECKER_ENDED).fetchone()
    if ended and time_in(ended) <= clock.now():
        return time_in(ended)
    (last,) = connection.execute(LAST_MEASURED).fetchone() if ended else (None,)
    (added,) = connection.execute(FIRST_DESK, [DESK_ADDED]).fetchone()
    return time_in(last or added) if last or added else None
