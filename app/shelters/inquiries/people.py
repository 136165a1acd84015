"""Everybody who may be meant by an inquiry, read and opened in a thread, and where the one who is meant is."""

import sqlite3
from collections.abc import Callable
from uuid import UUID

from app.shelters.departures import open_destination
from app.shelters.details import open_person
from app.shelters.inquiries.matching import Candidate
from app.shelters.inquiries.values import Whereabouts
from app.shelters.values import LeftFor, Place, StayState
from app.storage.vault import Vault

NOBODY = UUID(int=0)
"""Whose stays are asked for where nobody is meant, so that as much is asked in every case."""
PEOPLE = 'SELECT id, details FROM evacuee WHERE merged_into IS NULL AND practice = ?'
MEMBERS = 'SELECT household, evacuee FROM household_member WHERE ended_at IS NULL'
LAST_STAY = """
    SELECT shelter.name, stay.id, stay.place, stay.state, stay.left_for, departure.evacuee AS owner,
        departure.destination, there.name AS there
    FROM stay JOIN shelter ON shelter.id = stay.shelter
    LEFT JOIN departure ON departure.id = stay.id LEFT JOIN shelter AS there ON there.id = departure.shelter
    WHERE stay.evacuee = ? ORDER BY stay.arrived_at DESC LIMIT 1
"""


def candidates(vault: Vault, *, practice: bool) -> Callable[[sqlite3.Connection], list[Candidate]]:
    """Everybody who was not merged; hidden are protected people and those who share a household with one."""

    def query(connection: sqlite3.Connection) -> list[Candidate]:
        rows = connection.execute(PEOPLE, (practice,)).fetchall()
        people = [(UUID(row['id']), open_person(vault, UUID(row['id']), row['details'])) for row in rows]
        protected = {evacuee for evacuee, details in people if details.protected}
        hidden = protected | _who_live_with(connection, protected)
        return [Candidate(evacuee, details, evacuee in hidden) for evacuee, details in people]

    return query


def whereabouts(vault: Vault, evacuee: UUID | None) -> Callable[[sqlite3.Connection], Whereabouts | None]:
    """Where somebody was recorded last."""

    def query(connection: sqlite3.Connection) -> Whereabouts | None:
        row = connection.execute(LAST_STAY, (str(evacuee or NOBODY),)).fetchone()
        if row is None:
            return None
        left_for = LeftFor(row['left_for']) if row['left_for'] else None
        return Whereabouts(
            shelter=row['name'],
            place=Place(row['place']),
            state=StayState(row['state']),
            left_for=left_for,
            destination=_destination(vault, row),
        )

    return query


def _destination(vault: Vault, row: sqlite3.Row) -> str:
    if row['owner'] is None:
        return ''
    told = open_destination(vault, UUID(row['owner']), UUID(row['id']), row['destination'])
    return '、'.join(part for part in (row['there'], told) if part)


def _who_live_with(connection: sqlite3.Connection, protected: set[UUID]) -> set[UUID]:
    members = [(row['household'], UUID(row['evacuee'])) for row in connection.execute(MEMBERS)]
    households = {household for household, evacuee in members if evacuee in protected}
    return {evacuee for household, evacuee in members if household in households}
