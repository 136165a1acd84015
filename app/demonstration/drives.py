"""Six weeks of invented trips with their breath tests, and a few records that somebody should look at."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, auto
from itertools import count
from uuid import UUID

from app import clock
from app.clock import TOKYO, ClockQuality, Moment
from app.people.staff import StaffMember
from app.runtime import Box
from app.storage.vault import RecordClass
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.ledger import VehicleInfo
from app.vehicles.trip_values import HandOver, TakeBack

DESTINATIONS = (
    ('県庁', '会議'), ('市立病院', '書類の届け'), ('卯辰山', '道路の点検'), ('湯涌', '現地調査'), ('金沢港', '立会い'),
    ('第二本庁舎', '打合せ'), ('額谷', '用地の確認'), ('犀川緑地', '公園の点検'),
)  # fmt: skip
FAR_AWAY = ('東京', '要望活動')
DAYS_OF_TRIPS = 42
TRIPS_A_DAY = 0.5
SATURDAY = 5
HOURS_UNTIL_DUE = (-0.5, 1.0, 1.5, 3.0, 4.5)
"""Of the cars that are out now."""
UNWRITTEN_KM = 38
FAR_KM = 934
CHECK_TAKES = timedelta(minutes=3)


class Trouble(Enum):
    """What does not fit in the record of a trip."""

    NO_CHECK_BEFORE = auto()
    NO_CHECK_AFTER = auto()
    ODOMETER_GAP = auto()
    FAR = auto()


TROUBLES = {60: Trouble.NO_CHECK_AFTER, 140: Trouble.ODOMETER_GAP, 215: Trouble.FAR, 290: Trouble.NO_CHECK_BEFORE}
"""By the number of the trip; there are more than 300."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who drives, who hands the keys over, and the alcohol detector."""

    drivers: list[StaffMember]
    guards: list[UUID]
    checker: UUID


@dataclass(frozen=True, slots=True)
class _Drive:
    """One invented trip."""

    attempt: str
    car: VehicleInfo
    driver: UUID
    guard: UUID
    checker: UUID
    out_at: datetime
    hours: float
    kilometres: int
    aim: tuple[str, str]
    trouble: Trouble | None

    @property
    def returned_at(self) -> datetime:
        """When the key came back."""
        return self.out_at + timedelta(hours=self.hours)


async def drive_for_six_weeks(box: Box, cars: list[VehicleInfo], crew: Crew) -> None:
    """The trips of six weeks until yesterday, and a few cars that are out now."""
    drivers = [driver.id for driver in crew.drivers]
    await box.vault.ensure((each, kind) for each in drivers for kind in (RecordClass.ALCOHOL, RecordClass.VEHICLES))
    odometers = {car.id: car.odometer or 0 for car in cars}
    for drives in _days_of_drives(cars, crew):
        await asyncio.gather(*(_there_and_back(box, each, odometers) for each in drives))
    await asyncio.gather(*(_out_now(box, cars, crew, position) for position in range(len(HOURS_UNTIL_DUE))))


def _days_of_drives(cars: list[VehicleInfo], crew: Crew) -> Iterator[list[_Drive]]:
    chance = random.Random(20261124)  # noqa: S311 - invented history, the same one at each start
    numbers = count(1)
    today = clock.today()
    for days_ago in range(DAYS_OF_TRIPS, 0, -1):
        day = today - timedelta(days=days_ago)
        if day.weekday() >= SATURDAY:
            continue
        of_day = [car for car in cars if not car.entry.for_disasters and chance.random() < TRIPS_A_DAY]
        yield [_drive(day, car, chance, crew, TROUBLES.get(next(numbers))) for car in of_day]


def _drive(day: date, car: VehicleInfo, chance: random.Random, crew: Crew, trouble: Trouble | None) -> _Drive:
    begins = datetime.combine(day, time(chance.choice((8, 9, 9, 10, 13, 13, 14))), TOKYO)
    drive = _Drive(
        attempt=f'demonstration:{day}:{car.entry.key_number}',
        car=car,
        driver=chance.choice(crew.drivers).id,
        guard=chance.choice(crew.guards),
        checker=crew.checker,
        out_at=begins + timedelta(minutes=chance.randint(0, 55)),
        hours=chance.uniform(0.7, 3.5),
        kilometres=chance.randint(4, 62),
        aim=chance.choice(DESTINATIONS),
        trouble=trouble,
    )
    return _far(drive) if trouble is Trouble.FAR else drive


def _far(drive: _Drive) -> _Drive:
    out_at = drive.out_at.replace(hour=5)
    return replace(drive, out_at=out_at, hours=15.5, kilometres=FAR_KM, aim=FAR_AWAY)


async def _there_and_back(box: Box, drive: _Drive, odometers: dict[UUID, int]) -> None:
    if drive.trouble is Trouble.ODOMETER_GAP:
        odometers[drive.car.id] += UNWRITTEN_KM
    trip = await box.vehicles.trips.hand_over(
        HandOver(
            attempt=f'{drive.attempt}:out',
            vehicle=drive.car.id,
            driver=drive.driver,
            destination=drive.aim[0],
            purpose=drive.aim[1],
            due_at=drive.out_at + timedelta(hours=max(4.0, drive.hours)),
            handed_over_by=drive.guard,
            check=await _check_before(box, drive),
            odometer=odometers[drive.car.id],
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
            check=await _check_after(box, drive),
            fuel_litres=Decimal(drive.kilometres) / 2 if filled else None,
            fuel_yen=drive.kilometres * 85 if filled else None,
            has_receipt=filled,
            at=_moment(drive.returned_at),
        )
    )


async def _check_before(box: Box, drive: _Drive) -> UUID | None:
    if drive.trouble is Trouble.NO_CHECK_BEFORE:
        return None
    return await _breathe(box, drive, Phase.BEFORE, drive.out_at - CHECK_TAKES)


async def _check_after(box: Box, drive: _Drive) -> UUID | None:
    if drive.trouble is Trouble.NO_CHECK_AFTER:
        return None
    return await _breathe(box, drive, Phase.AFTER, drive.returned_at - CHECK_TAKES)


async def _breathe(box: Box, drive: _Drive, phase: Phase, at: datetime) -> UUID:
    breath = Breath(
        phase=phase,
        driver=drive.driver,
        vehicle=drive.car.id,
        confirmer=drive.guard,
        method=Method.FACE_TO_FACE,
        checker=drive.checker,
        value=Decimal(0),
        desk=None,
        attempt=f'{drive.attempt}:{phase}',
        at=_moment(at),
    )
    return (await box.vehicles.alcohol.record(breath)).id


async def _out_now(box: Box, cars: list[VehicleInfo], crew: Crew, position: int) -> None:
    now = clock.now()
    drive = _Drive(
        attempt=f'demonstration:now:{position}',
        car=cars[position * 4 + 1],
        driver=crew.drivers[position].id,
        guard=crew.guards[0],
        checker=crew.checker,
        out_at=now - timedelta(hours=1, minutes=7 * position),
        hours=0,
        kilometres=0,
        aim=DESTINATIONS[position],
        trouble=None,
    )
    await box.vehicles.trips.hand_over(
        HandOver(
            attempt=drive.attempt,
            vehicle=drive.car.id,
            driver=drive.driver,
            destination=drive.aim[0],
            purpose=drive.aim[1],
            due_at=now + timedelta(hours=HOURS_UNTIL_DUE[position]),
            handed_over_by=drive.guard,
            check=await _check_before(box, drive),
            at=_moment(drive.out_at),
        )
    )


def _moment(at: datetime) -> Moment:
    return Moment(at, 0, 'demonstration', ClockQuality.SYNCHRONISED)
