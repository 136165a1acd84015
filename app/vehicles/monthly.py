"""運転日誌 of a month: the box opens the names, a child reads the rows and makes the sheets."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.documents.sheet import Outdated, Sheet, TooLong
from app.people.names import NOBODY, Named, names_of
from app.storage.reading import ReadOnlyDatabase, open_read_only
from app.storage.vault import Vault
from app.vehicles.run_record import MOST_AT_ONCE, TripEntry, TripFilter, entries_of, people_of_trips
from app.vehicles.sheets import About, empty_sheet, sheets_of_cars, sheets_of_drivers


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyOrder:
    """All that the child needs. It has no key: names come with the order."""

    database: Path
    wanted: TripFilter
    about: About
    by_driver: bool
    people: Mapping[UUID, Named]
    """Everybody who stands in the trips; whose name is not known, as nobody."""


async def order_month(
    reading: ReadOnlyDatabase, vault: Vault, database: Path, wanted: TripFilter, about: About, *, by_driver: bool
) -> MonthlyOrder:
    """Open the names of those who drove."""

    def read(connection: sqlite3.Connection) -> dict[UUID, Named]:
        people = people_of_trips(connection, wanted)
        return dict.fromkeys(people, NOBODY) | names_of(connection, vault, people)

    people = await reading.read(read)
    return MonthlyOrder(database=database, wanted=wanted, about=about, by_driver=by_driver, people=people)


def monthly_sheets(order: MonthlyOrder) -> list[Sheet]:
    """The sheets of all cars or drivers. For the child.

    Raises:
        Outdated: somebody stands in the trips now whom the order does not name.
        TooLong: more than `MOST_AT_ONCE` trips.
    """
    with closing(open_read_only(order.database)) as connection:
        entries = _entries(connection, order)
    sheets = sheets_of_drivers if order.by_driver else sheets_of_cars
    return sheets(entries, order.about) or [empty_sheet(order.about)]


def _entries(connection: sqlite3.Connection, order: MonthlyOrder) -> list[TripEntry]:
    try:
        entries = list(entries_of(connection, order.wanted, order.people, MOST_AT_ONCE + 1))
    except KeyError:
        raise Outdated('somebody new stands in the trips') from None
    if len(entries) > MOST_AT_ONCE:
        raise TooLong(f'more than {MOST_AT_ONCE} trips')
    return entries
