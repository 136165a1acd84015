"""Reads the figures of all shelters of this box at once: a handful of grouped statements, whatever their number."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.shelter_settings import ShelterSettings
from app.shelters.handouts.request_values import OPEN, RequestState
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.heads import Heads, heads_of_all, people_inside
from app.shelters.needs import standards
from app.shelters.needs.fact_book import Facts, last_facts
from app.shelters.needs.opening_time import opened_of_all
from app.shelters.needs.standards import Standard
from app.shelters.needs.strip import days_between, measures_of, shortages, usable_area
from app.shelters.places import Area, ShelterInfo
from app.shelters.reports.schedule import next_due
from app.shelters.values import AreaKind, Place, StayState

# Everything is summed up: walking along an index, row by row, takes twice as long as a scan and a sort.
STAYS = """
    SELECT shelter, place, state, visitor, COUNT(*) AS people, MAX(MAX(state_since), MAX(seen_at)) AS at
    FROM stay NOT INDEXED WHERE practice = ? GROUP BY shelter, place, state, visitor
"""
"""Nobody has two open stays at one shelter (`Stays.arrive_in`, `merging`)."""
HOUSEHOLDS = """
    SELECT stay.shelter, COUNT(DISTINCT COALESCE(household_member.household, stay.evacuee)) AS households
    FROM stay LEFT JOIN household_member
        ON household_member.evacuee = stay.evacuee AND household_member.ended_at IS NULL
    WHERE stay.practice = ? AND stay.state <> 'left' GROUP BY stay.shelter
"""
REQUESTS = """
    SELECT shelter, COUNT(*) AS number, SUM(state = ?) AS to_decide, MAX(changed_at) AS at
    FROM supply_request WHERE practice = ? AND state IN (SELECT value FROM json_each(?)) GROUP BY shelter
"""
CALLS = """
    SELECT shelter, COUNT(*) AS number, MAX(called_at) AS at FROM urgent_call
    WHERE practice = ? AND taken_at IS NULL GROUP BY shelter
"""
REPORTS = """
    SELECT shelter, drafted_at, signed_at, MAX(number) FROM status_report
    WHERE practice = ? AND state = 'signed' AND replaced_at IS NULL GROUP BY shelter
"""
AREAS = 'SELECT id, shelter, name, kind, area_m2 FROM shelter_area WHERE retired_at IS NULL'
Rows = Mapping[UUID, sqlite3.Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    counted: Mapping[UUID, Heads]
    stays: Mapping[UUID, Sequence[sqlite3.Row]]
    households: Rows | None
    requests: Rows
    calls: Rows
    reports: Rows
    facts: Mapping[UUID, Facts]
    areas: Mapping[UUID, Sequence[Area]]
    opened: Mapping[UUID, datetime]
    settings: ShelterSettings = field(repr=False)
    now: datetime


def read_figures(
    connection: sqlite3.Connection,
    shelters: Iterable[ShelterInfo],
    settings: ShelterSettings,
    now: datetime,
    *,
    practice: bool,
    with_households: bool,
) -> tuple[ShelterFigures, ...]:
    """The figures of those of the shelters that are in a drill, or of those that are not. For a thread."""
    households = connection.execute(HOUSEHOLDS, (practice,)) if with_households else None
    found = _Found(
        counted=heads_of_all(connection, practice=practice),
        stays=_grouped(connection.execute(STAYS, (practice,))),
        households=None if households is None else _by_shelter(households),
        requests=_by_shelter(connection.execute(REQUESTS, (RequestState.SENT, practice, json.dumps(sorted(OPEN))))),
        calls=_by_shelter(connection.execute(CALLS, (practice,))),
        reports=_by_shelter(connection.execute(REPORTS, (practice,))),
        facts=last_facts(connection, practice=practice),
        areas=_areas(connection),
        opened=opened_of_all(connection),
        settings=settings,
        now=now,
    )
    return tuple(_figures(each, found) for each in shelters if each.practice is practice)


def _figures(shelter: ShelterInfo, found: _Found) -> ShelterFigures:
    here = shelter.id
    stays = found.stays.get(here, ())
    staying = [row for row in stays if row['state'] != StayState.LEFT]
    heads, registered = found.counted.get(here, Heads()), _people(staying, Place.SHELTER)
    people = people_inside(heads, registered) if heads.is_known or staying else None
    outside = {place: _people(staying, place) for place in Place if place is not Place.SHELTER}
    report = found.reports.get(here)
    return ShelterFigures(
        shelter=shelter,
        people=people,
        counted=heads.people,
        registered=registered,
        away=sum(row['people'] for row in staying if row['state'] == StayState.AWAY),
        in_cars=outside[Place.CAR],
        at_home=outside[Place.HOME],
        elsewhere=outside[Place.OTHER],
        visitors=sum(row['people'] for row in staying if row['visitor']),
        households=None if found.households is None else _number(found.households, here, 'households'),
        short=_short(shelter, people, sum(outside.values()), found),
        requests=_number(found.requests, here, 'number'),
        requests_to_decide=_number(found.requests, here, 'to_decide'),
        calls=_number(found.calls, here, 'number'),
        reported_at=_time(report['signed_at']) if report else None,
        report_due_at=_due(here, found),
        as_of=_as_of(shelter, found),
    )


def _short(shelter: ShelterInfo, people: int | None, outside: int, found: _Found) -> tuple[Standard, ...]:
    facts = found.facts.get(shelter.id, {})
    days = days_between(found.opened.get(shelter.id), found.now)
    toilets = None if people is None else standards.toilets_needed(people, days, found.settings.toilets_later_days)
    square_metres = usable_area(shelter.entry.area_m2, found.areas.get(shelter.id, ()))
    eating = None if people is None else people + outside
    return shortages(measures_of(people, eating, square_metres, toilets, facts), facts)


def _due(shelter: UUID, found: _Found) -> datetime | None:
    opened, report = found.opened.get(shelter), found.reports.get(shelter)
    if opened is None:
        return None
    told = _time(report['drafted_at']) if report else None
    return next_due(opened, told, first_minutes=found.settings.report_minutes, times=found.settings.report_times)


def _as_of(shelter: ShelterInfo, found: _Found) -> datetime | None:
    known = [rows[shelter.id]['at'] for rows in (found.requests, found.calls) if shelter.id in rows]
    known += [row['at'] for row in found.stays.get(shelter.id, ())]
    times = [_time(at) for at in known]
    times += [at] if (at := found.counted.get(shelter.id, Heads()).at) else []
    times += [fact.as_of for fact in found.facts.get(shelter.id, {}).values()]
    times += [shelter.state_since.astimezone(TOKYO)] if shelter.state_since else []
    return max(times, default=None)


def _areas(connection: sqlite3.Connection) -> dict[UUID, list[Area]]:
    areas: dict[UUID, list[Area]] = defaultdict(list)
    for row in connection.execute(AREAS):
        shelter, kind = UUID(row['shelter']), AreaKind(row['kind'])
        areas[shelter].append(
            Area(id=UUID(row['id']), shelter=shelter, name=row['name'], kind=kind, area_m2=row['area_m2'])
        )
    return areas


def _people(rows: Iterable[sqlite3.Row], place: Place) -> int:
    return sum(row['people'] for row in rows if row['place'] == place)


def _number(rows: Rows, shelter: UUID, column: str) -> int:
    return int(rows[shelter][column]) if shelter in rows else 0


def _by_shelter(rows: Iterable[sqlite3.Row]) -> dict[UUID, sqlite3.Row]:
    return {UUID(row['shelter']): row for row in rows}


def _grouped(rows: Iterable[sqlite3.Row]) -> dict[UUID, list[sqlite3.Row]]:
    found: dict[UUID, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        found[UUID(row['shelter'])].append(row)
    return found


def _time(stored: Any) -> datetime:
    return datetime.fromisoformat(stored).astimezone(TOKYO)
