"""Invented cars, guards and a detector for the demonstration city."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from app import clock
from app.demonstration.cards import guard_card
from app.demonstration.drives import Crew, drive_for_six_weeks
from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffMember
from app.runtime import Box
from app.vehicles.ledger import CarType, VehicleEntry

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
DRIVERS_OF_HISTORY = 25
"""The first of the staff keep their hands free for whoever tries the demonstration; the next ones drive."""


async def furnish_cars(box: Box, people: list[StaffMember]) -> None:
    """A guard room with its desk, two guards, a checker, cars, licences and six weeks of trips."""
    actor = Actor.system()
    await box.desks.add(CAR_DESK, Job.VEHICLES, CAR_READER, actor, checker=CAR_READER, camera=CAR_READER)
    guards = [await _employ(box, name, actor) for name in GUARDS]
    checker = await box.vehicles.checkers.add(
        'SIM-0001', '検知器(架空)', actor, started_on=clock.today() - timedelta(days=90), measurement_limit=10_000
    )
    await box.vehicles.checkers.tested(checker.id, actor, works=True)
    valid_until = clock.today() + timedelta(days=500)
    await asyncio.gather(
        *(box.vehicles.licences.sight(each.id, ['普通', '準中型'], valid_until, actor) for each in people[:-1])
    )
    cars = [
        await box.vehicles.ledger.add(_entry(number), actor, odometer=8_000 + 1_730 * number) for number in range(CARS)
    ]
    await drive_for_six_weeks(box, cars, Crew(people[DRIVERS_OF_HISTORY:], guards, checker.id))


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
