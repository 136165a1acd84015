"""The people of a shelter as staff look through them: filtered and paged in the database, names from memory."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app import clock
from app.shelters.details import PersonDetails
from app.shelters.known_people import Known
from app.shelters.search import PeopleSearch
from app.shelters.values import Place, StayState
from app.storage.reading import ReadOnlyDatabase

NO_AREA = 'none'
FROM = """
    FROM stay JOIN evacuee ON evacuee.id = stay.evacuee LEFT JOIN shelter_area AS area ON area.id = stay.area
"""
COLUMNS = """
    stay.evacuee, evacuee.number, area.name AS area_name, stay.place, stay.state, stay.visitor, stay.arrived_at,
    stay.seen_at, stay.expected_at, stay.left_at, stay.left_for
"""
LATEST_ONLY = """
    NOT EXISTS (SELECT 1 FROM stay AS later WHERE later.evacuee = stay.evacuee AND +later.shelter = stay.shelter
        AND later.arrived_at > stay.arrived_at)
"""


class Flag(StrEnum):
    """What somebody is looked for by, beside where they are."""

    URGENT = 'urgent'
    NEEDS = 'needs'
    UNACCOMPANIED = 'unaccompanied'
    SILENT = 'silent'
    UNNAMED = 'unnamed'
    VISITOR = 'visitor'


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Which people of a shelter are wanted."""

    shelter: UUID
    practice: bool
    sees_protected: bool = False
    area: str = ''
    """Id of an area, `none`, or empty for all."""
    place: Place | None = None
    outside: bool = False
    """Only who stays elsewhere than inside (在宅・車中泊), who was seen longest ago first."""
    state: StayState | None = None
    """None: all who have not left."""
    flag: Flag | None = None
    only: tuple[UUID, ...] | None = None
    """These people alone; None: no such limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A line of the list."""

    evacuee: UUID
    number: str
    details: PersonDetails = field(repr=False)
    area: str
    place: Place
    state: StayState
    visitor: bool
    arrived_at: datetime
    seen_at: datetime
    expected_at: datetime | None
    left_at: datetime | None
    left_for: str
    silent: bool


class PeopleList:
    """Reads lists of people; whoever may not see protected people gets the same list as if those were absent."""

    def __init__(self, reading: ReadOnlyDatabase, search: PeopleSearch, silent_hours: int) -> None:
        self._reading = reading
        self._search = search
        self._silent = timedelta(hours=silent_hours)

    async def page(self, wanted: PeopleFilter, offset: int, limit: int) -> tuple[list[PersonRow], int]:
        """A window of the people by their numbers, and how many there are."""
        people = {each.evacuee: each for each in await self._search.people()}
        silent_before = clock.now() - self._silent
        where, values = _condition(wanted, people.values(), silent_before)
        order = 'stay.seen_at, evacuee.number' if wanted.outside else 'evacuee.number'

        def query(connection: sqlite3.Connection) -> tuple[list[PersonRow], int]:
            (total,) = connection.execute(f'SELECT COUNT(*) {FROM} WHERE {where}', values).fetchone()
            rows = connection.execute(
                f'SELECT {COLUMNS} {FROM} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?',
                [*values, limit, offset],
            )
            return [_row(row, people, silent_before) for row in rows], total

        return await self._reading.read(query)


def _condition(wanted: PeopleFilter, people: Iterable[Known], silent_before: datetime) -> tuple[str, list[object]]:
    parts = ['stay.shelter = ?', 'stay.practice = ?', 'evacuee.merged_into IS NULL', LATEST_ONLY]
    values: list[object] = [str(wanted.shelter), wanted.practice]

    def add(condition: str, value: object) -> None:
        parts.append(condition)
        values.append(value)

    known = list(people)
    if not wanted.sees_protected:
        add(_not_in(), _ids(each.evacuee for each in known if each.details.protected))
    if wanted.state is None:
        parts.append("stay.state <> 'left'")
    else:
        add('stay.state = ?', str(wanted.state))
    if wanted.area == NO_AREA:
        parts.append('stay.area IS NULL')
    elif wanted.area:
        add('stay.area = ?', wanted.area)
    if wanted.place:
        add('stay.place = ?', str(wanted.place))
    if wanted.outside:
        parts.append("stay.place <> 'shelter'")
    if wanted.only is not None:
        add(_in(), _ids(wanted.only))
    _add_flag(wanted.flag, known, silent_before, parts, values)
    return ' AND '.join(parts), values


def _add_flag(
    flag: Flag | None, known: Sequence[Known], silent_before: datetime, parts: list[str], values: list[object]
) -> None:
    match flag:
        case Flag.SILENT:
            parts.append('stay.seen_at < ?')
            values.append(silent_before.isoformat(' '))
        case Flag.VISITOR:
            parts.append('stay.visitor = 1')
        case Flag.UNNAMED:
            parts.append('evacuee.details_at IS NULL')
        case Flag.URGENT | Flag.NEEDS | Flag.UNACCOMPANIED:
            parts.append(_in())
            values.append(_ids(each.evacuee for each in known if _has(each.details, flag)))


def _has(details: PersonDetails, flag: Flag) -> bool:
    match flag:
        case Flag.URGENT:
            return bool(details.urgencies)
        case Flag.NEEDS:
            return bool(details.needs)
        case _:
            return details.unaccompanied


def _in() -> str:
    return 'stay.evacuee IN (SELECT value FROM json_each(?))'


def _not_in() -> str:
    return 'stay.evacuee NOT IN (SELECT value FROM json_each(?))'


def _ids(evacuees: Iterable[UUID]) -> str:
    return json.dumps([str(each) for each in evacuees])


def _row(row: sqlite3.Row, people: Mapping[UUID, Known], silent_before: datetime) -> PersonRow:
    evacuee, seen_at = UUID(row['evacuee']), datetime.fromisoformat(row['seen_at'])
    known = people.get(evacuee)
    return PersonRow(
        evacuee=evacuee,
        number=row['number'],
        details=known.details if known else PersonDetails(),
        area=row['area_name'] or '',
        place=Place(row['place']),
        state=StayState(row['state']),
        visitor=bool(row['visitor']),
        arrived_at=datetime.fromisoformat(row['arrived_at']),
        seen_at=seen_at,
        expected_at=datetime.fromisoformat(row['expected_at']) if row['expected_at'] else None,
        left_at=datetime.fromisoformat(row['left_at']) if row['left_at'] else None,
        left_for=row['left_for'] or '',
        silent=row['state'] != StayState.LEFT and seen_at < silent_before,
    )
