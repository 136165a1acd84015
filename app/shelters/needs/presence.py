"""How many people a shelter looks after, of what was counted and what was registered."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from app.shelters.heads import by_class, heads_of
from app.shelters.values import PersonClass, Place, StayState
from app.storage.reading import ReadOnlyDatabase

Key = TypeVar('Key', PersonClass, Place)
REGISTERED = """
    SELECT stay.place, stay.state, stay.visitor, evacuee.person_class, COUNT(DISTINCT stay.evacuee) AS people
    FROM stay JOIN evacuee ON evacuee.id = stay.evacuee
    WHERE stay.shelter = ? AND stay.practice = ? AND stay.state <> 'left'
    GROUP BY stay.place, stay.state, stay.visitor, evacuee.person_class
"""
HOUSEHOLDS = """
    SELECT COUNT(DISTINCT COALESCE(household_member.household, stay.evacuee)) AS households
    FROM stay LEFT JOIN household_member
        ON household_member.evacuee = stay.evacuee AND household_member.ended_at IS NULL
    WHERE stay.shelter = ? AND stay.practice = ? AND stay.state <> 'left'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """People of a shelter now; protected people are in the sums, which are numbers only."""

    counted: Mapping[PersonClass, int]
    """`heads.Heads`: those counted who have not left."""
    registered: Mapping[PersonClass, int]
    """As staying inside, those on a temporary leave included."""
    places: Mapping[Place, int]
    """All who are registered and have not left, by where they stay."""
    away: int
    visitors: int
    households: int
    """Of those who are registered; somebody without a household is one."""
    anybody_ever: bool
    """Since it last opened."""

    @property
    def people(self) -> int | None:
        """The larger of counted and registered; None while nobody was counted or registered at all."""
        if not self.anybody_ever:
            return None
        return max(self.counted_people, self.registered_people, 0)

    @property
    def counted_people(self) -> int:
        """Without names."""
        return sum(self.counted.values())

    @property
    def registered_people(self) -> int:
        """With a record, inside."""
        return sum(self.registered.values())

    @property
    def difference(self) -> int:
        """So many more were counted than are registered."""
        return self.counted_people - self.registered_people

    def by_class(self) -> Mapping[PersonClass, int]:
        """Of whichever is larger, counted or registered; heads of a roll call have no class, names do."""
        if self.difference <= 0:
            return self.registered
        if not self.counted.get(PersonClass.UNKNOWN):
            return self.counted
        unknown = self.registered.get(PersonClass.UNKNOWN, 0) + self.difference
        return {**self.registered, PersonClass.UNKNOWN: unknown}


class PresenceBook:
    """Reads who is where, as numbers."""

    def __init__(self, reading: ReadOnlyDatabase) -> None:
        self._reading = reading

    async def of(self, shelter: UUID, *, practice: bool) -> Presence:
        """The numbers of one shelter."""
        return await self._reading.read(lambda connection: presence_of(connection, shelter, practice))


def presence_of(connection: sqlite3.Connection, shelter: UUID, practice: bool) -> Presence:
    """The numbers of one shelter, on an open connection."""
    values = (str(shelter), practice)
    heads = heads_of(connection, shelter, practice=practice)
    here = connection.execute(REGISTERED, values).fetchall()
    return Presence(
        counted=by_class(heads.by_area.items()),
        registered=_sums(here, PersonClass, 'person_class', Place.SHELTER),
        places=_sums(here, Place, 'place'),
        away=sum(row['people'] for row in here if row['state'] == StayState.AWAY),
        visitors=sum(row['people'] for row in here if row['visitor']),
        households=connection.execute(HOUSEHOLDS, values).fetchone()['households'],
        anybody_ever=heads.is_known or bool(here),
    )


def _sums(rows: list[sqlite3.Row], kind: type[Key], column: str, place: Place | None = None) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for row in rows:
        if place is None or row['place'] == place:
            key = kind(row[column])
            found[key] = found.get(key, 0) + row['people']
    return found
