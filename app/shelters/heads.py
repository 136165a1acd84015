"""How many heads are in a shelter now: every screen, report and sum takes the counted people from here."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.clock import TOKYO
from app.shelters.counting_base import CountingBase, bases
from app.shelters.values import PersonClass

Key = tuple[UUID | None, PersonClass]
# One shelter after the other along its index is as fast as one scan, and a join with 220 bases is not.
PRESSED = """
    SELECT SUM(change) AS people, MAX(counted_at) AS at, MIN(sequence) AS first FROM head_count
    WHERE shelter = ? AND sequence > ? AND practice = ?
"""
PRESSED_OF = """
    SELECT area, person_class, SUM(change) AS people, MAX(counted_at) AS at, MIN(sequence) AS first
    FROM head_count WHERE shelter = ? AND sequence > ? AND practice = ? GROUP BY area, person_class
"""
GONE = """
    WITH base AS MATERIALIZED (
        SELECT json_extract(value, '$[0]') AS shelter, json_extract(value, '$[1]') AS sequence,
            json_extract(value, '$[2]') AS roll_call
        FROM json_each(?)
    ), line AS (
        SELECT sequence, kind, json_extract(payload, '$.stay') AS stay, json_extract(payload, '$.place') AS place
        FROM journal_line WHERE kind IN ('shelters.left', 'shelters.moved') AND sequence > ?
    )
    SELECT stay.shelter, stay.area, COALESCE(evacuee.person_class, 'unknown') AS person_class,
        SUM((mark.id IS NULL) * CASE line.kind WHEN 'shelters.left' THEN line.place = 'shelter' ELSE (
            SELECT json_extract(earlier.payload, '$.place') = 'shelter'
            FROM journal_subject JOIN journal_line AS earlier USING (sequence)
            WHERE subject = stay.evacuee AND sequence < line.sequence
                AND json_extract(earlier.payload, '$.stay') = line.stay
            ORDER BY sequence DESC LIMIT 1
        ) - (line.place = 'shelter') END) AS people
    FROM line JOIN stay ON stay.id = line.stay
    JOIN base ON base.shelter = stay.shelter AND line.sequence > base.sequence
    LEFT JOIN evacuee ON evacuee.id = stay.evacuee
    LEFT JOIN roll_call_mark AS mark
        ON mark.roll_call = base.roll_call AND mark.evacuee = stay.evacuee AND mark.mark = 'not_found'
    WHERE stay.practice = ? GROUP BY stay.shelter, stay.area, evacuee.person_class
"""
"""Who was registered inside and left, or moved to a car; whom the roll call did not find was not in its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Counted since the shelter last opened or a roll call was signed, without those who have left since."""

    people: int = 0
    by_area: Mapping[Key, int] = field(default_factory=dict)
    """Only where one shelter was asked for; None: no area was said."""
    is_known: bool = False
    """Somebody was counted, or left, in this opening; else 0 says nothing."""
    at: datetime | None = None
    """Of the last press, or of the roll call."""


def heads_of(connection: sqlite3.Connection, shelter: UUID, *, practice: bool) -> Heads:
    """The heads of one shelter by area and class. For a thread."""
    base = bases(connection, practice=practice, shelter=shelter).get(shelter)
    if base is None:
        return Heads()
    pressed = connection.execute(PRESSED_OF, (str(shelter), base.sequence, practice)).fetchall()
    since = _gone_since(base, (row['first'] for row in pressed))
    gone = connection.execute(GONE, (_plain({shelter: base}, {shelter: since}), since, practice)).fetchall()
    found: dict[Key, int] = {(area, PersonClass.UNKNOWN): people for area, people in (base.found or {}).items()}
    for row in pressed:
        found[_key(row)] = found.get(_key(row), 0) + row['people']
    by_area = without(found, {_key(row): row['people'] or 0 for row in gone})
    at = max((_time(row['at']) for row in pressed), default=_found_at(base))
    is_known = bool(pressed or gone) or base.found is not None
    return Heads(people=sum(by_area.values()), by_area=by_area, is_known=is_known, at=at)


def heads_of_all(connection: sqlite3.Connection, *, practice: bool) -> dict[UUID, Heads]:
    """The heads of all shelters at once; those of which nothing is known are left out. For a thread."""
    known = bases(connection, practice=practice)
    pressed = {
        each: row
        for each, base in known.items()
        if (row := connection.execute(PRESSED, (str(each), base.sequence, practice)).fetchone())['first'] is not None
    }
    gone = _gone_of_all(connection, known, pressed, practice)
    heads = {each: _sum(base, pressed.get(each), gone.get(each)) for each, base in known.items()}
    return {shelter: each for shelter, each in heads.items() if each.is_known}


def _gone_of_all(
    connection: sqlite3.Connection,
    known: Mapping[UUID, CountingBase],
    pressed: Mapping[UUID, sqlite3.Row],
    practice: bool,
) -> dict[UUID, int]:
    first = {shelter: [row['first']] for shelter, row in pressed.items()}
    since = {shelter: _gone_since(base, first.get(shelter, [])) for shelter, base in known.items()}
    gone: dict[UUID, int] = defaultdict(int)
    for row in connection.execute(GONE, (_plain(known, since), min(since.values(), default=0), practice)):
        gone[UUID(row['shelter'])] += row['people'] or 0
    return gone


def _sum(base: CountingBase, pressed: sqlite3.Row | None, gone: int | None) -> Heads:
    people = sum((base.found or {}).values()) + (pressed['people'] if pressed else 0) - (gone or 0)
    is_known = pressed is not None or gone is not None or base.found is not None
    at = _time(pressed['at']) if pressed else _found_at(base)
    return Heads(people=max(0, people), is_known=is_known, at=at)


def without(found: Mapping[Key, int], gone: Mapping[Key, int]) -> dict[Key, int]:
    """Take off who has gone: where they were counted in another area or as another class, there; nothing below 0."""
    rest = {key: found.get(key, 0) - gone.get(key, 0) for key in {**found, **gone}}
    for key in [key for key, people in rest.items() if people < 0]:
        lacking, rest[key] = -rest[key], 0
        for other in sorted(rest, key=lambda other: (other[1] != key[1], other[0] != key[0], -rest[other])):
            taken = min(lacking, max(0, rest[other]))
            rest[other], lacking = rest[other] - taken, lacking - taken
    return {key: people for key, people in rest.items() if key in found or people}


def _gone_since(base: CountingBase, first_presses: Iterable[int]) -> int:
    """Who left before anybody was counted was not counted."""
    return base.sequence if base.found is not None else min(first_presses, default=base.sequence)


def _plain(known: Mapping[UUID, CountingBase], since: Mapping[UUID, int]) -> str:
    return json.dumps([[str(shelter), since[shelter], base.roll_call] for shelter, base in known.items()])


def _key(row: sqlite3.Row) -> Key:
    return UUID(row['area']) if row['area'] else None, PersonClass(row['person_class'])


def _found_at(base: CountingBase) -> datetime | None:
    return base.at if base.found is not None else None


def _time(stored: str) -> datetime:
    return datetime.fromisoformat(stored).astimezone(TOKYO)


def people_inside(counted: Heads, registered: int) -> int:
    """The larger of both: not all who were counted are registered, not all who are registered were counted."""
    return max(counted.people, registered)


def by_class(counted: Iterable[tuple[Key, int]]) -> dict[PersonClass, int]:
    """Over all areas."""
    sums: dict[PersonClass, int] = {}
    for (_area, person_class), people in counted:
        sums[person_class] = sums.get(person_class, 0) + people
    return sums
