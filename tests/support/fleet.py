"""A pool of cars with the trips of months, invented and the same each time."""

import random
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from app.clock import TOKYO
from app.journal.line import Actor
from app.runtime import Box
from app.storage.transaction import Transaction, transaction
from app.vehicles.ledger import CarType, VehicleEntry
from app.vehicles.models import Reservation, Trip, TurnedAway

SYSTEM = Actor.system()
ROWS_AT_ONCE = 500
SITES = ('第一守衛室', '第二守衛室')


async def furnish_pool(box: Box, first: date, days: int, *, ordinary: int = 12, kei: int = 4) -> int:
    """Cars of two types at two guard rooms, with trips on working days; returns how many trips."""
    cars = [await _add(box, number, CarType.ORDINARY) for number in range(ordinary)]
    cars += [await _add(box, ordinary + number, CarType.KEI) for number in range(kei)]
    chance = random.Random(2026)  # noqa: S311 - the same pool each time
    trips: list[Trip] = []
    bookings: list[Reservation] = []
    for day in (first + timedelta(days=number) for number in range(days)):
        for facility, car in cars if day.weekday() < 5 else ():
            _day_of_car(trips, bookings, (facility, car, day), chance)
    await keep(trips, bookings)
    return len(trips)


async def turn_away(at: datetime, car_type: str) -> None:
    """Somebody found no car."""
    row: dict[str, Any] = {'id': uuid.uuid4(), 'at': at, 'desk': None, 'car_type': car_type}

    async def work(tx: Transaction) -> None:
        await TurnedAway.create(**row, using_db=tx.connection)

    await transaction(work)


async def keep(trips: list[Trip], bookings: list[Reservation]) -> None:
    """Write the rows, many at a time."""
    for model, rows in ((Trip, trips), (Reservation, bookings)):
        for at in range(0, len(rows), ROWS_AT_ONCE):
            part: list[Any] = list(rows[at : at + ROWS_AT_ONCE])

            async def work(tx: Transaction, model: Any = model, part: list[Any] = part) -> None:
                await model.bulk_create(part, using_db=tx.connection)

            await transaction(work)


def trip(
    car: uuid.UUID, out_at: datetime, returned_at: datetime | None, sequence: int, reservation: str | None = None
) -> Trip:
    """A row of the run record."""
    return Trip(
        id=uuid.UUID(int=sequence),
        sequence=1_000_000 + sequence,
        box=uuid.UUID(int=1),
        vehicle=car,
        driver=uuid.UUID(int=2),
        reservation=reservation,
        destination='県庁',
        purpose='会議',
        out_at=out_at,
        returned_at=returned_at,
        source='desk',
    )


def booking(key: str, facility: str, start: datetime, end: datetime) -> Reservation:
    """A reservation as Garoon told it."""
    return Reservation(
        key=key, event=key, facility=facility, start=start, end=end, subject='現地確認', purpose='', creator='1001',
        attendees=[], fetched_at=start,
    )  # fmt: skip


async def _add(box: Box, number: int, car_type: CarType) -> tuple[str, uuid.UUID]:
    entry = VehicleEntry(
        plate=f'金沢 500 あ {number:04}', name=f'{number + 1}号車', car_type=car_type, guard_room=SITES[number % 2],
        facility=f'f{number}',
    )  # fmt: skip
    return entry.facility, (await box.vehicles.ledger.add(entry, SYSTEM, odometer=0)).id


def _day_of_car(
    trips: list[Trip], bookings: list[Reservation], where: tuple[str, uuid.UUID, date], chance: random.Random
) -> None:
    facility, car, day = where
    at = 8.5 + chance.choice((0.0, 0.5, 1.0, 2.0))
    while chance.random() < 0.55 and at < 16:
        start = datetime(day.year, day.month, day.day, tzinfo=TOKYO) + timedelta(hours=at)
        hours = chance.choice((1.0, 1.5, 2.0, 3.5))
        key = f'e{len(bookings)}'
        bookings.append(booking(key, facility, start, start + timedelta(hours=hours)))
        if chance.random() < 0.93:
            late = timedelta(minutes=chance.choice((-40, -20, -10, 0, 15)))
            trips.append(trip(car, start, start + timedelta(hours=hours) + late, len(trips), key))
        at += hours + 0.5
