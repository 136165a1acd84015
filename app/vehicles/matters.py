"""What somebody should look after in the car pool soon: dates 60, 30 and 7 days ahead, and what waits for a person."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app import clock
from app.access.principals import Permission
from app.clock import TOKYO
from app.storage.reading import ReadOnlyDatabase
from app.vehicles.alcohol import NOT_COUNTED
from app.vehicles.alcohol_book import AlcoholBook
from app.vehicles.checker_values import TEST_INTERVAL, checker_of
from app.vehicles.checkers import CHECKER_ADDED, CHECKER_CHANGED, CHECKER_REACTIVATED, IN_USE
from app.vehicles.gates import WARNING_DAYS, warning_stage
from app.vehicles.lent_twice import unsettled_double_loans
from app.vehicles.record_checks import RecordChecks, RecordException, RecordProblem
from app.vehicles.screens import Problem

NAMED = 3
"""So many plates are named; the others are counted."""
DAYS_LOOKED_BACK = 60
FEW_LEFT = 50
"""A detector with fewer measurements left is soon used up."""
CAR_DAYS = ('inspection_until', 'compulsory_insurance_until', 'voluntary_insurance_until', 'periodic_check_until')
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
NEEDED_DAYS = CAR_DAYS[:2]
"""Without these the law lets no car go out; without the others nobody learns that they are over."""


class MatterKind(StrEnum):
    """What is the matter."""

    CAR_DATE = 'car_date'
    CAR_DATE_MISSING = 'car_date_missing'
    LICENCE = 'licence'
    CHECKER_ENDS = 'checker_ends'
    CHECKER_TEST = 'checker_test'
    NO_CHECKER = 'no_checker'
    """No detector counts any more: no car goes out."""
    CHECKER_REFUSED = 'checker_refused'
    """Desks at which a detector told a value that is not registered, or used up."""
    POSITIVE = 'positive'
    OVERDUE = 'overdue'
    RECORD = 'record'
    LENT_TWICE = 'lent_twice'


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter, for those who have the permission."""

    kind: MatterKind
    permission: Permission
    about: str = ''
    """Plates or serial numbers, at most `NAMED` of them."""
    field: str = ''
    """Which date of a car."""
    count: int = 1
    since: datetime | None = None
    until: date | None = None
    """The nearest day."""


class CarMatters:
    """Looks through the car pool."""

    def __init__(self, reading: ReadOnlyDatabase, book: AlcoholBook, checks: RecordChecks) -> None:
        self._reading = reading
        self._book = book
        self._checks = checks

    async def all(self) -> list[Matter]:
        """Everything found, the most urgent first."""
        return [
            *await self._positives(),
            *await self._records(),
            *await self._reading.read(_dates),
            *await self._reading.read(_licences),
            *await self._reading.read(_checkers),
            *await self._reading.read(_checkers_of_desks),
        ]

    async def _positives(self) -> list[Matter]:
        count, since = await self._book.count_open()
        permission = Permission.INSTRUCT_DRIVERS
        return [Matter(kind=MatterKind.POSITIVE, permission=permission, count=count, since=since)] if count else []

    async def _records(self) -> list[Matter]:
        today = clock.today()
        usual = today - timedelta(days=DAYS_LOOKED_BACK)
        twice = await self._reading.read(unsettled_double_loans)
        found = await self._checks.exceptions_list(min([usual, *twice.values()]), today)
        late = [one for one in found if one.problem is RecordProblem.OVERDUE]
        lent_twice = [one for one in found if one.problem is RecordProblem.OUT_TWICE and one.trip in twice]
        others = [
            one
            for one in found
            if one.problem not in (RecordProblem.OVERDUE, RecordProblem.NO_SHOW)
            and one not in lent_twice
            and one.at.date() >= usual
        ]
        matters = _lent_twice(lent_twice)
        if late:
            since = min(one.until or one.at for one in late)
            about = _names(one.plate for one in late)
            permission = Permission.READ_TRIPS
            matters.append(
                Matter(kind=MatterKind.OVERDUE, permission=permission, about=about, count=len(late), since=since)
            )
        if others:
            kind, since = MatterKind.RECORD, min(one.at for one in others)
            matters.append(Matter(kind=kind, permission=Permission.MANAGE_CARS, count=len(others), since=since))
        return matters


def _lent_twice(found: list[RecordException]) -> list[Matter]:
    if not found:
        return []
    about, since = _names(one.plate for one in found), min(one.at for one in found)
    permission = Permission.READ_TRIPS
    return [Matter(kind=MatterKind.LENT_TWICE, permission=permission, about=about, count=len(found), since=since)]


def _dates(connection: sqlite3.Connection) -> list[Matter]:
    matters: list[Matter] = []
    for field in CAR_DAYS:
        rows = connection.execute(
            f'SELECT plate, {field} AS until FROM vehicle'  # noqa: S608 - our own columns
            f' WHERE retired_at IS NULL AND {field} <= ? ORDER BY {field}, plate',
            [_last_warned()],
        )
        matters += _staged(MatterKind.CAR_DATE, field, [(row['plate'], row['until']) for row in rows])
    for field in CAR_DAYS:
        missing = connection.execute(
            f'SELECT plate FROM vehicle WHERE retired_at IS NULL AND {field} IS NULL ORDER BY plate'  # noqa: S608
        )
        plates = [row['plate'] for row in missing]
        if plates:
            kind, permission = MatterKind.CAR_DATE_MISSING, Permission.MANAGE_CARS
            matters.append(
                Matter(kind=kind, permission=permission, field=field, about=_names(plates), count=len(plates))
            )
    return matters


def _licences(connection: sqlite3.Connection) -> list[Matter]:
    rows = connection.execute(
        'SELECT valid_until FROM licence JOIN staff ON staff.id = licence.staff'
        ' WHERE ended_at IS NULL AND staff.active AND valid_until <= ? ORDER BY valid_until',
        [_last_warned()],
    )
    return _staged(MatterKind.LICENCE, '', [('', row['valid_until']) for row in rows])


def _checkers(connection: sqlite3.Connection) -> list[Matter]:
    ending: list[tuple[str, str]] = []
    untested: list[tuple[datetime, str]] = []
    for row in connection.execute(IN_USE):
        is_used_up = row['measurement_limit'] is not None and row['measurement_limit'] - row['measurements'] < FEW_LEFT
        if is_used_up:
            ending.append((row['serial'], clock.today().isoformat()))
        elif row['expires_on'] and row['expires_on'] <= _last_warned():
            ending.append((row['serial'], row['expires_on']))
        tested = row['function_checked_at']
        due = _time(tested) + TEST_INTERVAL if tested else _time(row['started_on'])
        if not tested or clock.now() >= due:
            untested.append((due, row['serial']))
    matters = _staged(MatterKind.CHECKER_ENDS, '', ending)
    if untested:
        kind, permission = MatterKind.CHECKER_TEST, Permission.GUARD_CARS
        about, since = _names(serial for _due, serial in untested), min(due for due, _serial in untested)
        matters.append(Matter(kind=kind, permission=permission, about=about, count=len(untested), since=since))
    return matters


def _checkers_of_desks(connection: sqlite3.Connection) -> list[Matter]:
    matters: list[Matter] = []
    desks = [row['name'] for row in connection.execute(CAR_DESKS)]
    if desks and not any(checker_of(row).is_valid(clock.today()) for row in connection.execute(IN_USE)):
        about, permission = _names(desks), Permission.MANAGE_CARS
        (ended,) = connection.execute(LAST_CHECKER_ENDED).fetchone()
        kind, gone = MatterKind.NO_CHECKER, _time(ended) if ended and _time(ended) <= clock.now() else None
        matters.append(Matter(kind=kind, permission=permission, about=about, count=len(desks), since=gone))
    since = (clock.now() - REFUSED_LOOKED_BACK).isoformat()
    refused = connection.execute(REFUSED_AT, [NOT_COUNTED, since, CHECKER_NOT_VALID, *CHECKERS_COME]).fetchall()
    if refused:
        first = min(datetime.fromisoformat(row['since']).astimezone(TOKYO) for row in refused)
        about = _names(row['name'] for row in refused)
        kind, permission = MatterKind.CHECKER_REFUSED, Permission.MANAGE_CARS
        matters.append(Matter(kind=kind, permission=permission, about=about, count=len(refused), since=first))
    return matters


def _staged(kind: MatterKind, field: str, found: Iterable[tuple[str, str]]) -> list[Matter]:
    by_stage: dict[int, list[tuple[str, date]]] = {}
    for name, text in found:
        until = date.fromisoformat(text)
        stage = warning_stage(until, clock.today())
        if stage is not None:
            by_stage.setdefault(stage, []).append((name, until))
    return [
        Matter(
            kind=kind,
            permission=Permission.MANAGE_CARS,
            field=field,
            about=_names(name for name, _until in of_stage),
            count=len(of_stage),
            until=min(until for _name, until in of_stage),
        )
        for _stage, of_stage in sorted(by_stage.items())
    ]


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.astimezone(TOKYO) if found.tzinfo else found.replace(tzinfo=TOKYO)


def _last_warned() -> str:
    return (clock.today() + timedelta(days=max(WARNING_DAYS))).isoformat()


def _names(names: Iterable[str]) -> str:
    found = [name for name in names if name]
    return '、'.join(found[:NAMED])
