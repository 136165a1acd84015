"""A pool of any size with its trips, breath tests and reservations, written many rows at a time.

The journal's chain is valid: every trip and every test has its lines.
"""

import asyncio
import sys
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from app import clock
from app.clock import ClockQuality, Moment
from app.journal.line import Act, Actor, Assurance, Written
from app.runtime import Box
from app.storage.transaction import Transaction, transaction
from app.vehicles.alcohol import CHECKED
from app.vehicles.ledger import VEHICLE_ADDED, CarType, vehicle_id
from app.vehicles.stored import stored_time
from app.vehicles.trip_lines import HANDED_OVER, TAKEN_BACK
from tests.benchmarks.furnished import hire_many
from tests.support.box import opened_box

SITES = ('第一守衛室', '第二守衛室')
DESTINATIONS = ('県庁', '市立病院', '卯辰山', '湯涌', '金沢港')
TYPES = tuple(CarType)
TRIPS_AT_ONCE = 1_000
SYSTEM = Actor.system()
TRIP_COLUMNS = (
    'id', 'sequence', 'box', 'vehicle', 'driver', 'reservation', 'destination', 'purpose', 'passengers', 'out_at',
    'due_at', 'odometer_out', 'handed_over_by', 'returned_at', 'returned_by', 'odometer_in', 'received_by',
    'has_receipt', 'abnormality', 'is_accident', 'source',
)  # fmt: skip
CHECK_COLUMNS = (
    'sequence', 'id', 'phase', 'driver', 'vehicle', 'trip', 'checked_at', 'confirmer', 'method', 'value',
    'is_positive',
)  # fmt: skip
BOOKING_COLUMNS = (
    'key', 'event', 'facility', 'start', 'end', 'subject', 'purpose', 'creator', 'attendees', 'fetched_at',
    'written_back',
)  # fmt: skip
CAR_COLUMNS = (
    'id', 'plate', 'name', 'car_type', 'guard_room', 'department', 'key_number', 'facility', 'licence_class',
    'inspection_until', 'compulsory_insurance_until', 'blocked_reason', 'for_disasters', 'has_winter_tyres',
    'is_electric', 'odometer',
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Drive:
    """One invented trip; `number` counts all of them."""

    number: int
    car: int
    driver: UUID
    out_at: datetime
    returned_at: datetime | None
    kilometres: int


async def furnish_many(box: Box, *, cars: int, trips: int, people: int, days: int, ahead: int = 14) -> None:
    """As many cars and trips as asked for, spread over the days until now; the last hours' cars are still out.

    Reservations go on for `ahead` days.
    """
    staff = await hire_many(box, people)
    for at in range(0, cars, TRIPS_AT_ONCE):
        await transaction(partial(_add_cars, box, numbers=range(at, min(cars, at + TRIPS_AT_ONCE))))
    await _add_licences(staff)
    drives = list(_drives(cars, trips, staff, days))
    for at in range(0, trips, TRIPS_AT_ONCE):
        await transaction(partial(_write, box, drives=drives[at : at + TRIPS_AT_ONCE]))
    bookings = [_booking(number, number % cars, start) for number, start in _booked_ahead(trips, days, ahead)]
    await transaction(lambda tx: _insert(tx, 'reservation', BOOKING_COLUMNS, bookings))


def _drives(cars: int, trips: int, staff: list[UUID], days: int) -> Iterator[_Drive]:
    now = clock.now()
    step = timedelta(days=days) / trips
    for number in range(trips):
        out_at = (now - step * (trips - number)).replace(microsecond=0)
        back = out_at + timedelta(minutes=45 + number * 7 % 120)
        returned = back if back < now else None
        yield _Drive(number, number % cars, staff[number * 31 % len(staff)], out_at, returned, number // cars * 20)


async def _write(box: Box, tx: Transaction, drives: Sequence[_Drive]) -> None:
    acts = [act for drive in drives for act in _acts(drive)]
    written = await box.journal.append_all(tx, acts)
    lines = [written[at : at + 4] for at in range(0, len(written), 4)]
    await _insert(tx, 'trip', TRIP_COLUMNS, [_trip(box, *pair) for pair in zip(drives, lines, strict=True)])
    checks = [row for pair in zip(drives, lines, strict=True) for row in _checks(*pair)]
    await _insert(tx, 'alcohol_check', CHECK_COLUMNS, checks)
    bookings = [_booking(each.number, each.car, each.out_at) for each in drives]
    await _insert(tx, 'reservation', BOOKING_COLUMNS, bookings)


def _acts(drive: _Drive) -> list[Act]:
    back = drive.returned_at or drive.out_at
    return [
        _act(drive, CHECKED, (drive.driver,), drive.out_at - timedelta(minutes=2)),
        _act(drive, HANDED_OVER, (_car_id(drive.car), drive.driver), drive.out_at),
        _act(drive, CHECKED, (drive.driver,), back),
        _act(drive, TAKEN_BACK, (_car_id(drive.car), drive.driver), back),
    ]


def _act(drive: _Drive, kind: str, subjects: tuple[UUID, ...], at: datetime) -> Act:
    moment = Moment(at, 0, 'invented', ClockQuality.SYNCHRONISED)
    actor = Actor(str(drive.driver), Assurance.CARD)
    return Act(kind=kind, actor=actor, subjects=subjects, happened=moment, payload={'trip': str(_trip_id(drive))})


def _trip(box: Box, drive: _Drive, lines: list[Written]) -> tuple[Any, ...]:
    is_back = drive.returned_at is not None
    return (
        str(_trip_id(drive)), lines[3].sequence, str(box.journal.identity.box), str(_car_id(drive.car)),
        str(drive.driver), f'e{drive.number}', DESTINATIONS[drive.number % len(DESTINATIONS)], '打合せ', 0,
        stored_time(drive.out_at), stored_time(drive.out_at + timedelta(hours=4)), drive.kilometres, str(drive.driver),
        stored_time(drive.returned_at) if drive.returned_at else None, str(drive.driver) if is_back else None,
        drive.kilometres + 20 if is_back else None, str(drive.driver) if is_back else None, False, '', False, 'desk',
    )  # fmt: skip


def _checks(drive: _Drive, lines: list[Written]) -> Iterator[tuple[Any, ...]]:
    times = {'before': drive.out_at - timedelta(minutes=2), 'after': drive.returned_at}
    for (phase, at), line in zip(times.items(), (lines[0], lines[2]), strict=True):
        if at is not None and drive.number % 2_000:
            yield (
                line.sequence, str(uuid.uuid4()), phase, str(drive.driver), str(_car_id(drive.car)),
                str(_trip_id(drive)), stored_time(at), str(drive.driver), 'face_to_face', 0, False,
            )  # fmt: skip


def _booking(number: int, car: int, start: datetime) -> tuple[Any, ...]:
    return (
        f'e{number}', f'e{number}', f'f{car}', stored_time(start), stored_time(start + timedelta(hours=3)), '現地確認',
        '', '00001', '["00001"]', stored_time(start), '',
    )  # fmt: skip


def _booked_ahead(trips: int, days: int, ahead: int) -> Iterator[tuple[int, datetime]]:
    step = timedelta(days=days) / trips
    now = clock.now().replace(microsecond=0)
    return ((trips + number, now + step * (number + 1)) for number in range(trips * ahead // days))


async def _add_cars(box: Box, tx: Transaction, numbers: range) -> None:
    acts = [Act(kind=VEHICLE_ADDED, actor=SYSTEM, subjects=(_car_id(number),)) for number in numbers]
    await box.journal.append_all(tx, acts)
    await _insert(tx, 'vehicle', CAR_COLUMNS, [_car(number) for number in numbers])


def _car(number: int) -> tuple[Any, ...]:
    until = (date(2027, 1, 1) + timedelta(days=number % 700)).isoformat()
    return (
        str(_car_id(number)), _plate(number), f'{number + 1}号車', str(TYPES[number % len(TYPES)]),
        SITES[number % 2], '総務課', f'{number + 1:05}', f'f{number}', '普通', until, until, '', number % 40 == 0,
        True, False, 0,
    )  # fmt: skip


async def _add_licences(staff: list[UUID]) -> None:
    columns = ('id', 'staff', 'classes', 'conditions', 'valid_until', 'sighted_on', 'sighted_by')
    rows = [(str(uuid.uuid4()), str(each), '["普通"]', '', '2029-01-01', '2026-04-01', 'system') for each in staff]
    await transaction(lambda tx: _insert(tx, 'licence', columns, rows))


async def _insert(tx: Transaction, table: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    if not rows:
        return
    names, marks = ', '.join(f'"{name}"' for name in columns), ', '.join('?' * len(columns))
    await tx.connection.execute_many(f'INSERT INTO {table} ({names}) VALUES ({marks})', rows)


def _plate(number: int) -> str:
    return f'金沢 {500 + number // 10_000} あ {number % 10_000:04}'


def _car_id(number: int) -> UUID:
    return vehicle_id(_plate(number))


def _trip_id(drive: _Drive) -> UUID:
    return UUID(int=drive.number + 1)


async def _main(root: Path) -> None:
    async with opened_box(root) as box:
        trips = int(sys.argv[2]) if len(sys.argv) > 2 else 500_000
        await furnish_many(box, cars=10_000, trips=trips, people=3_300, days=365)


if __name__ == '__main__':
    asyncio.run(_main(Path(sys.argv[1])))
