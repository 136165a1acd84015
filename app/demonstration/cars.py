"""Invented cars, guards and trips for the demonstration city."""

import asyncio
import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import TOKYO, ClockQuality, Moment
from app.demonstration.cards import guard_card
from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffMember
from app.runtime import Box
from app.vehicles.ledger import CarType, VehicleEntry, VehicleInfo
from app.vehicles.trip_values import HandOver, TakeBack

CAR_DESK, CAR_READER = '第一守衛室', 'sim:第一守衛室'
GUARD_ROOMS = ('第一守衛室', '第二守衛室')
GUARDS = ('北\u3000守', '南\u3000衛')
COMPANY = '加賀警備(架空)'
CARS = 24
TYPES = (
    CarType.KEI, CarType.ORDINARY, CarType.KEI, CarType.KEI_CARGO, CarType.ORDINARY, CarType.WAGON, CarType.KEI,
    CarType.CARGO,
)  # fmt: skip
DEPARTMENTS = ('総務課', '総務課', '道路管理課', '市民課', '総務課', '危機管理課')
DESTINATIONS = (
    ('県庁', '会議'), ('市立病院', '書類の届け'), ('卯辰山', '道路の点検'), ('湯涌', '現地調査'), ('金沢港', '立会い'),
    ('第二本庁舎', '打合せ'), ('額谷', '用地の確認'), ('犀川緑地', '公園の点検'),
)  # fmt: skip
DAYS_OF_TRIPS = 42
TRIPS_A_DAY = 0.5
SATURDAY = 5
DRIVERS_OF_HISTORY = 25
"""The first of the staff keep their hands free for whoever tries the demonstration; the next ones drive."""


@dataclass(frozen=True, slots=True)
class _Drive:
    """One invented trip."""

    attempt: str
    car: VehicleInfo
    driver: UUID
    guard: UUID
    out_at: datetime
    hours: float
    kilometres: int
    aim: tuple[str, str]


async def furnish_cars(box: Box, people: list[StaffMember]) -> None:
    """A guard room with its desk, two guards, a checker, cars, licences and six weeks of trips."""
    actor = Actor.system()
    await box.desks.add(CAR_DESK, Job.VEHICLES, CAR_READER, actor)
    guards = [await _employ(box, name, actor) for name in GUARDS]
    checker = await box.vehicles.checkers.add(
        'ALC-000123', '検知器(架空)', actor, started_on=clock.today() - timedelta(days=90), measurement_limit=10_000
    )
    await box.vehicles.checkers.tested(checker.id, actor, works=True)
    valid_until = clock.today() + timedelta(days=500)
    await asyncio.gather(
        *(box.vehicles.licences.sight(each.id, ['普通', '準中型'], valid_until, actor) for each in people[:-1])
    )
    cars = [
        await box.vehicles.ledger.add(_entry(number), actor, odometer=8_000 + 1_730 * number) for number in range(CARS)
    ]
    await _drive_for_six_weeks(box, cars, people[DRIVERS_OF_HISTORY:], guards)


def _entry(number: int) -> VehicleEntry:
    today = clock.today()
    far = today + timedelta(days=100 + 17 * number)
    entry = VehicleEntry(
        plate=f'金沢 {500 + number % 3 * 80} あ {10 + number}-{(number * 37) % 90 + 10}',
        name=f'{number + 1}号車',
        car_type=TYPES[number % len(TYPES)],
        guard_room=GUARD_ROOMS[number % 3 // 2],
        department=DEPARTMENTS[number % len(DEPARTMENTS)],
        key_number=f'{number + 1:02}',
        facility=str(100 + number),
        inspection_until=far,
        compulsory_insurance_until=far,
        voluntary_insurance_until=far,
        periodic_check_until=far,
        has_winter_tyres=number % 2 == 0,
    )
    return _with_trouble(entry, number, today)


def _with_trouble(entry: VehicleEntry, number: int, today: date) -> VehicleEntry:
    match number:
        case 3:
            return replace(entry, inspection_until=today - timedelta(days=1))
        case 7:
            return replace(entry, inspection_until=today + timedelta(days=5))
        case 11:
            return replace(entry, blocked_reason='修理中')
        case 17:
            return replace(entry, for_disasters=True)
    return entry


async def _employ(box: Box, name: str, actor: Actor) -> UUID:
    guard = await box.vehicles.guards.add(name, COMPANY, actor)
    await box.cards.link(guard.id, guard_card(name).credential, actor, proven=False)
    return guard.id


async def _drive_for_six_weeks(
    box: Box, cars: list[VehicleInfo], drivers: list[StaffMember], guards: list[UUID]
) -> None:
    chance = random.Random(20261124)  # noqa: S311 - invented history, the same one at each start
    odometers = {car.id: car.odometer or 0 for car in cars}
    today = clock.today()
    for days_ago in range(DAYS_OF_TRIPS, 0, -1):
        day = today - timedelta(days=days_ago)
        if day.weekday() >= SATURDAY:
            continue
        of_day = [car for car in cars if not car.entry.for_disasters and chance.random() < TRIPS_A_DAY]
        drives = [_drive(day, car, chance, drivers, guards) for car in of_day]
        await asyncio.gather(*(_there_and_back(box, each, odometers) for each in drives))
    await _out_now(box, cars, drivers, guards[0])


async def _out_now(box: Box, cars: list[VehicleInfo], drivers: list[StaffMember], guard: UUID) -> None:
    now = clock.now()
    for position, hours in enumerate((-0.5, 1.0, 1.5, 3.0, 4.5)):
        order = HandOver(
            attempt=f'demonstration:now:{position}',
            vehicle=cars[position * 4 + 1].id,
            driver=drivers[position].id,
            destination=DESTINATIONS[position][0],
            purpose=DESTINATIONS[position][1],
            due_at=now + timedelta(hours=hours),
            handed_over_by=guard,
            at=_moment(now - timedelta(hours=1, minutes=7 * position)),
        )
        await box.vehicles.trips.hand_over(order)


def _drive(
    day: date, car: VehicleInfo, chance: random.Random, drivers: list[StaffMember], guards: list[UUID]
) -> _Drive:
    begins = datetime.combine(day, time(chance.choice((8, 9, 9, 10, 13, 13, 14))), TOKYO)
    return _Drive(
        attempt=f'demonstration:{day}:{car.entry.key_number}',
        car=car,
        driver=chance.choice(drivers).id,
        guard=chance.choice(guards),
        out_at=begins + timedelta(minutes=chance.randint(0, 55)),
        hours=chance.uniform(0.7, 3.5),
        kilometres=chance.randint(4, 62),
        aim=chance.choice(DESTINATIONS),
    )


async def _there_and_back(box: Box, drive: _Drive, odometers: dict[UUID, int]) -> None:
    trip = await box.vehicles.trips.hand_over(
        HandOver(
            attempt=f'{drive.attempt}:out',
            vehicle=drive.car.id,
            driver=drive.driver,
            destination=drive.aim[0],
            purpose=drive.aim[1],
            due_at=drive.out_at + timedelta(hours=4),
            handed_over_by=drive.guard,
            at=_moment(drive.out_at),
        )
    )
    odometers[drive.car.id] += drive.kilometres
    filled = drive.kilometres % 6 == 0
    await box.vehicles.trips.take_back(
        TakeBack(
            attempt=f'{drive.attempt}:in',
            trip=trip.id,
            odometer=odometers[drive.car.id],
            returned_by=drive.driver,
            received_by=drive.guard,
            fuel_litres=Decimal(drive.kilometres) / 2 if filled else None,
            fuel_yen=drive.kilometres * 85 if filled else None,
            has_receipt=filled,
            at=_moment(drive.out_at + timedelta(hours=drive.hours)),
        )
    )


def _moment(at: datetime) -> Moment:
    return Moment(at, 0, 'demonstration', ClockQuality.SYNCHRONISED)
