"""Taking over reservations from Garoon's CSV, after a look at what would change."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import transaction
from app.vehicles.garoon.csv_import import EVENT_PREFIX, CsvReading, read_reservations
from app.vehicles.garoon.events import Facility
from app.vehicles.garoon.events import Reservation as Told
from app.vehicles.garoon.sync import Changes, Fetched, Window, merge
from app.vehicles.ledger import VehicleInfo
from app.vehicles.reservation_rows import as_kept
from app.vehicles.reservations import Reservations

RESERVATIONS_IMPORTED = 'vehicles.reservations_imported'
NO_CHANGES = Changes(added=(), changed=(), gone=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What a file holds, and what taking it over would do."""

    reading: CsvReading
    changes: Changes
    first: datetime | None
    """Beginning of the first reservation in the file; None where it holds none."""
    last: datetime | None

    @property
    def unchanged(self) -> int:
        """Reservations that are known already."""
        return len(self.reading.reservations) - len(self.changes.added) - len(self.changes.changed)


async def plan_import(content: bytes, cars: Iterable[VehicleInfo], reservations: Reservations) -> ImportPlan:
    """Read the file and compare it. Earlier imports of the same cars and the same time that it lacks are gone.

    Raises:
        ReservationListError: the file cannot be read at all.
    """
    reading = await asyncio.to_thread(read_reservations, content, facilities_of(cars))
    told = tuple(as_kept(each) for each in reading.reservations)
    if not told:
        return ImportPlan(reading=reading, changes=NO_CHANGES, first=None, last=None)
    first, last = min(each.start for each in told), max(each.start for each in told)
    window = Window(first, last + timedelta(seconds=1))
    changes = merge(await _known(reservations, window), _as_fetched(told, window))
    return ImportPlan(reading=reading, changes=changes, first=first, last=last)


async def take_over(plan: ImportPlan, reservations: Reservations, journal: Journal, actor: Actor) -> None:
    """Change what the plan says; the journal gets one line with the numbers."""
    changes = plan.changes
    await reservations.keep((*changes.added, *changes.changed), [each.key for each in changes.gone])
    payload = {'added': len(changes.added), 'changed': len(changes.changed), 'gone': len(changes.gone)}
    act = Act(kind=RESERVATIONS_IMPORTED, actor=actor, payload=payload)
    await transaction(lambda tx: journal.append(tx, act))


def facilities_of(cars: Iterable[VehicleInfo]) -> list[Facility]:
    """Cars of the ledger as the file names them: by what stands under 施設, or by the name of the car."""
    return [Facility(car.entry.facility, car.entry.facility, car.entry.name) for car in cars if car.entry.facility]


async def _known(reservations: Reservations, window: Window) -> list[Told]:
    return [each for each in await reservations.known(window) if each.event_id.startswith(EVENT_PREFIX)]


def _as_fetched(told: tuple[Told, ...], window: Window) -> Fetched:
    facilities = frozenset(each.facility_id for each in told)
    return Fetched(window=window, reservations=told, read_facilities=facilities, unreadable_events=frozenset())
