"""A guard room with a fleet, its history and its reservations, as the measures of shared cars need it."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from app import clock
from app.desks.register import Job
from app.journal.line import Actor
from app.runtime import Box
from app.storage.transaction import Transaction, transaction
from app.vehicles.desk import CarDesk
from app.vehicles.garoon.events import Person, Reservation
from app.vehicles.ledger import CarType, VehicleEntry, VehicleInfo
from app.vehicles.models import Trip
from app.vehicles.screens import Step
from app.vehicles.trip_values import Source
from device_drivers.card_reader.simulation import SimulatedCardReader
from tests.benchmarks.furnished import card_of, hire_many
from tests.support.box import felica

CARS, DRIVERS, RESERVED, OUT_ALREADY, TRIPS = 300, 60, 150, 60, 20_000
SYSTEM = Actor.system()
FAR = date(2040, 3, 31)
GUARD_CARD = felica('0114000000009999')
CLEAR = Decimal('0.00')


@dataclass(frozen=True, slots=True)
class GuardRoom:
    """An open car desk whose guard has begun their shift; the first cars are nobody's."""

    box: Box
    desk: CarDesk
    reader: SimulatedCardReader
    people: list[UUID]
    """Drivers, by the position of their card."""

    async def lend(self, driver: int) -> None:
        """Tap, the first car that is offered, where to, breath, key; until the board shows again."""
        await self._tap(driver, Step.CAR)
        await self.desk.choose_car(self.desk.view.offers[0].vehicle)
        await self.desk.enter_details('県庁', '会議')
        await self.desk.breathe(CLEAR)
        await self.desk.keys_out()
        await self._back_to_the_board()

    async def take_back(self, driver: int) -> None:
        """Tap, breath, odometer, key; until the board shows again."""
        await self._tap(driver, Step.BREATH)
        await self.desk.breathe(CLEAR)
        assert self.desk.view.last_odometer is not None
        await self.desk.enter_odometer(self.desk.view.last_odometer + 12)
        await self.desk.keys_in()
        await self._back_to_the_board()

    async def _back_to_the_board(self) -> None:
        assert self.desk.view.step is Step.DONE
        await self.desk.cancel()
        assert len(self.desk.view.rows) == CARS

    async def _tap(self, driver: int, step: Step) -> None:
        shown = _reached(self.desk, lambda: self.desk.view.step is step)
        self.reader.tap(card_of(driver))
        await shown


async def open_guard_room(box: Box) -> GuardRoom:
    """Furnish a box with one."""
    people = await hire_many(box, DRIVERS + OUT_ALREADY)
    for position, person in enumerate(people[:DRIVERS]):
        await box.cards.link(person, card_of(position).credential, SYSTEM, proven=False)
        await box.vehicles.licences.sight(person, ['普通'], FAR, SYSTEM)
    cars = [await box.vehicles.ledger.add(_entry(number), SYSTEM, odometer=40_000) for number in range(CARS)]
    await _remember(box, people, cars)
    await box.vehicles.reservations.keep([_reservation(number) for number in range(RESERVED)])
    checker = await box.vehicles.checkers.add('S-1', 'FC', SYSTEM, started_on=date(2026, 1, 1))
    await box.vehicles.checkers.tested(checker.id, SYSTEM, works=True)
    guard = await box.vehicles.guards.add('北\u3000守', '加賀警備', SYSTEM)
    await box.cards.link(guard.id, GUARD_CARD.credential, SYSTEM, proven=False)
    info = await box.desks.add('第一守衛室', Job.VEHICLES, 'sim:第一守衛室', SYSTEM)
    await box.engine.refresh()
    desk = box.engine.controller(info.id)
    reader = box.readers.use(info.reader)
    assert isinstance(desk, CarDesk)
    assert isinstance(reader, SimulatedCardReader)
    on_duty = _reached(desk, lambda: desk.view.guard == '北')
    reader.tap(GUARD_CARD)
    await on_duty
    return GuardRoom(box, desk, reader, people)


async def _reached(desk: CarDesk, condition: Callable[[], bool]) -> None:
    news = asyncio.Event()
    end = desk.listen(lambda _none: news.set())
    try:
        while not condition():
            news.clear()
            await asyncio.wait_for(news.wait(), 10)
    finally:
        end()


def _entry(number: int) -> VehicleEntry:
    return VehicleEntry(
        plate=f'金沢 5{number % 90 + 10} あ {number // 100:02}-{number % 100:02}', name=f'{number + 1}号車',
        car_type=list(CarType)[number % len(CarType)], guard_room='第一守衛室', department='総務課',
        key_number=f'{number + 1:03}', facility=str(number), inspection_until=FAR, compulsory_insurance_until=FAR,
    )  # fmt: skip


async def _remember(box: Box, people: list[UUID], cars: list[VehicleInfo]) -> None:
    """Trips of the past, and cars from the far end of the list that are out now."""
    now = clock.now()
    past = [_trip(box, people[n % DRIVERS], cars[n % CARS], now - timedelta(hours=n + 9), -n - 1) for n in range(TRIPS)]
    for trip in past:
        trip.returned_at, trip.odometer_in = trip.out_at + timedelta(hours=2), 40_000
    out = [
        _trip(box, person, car, now - timedelta(minutes=30), -TRIPS - number - 1)
        for number, (person, car) in enumerate(zip(people[DRIVERS:], reversed(cars), strict=False))
    ]

    async def work(tx: Transaction) -> None:
        await Trip.bulk_create([*past, *out], batch_size=1000, using_db=tx.connection)

    await transaction(work)


def _trip(box: Box, driver: UUID, car: VehicleInfo, out_at: datetime, sequence: int) -> Trip:
    return Trip(
        id=uuid.uuid4(), sequence=sequence, box=box.journal.identity.box, vehicle=car.id, driver=driver,
        destination=f'訪問先{-sequence % 40}', purpose='会議', out_at=out_at, odometer_out=40_000,
        source=str(Source.DESK),
    )  # fmt: skip


def _reservation(number: int) -> Reservation:
    start = clock.now() + timedelta(hours=2 + number % 20)
    return Reservation(
        key=f'ev-{number}', event_id=str(number), repeat_id='', facility_id=str(CARS // 2 + number), facility_code='',
        start=start, end=start + timedelta(hours=2), is_all_day=False, is_start_only=False, is_tentative=False,
        menu='', subject='会議', notes='', creator=Person('9', '9999', '秘書'),
        attendees=(Person('8', '8888', '別人'),), purpose='', usage_request_status='', updated_at=None,
        visibility='PUBLIC',
    )  # fmt: skip
