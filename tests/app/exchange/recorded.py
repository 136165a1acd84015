"""What a real box has to tell: recorded once, played to receivers in every disorder."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

from app.exchange.message import SentLine
from app.journal.epochs import begin_after_restore
from app.journal.journal import Journal
from app.journal.line import Actor
from app.runtime import Box
from app.vehicles.alcohol import AlcoholRecord
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.ledger import VehicleEntry
from app.vehicles.trip_values import HandOver, TakeBack
from app.vehicles.trips import Trips
from tests.support.box import hire, opened_box
from tests.support.two_boxes import lines_of

CARS = 3
TRIPS = 4


@dataclass(frozen=True, slots=True)
class Recording:
    """The lines of a box that was restored in the middle of its life."""

    box: UUID
    epoch: str
    lines: tuple[SentLine, ...]
    open_trips: frozenset[UUID]


def record(root: Path) -> Recording:
    """Let a box live through cars, trips and a restore."""
    return asyncio.run(_record(root))


async def _record(root: Path) -> Recording:
    async with opened_box(root) as box:
        await hire(box)
        cars = [
            (await box.vehicles.ledger.add(VehicleEntry(plate=f'金沢 {number}'), Actor.system(), odometer=100)).id
            for number in range(CARS)
        ]
        await _drive(box, box.vehicles.alcohol, box.vehicles.trips, cars[:2], 'before')
        identity = await begin_after_restore(box.vault)
        journal = Journal(box.vault, identity)
        alcohol = AlcoholRecord(box.vault, journal, Decimal(0))
        await _drive(box, alcohol, Trips(journal, box.staff), cars[2:], 'after')
        lines = await lines_of(box)
        out = frozenset(trip.id for trip in (await box.vehicles.trips.open_trips()).values())
    return Recording(identity.box, identity.epoch, lines, out)


def breath(driver: UUID) -> Breath:
    """A breath test without alcohol."""
    return Breath(
        phase=Phase.BEFORE,
        driver=driver,
        vehicle=None,
        confirmer=uuid5(driver, 'guard'),
        method=Method.FACE_TO_FACE,
        checker=None,
        value=Decimal(0),
        desk=None,
    )


async def _drive(box: Box, alcohol: AlcoholRecord, trips: Trips, cars: list[UUID], name: str) -> None:
    driver = await box.staff.find_by_number('1001')
    assert driver is not None
    for car in cars:
        for number in range(TRIPS):
            attempt = f'{name}-{car}-{number}'
            check = await alcohol.record(breath(driver.id))
            order = HandOver(
                attempt=attempt,
                vehicle=car,
                driver=driver.id,
                destination='県庁',
                purpose='会議',
                check=check.id,
            )
            trip = await trips.hand_over(order)
            if number < TRIPS - 1:
                back = TakeBack(attempt=f'{attempt}-in', trip=trip.id, odometer=110 + number, returned_by=driver.id)
                await trips.take_back(back)
