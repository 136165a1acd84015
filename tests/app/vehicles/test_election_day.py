"""Forty cars go out at half past six on election day, from two desks that offer the same cars."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from app.desks.register import Job
from app.runtime import Box
from app.vehicles.alcohol_values import Method
from app.vehicles.desk import CarDesk
from app.vehicles.ledger import VehicleEntry
from app.vehicles.models import AlcoholCheck, Trip
from app.vehicles.screens import Step
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from tests.app.vehicles.car_room import FAR, SYSTEM, Room, at_the_details, room
from tests.support.box import hire_with_card, reader_of, until

__all__ = ['room']
CARS = 40
CLEAR = Decimal('0.00')


@dataclass(frozen=True, slots=True)
class Queue:
    """A desk and those who stand before it."""

    desk: CarDesk
    reader: SimulatedCardReader
    drivers: list[tuple[UUID, SimulatedCard]]

    async def begin_duty(self, guard: SimulatedCard) -> None:
        """The guard is in charge of the desk."""
        self.reader.tap(guard)
        await until(lambda: self.desk.view.guard == '北')

    async def lend_all(self, box: Box) -> None:
        """One after the other; who was overtaken at the other desk begins again."""
        for driver, card in self.drivers:
            while (await box.vehicles.trips.now()).of_driver.get(driver) is None:
                self.reader.tap(card)
                await until(lambda: self.desk.view.step is Step.CAR)
                await self.desk.choose_car(self.desk.view.offers[0].vehicle)
                await self.desk.enter_details('投票所', '選挙')
                await self.desk.breathe(CLEAR, Method.FACE_TO_FACE)
                await self.desk.keys_out()
                await self.desk.cancel()


async def test_forty_drivers_at_two_desks_get_forty_cars(room: Room) -> None:
    box = room.box
    drivers = [(room.driver.id, room.driver_card)]
    for number in range(1, CARS):
        driver, card = await hire_with_card(box, str(5000 + number), f'運転\u3000{number}')
        await box.vehicles.licences.sight(driver.id, ['普通'], FAR, SYSTEM)
        entry = VehicleEntry(plate=f'金沢 500 い {number:02}-00', inspection_until=FAR, compulsory_insurance_until=FAR)
        await box.vehicles.ledger.add(entry, SYSTEM, odometer=100)
        drivers.append((driver.id, card))
    second = await box.desks.add('第二守衛室', Job.VEHICLES, 'sim:第二守衛室', SYSTEM)
    await box.engine.refresh()
    other = box.engine.controller(second.id)
    assert isinstance(other, CarDesk)
    queues = [
        Queue(room.desk, room.reader, drivers[::2]),
        Queue(other, reader_of(box, other), drivers[1::2]),
    ]
    for queue in queues:
        await queue.begin_duty(room.guard_card)
    await asyncio.gather(*(queue.lend_all(box) for queue in queues))

    trips = await Trip.all()
    assert len({trip.vehicle for trip in trips}) == len({trip.driver for trip in trips}) == len(trips) == CARS
    bound = await AlcoholCheck.filter(trip__not_isnull=True)
    assert {check.trip for check in bound} == {trip.id for trip in trips}


async def test_a_guard_on_patrol_confirms_by_telephone_and_the_record_says_so(room: Room) -> None:
    await at_the_details(room)
    await room.desk.enter_details('県庁', '会議')
    await room.desk.breathe(CLEAR, Method.TELEPHONE)
    assert room.desk.view.step is Step.KEYS_OUT
    (check,) = await AlcoholCheck.filter(driver=room.driver.id)
    assert check.method == 'telephone'
