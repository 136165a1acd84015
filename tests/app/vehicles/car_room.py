"""A guard room in which everything is in order, and what people do in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffMember
from app.runtime import Box
from app.vehicles.desk import CarDesk
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.screens import Step
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from tests.support.box import felica, hire_with_card, reader_of, until

SYSTEM = Actor.system()
FAR = date(2030, 3, 31)


@dataclass(slots=True)
class Room:
    """A guard room in which everything is in order."""

    box: Box
    desk: CarDesk
    reader: SimulatedCardReader
    car: VehicleInfo
    driver: StaffMember
    driver_card: SimulatedCard
    guard_card: SimulatedCard


@pytest.fixture
async def room(box: Box) -> AsyncIterator[Room]:
    """The room of the box of the test."""
    yield await furnished(box)


async def furnished(box: Box) -> Room:
    """One car, one driver with a licence, one guard, one detector that was tested."""
    driver, driver_card = await hire_with_card(box)
    guard = await box.vehicles.guards.add('北\u3000守', '加賀警備', SYSTEM)
    guard_card = felica('0114000000009999')
    await box.cards.link(guard.id, guard_card.credential, SYSTEM, proven=False)
    await box.vehicles.licences.sight(driver.id, ['普通'], FAR, SYSTEM)
    checker = await box.vehicles.checkers.add('S-1', 'FC', SYSTEM, started_on=date(2026, 1, 1))
    await box.vehicles.checkers.tested(checker.id, SYSTEM, works=True)
    entry = VehicleEntry(
        plate='金沢 500 あ 12-34', name='1号車', key_number='12', facility='7',
        inspection_until=FAR, compulsory_insurance_until=FAR,
    )  # fmt: skip
    car = await box.vehicles.ledger.add(entry, SYSTEM, odometer=41_200)
    info = await box.desks.add('第一守衛室', Job.VEHICLES, 'sim:第一守衛室', SYSTEM)
    await box.engine.refresh()
    desk = box.engine.controller(info.id)
    assert isinstance(desk, CarDesk)
    return Room(box, desk, reader_of(box, desk), car, driver, driver_card, guard_card)


async def borrow(room: Room) -> None:
    """The driver goes through all steps, as far as the gates let them."""
    await at_the_details(room)
    await measured(room)
    await room.desk.keys_out()


async def at_the_details(room: Room) -> None:
    """The guard is on duty, and the driver has chosen the car."""
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)


async def measured(room: Room) -> None:
    """The driver said where to, and the breath is clear."""
    await room.desk.enter_details('県庁', '会議')
    await room.desk.breathe(Decimal('0.00'))
