"""Which shelters are open and how full they are: nothing about a person, and no number of people."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.shelters.heads import Heads, heads_of_all, people_inside
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.values import RECEIVING, ShelterState
from app.storage.reading import ReadOnlyDatabase

REGISTERED = """
    SELECT shelter, COUNT(DISTINCT evacuee) AS people FROM stay
    WHERE practice = 0 AND state <> 'left' AND place = 'shelter' GROUP BY shelter
"""
CROWDED_PERCENT = 80


class Fullness(StrEnum):
    """How full a shelter is; the words are 空きあり, 混雑, 満員 and 確認中."""

    ROOM = 'room'
    CROWDED = 'crowded'
    FULL = 'full'
    UNKNOWN = 'unknown'
    """Nobody was counted yet, or nobody knows how many fit in."""


@dataclass(frozen=True, slots=True)
class OpenShelter:
    """A shelter that people can come to, as everybody may know it."""

    shelter: ShelterInfo
    fullness: Fullness


@dataclass(frozen=True, slots=True)
class Directory:
    """All of them at one time, by kana and name."""

    shelters: tuple[OpenShelter, ...]
    as_of: datetime


def fullness_of(state: ShelterState, people: int | None, capacity: int | None, blocked: int) -> Fullness:
    """What staff said comes first, then people by the places that can be given; no number is taken for 0."""
    if state is ShelterState.FULL:
        return Fullness.FULL
    if people is None or capacity is None:
        return Fullness.UNKNOWN
    places = max(0, capacity - blocked)
    if people >= places:
        return Fullness.FULL
    return Fullness.CROWDED if people * 100 >= places * CROWDED_PERCENT else Fullness.ROOM


async def directory(register: ShelterRegister, reading: ReadOnlyDatabase) -> Directory:
    """Read what is open now; shelters in a drill are not among them."""
    at = clock.now()
    found = [one for one in await register.all() if one.state in RECEIVING and not one.practice]
    people = await reading.read(_people)
    listed = (_listed(one, people.get(one.id)) for one in found)
    return Directory(tuple(sorted(listed, key=lambda one: (one.shelter.entry.kana, one.shelter.entry.name))), at)


def _listed(shelter: ShelterInfo, people: int | None) -> OpenShelter:
    entry = shelter.entry
    return OpenShelter(shelter, fullness_of(shelter.state, people, entry.capacity, entry.blocked_capacity))


def _people(connection: sqlite3.Connection) -> dict[UUID, int]:
    heads = heads_of_all(connection, practice=False)
    registered = {UUID(row['shelter']): int(row['people']) for row in connection.execute(REGISTERED)}
    known = {*heads, *registered}
    return {each: people_inside(heads.get(each, Heads()), registered.get(each, 0)) for each in known}
