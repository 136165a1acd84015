"""Where this person usually drives, so that nobody types it again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.storage.remembered import Remembered
from app.storage.rows import rows
from app.vehicles.trip_values import TripInfo

LOOKED_AT = 50
MOST = 6
OWN = """
    SELECT destination, purpose FROM (
        SELECT destination, purpose, rowid AS written FROM trip WHERE driver = ? ORDER BY rowid DESC LIMIT ?
    ) WHERE destination <> '' GROUP BY destination, purpose ORDER BY count(*) DESC, max(written) DESC LIMIT ?
"""
"""The trips that were written down last: in this order they stand in the index of drivers."""
EVERYBODYS = 'SELECT id, out_at, destination, purpose FROM trip ORDER BY out_at DESC LIMIT ?'
Place = tuple[str, str]
"""Destination and purpose."""


@dataclass(frozen=True, slots=True)
class _Went:
    trip: UUID
    at: datetime
    place: Place


class Destinations:
    """Destination and purpose of past trips: the person's own most frequent ones, then everybody's."""

    def __init__(self) -> None:
        self._latest = Remembered(_read_latest)

    async def usual(self, driver: UUID) -> list[Place]:
        """What is proposed to this driver, the likeliest first."""
        own = [(row['destination'], row['purpose']) for row in await rows(OWN, [str(driver), LOOKED_AT, MOST])]
        everybodys = _ranked(each.place for each in await self._latest.get())
        return list(dict.fromkeys([*own, *everybodys]))[:MOST]

    def learn(self, trip: TripInfo) -> None:
        """Somebody drives there, or a record was corrected: call it after the commit."""
        went = _Went(trip.id, trip.out_at, (trip.destination, trip.purpose))
        self._latest.amend(lambda latest: _with(latest, went))


def _with(latest: list[_Went], went: _Went) -> list[_Went]:
    others = [each for each in latest if each.trip.int != went.trip.int]
    return sorted([went, *others], key=lambda each: each.at, reverse=True)[:LOOKED_AT]


def _ranked(places: Iterable[Place]) -> list[Place]:
    counted = Counter(place for place in places if place[0])
    return [place for place, _count in counted.most_common(MOST)]


async def _read_latest() -> list[_Went]:
    return [
        _Went(UUID(row['id']), datetime.fromisoformat(row['out_at']), (row['destination'], row['purpose']))
        for row in await rows(EVERYBODYS, [LOOKED_AT])
    ]
