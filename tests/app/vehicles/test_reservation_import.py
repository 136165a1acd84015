"""Taking over Garoon's CSV into a real box."""

from datetime import datetime, timedelta

import pytest

from app.clock import TOKYO
from app.journal.history import History
from app.journal.line import Actor
from app.runtime import Box
from app.vehicles.garoon.csv_import import COLUMNS
from app.vehicles.ledger import VehicleEntry
from app.vehicles.reservation_import import RESERVATIONS_IMPORTED, ImportPlan, plan_import, take_over

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=TOKYO)
SYSTEM = Actor.system()


@pytest.fixture(autouse=True)
async def cars(box: Box) -> None:
    for number in ('001', '002'):
        await box.vehicles.ledger.add(VehicleEntry(plate=f'金沢 {number}', facility=f'car{number}'), SYSTEM)


def row(day: str, car: str = 'car001') -> str:
    return f'{day},09:00:00,{day},10:30:00,外出,税務署,,"1001,{car}",2001'


async def planned(box: Box, *rows: str) -> ImportPlan:
    content = '\n'.join((','.join(COLUMNS), *rows)).encode('cp932')
    return await plan_import(content, await box.vehicles.ledger.all(), box.vehicles.reservations)


async def imported(box: Box, *rows: str) -> ImportPlan:
    plan = await planned(box, *rows)
    await take_over(plan, box.vehicles.reservations, box.journal, SYSTEM)
    return plan


async def booked(box: Box) -> list[datetime]:
    return [each.start for each in await box.vehicles.reservations.between(NINE, NINE + timedelta(days=9))]


async def test_reservations_come_in_with_those_who_may_drive(box: Box) -> None:
    await imported(box, row('2026-11-24'), row('2026-11-25', 'car002'))
    first, second = await box.vehicles.reservations.between(NINE, NINE + timedelta(days=9))
    assert (first.start, first.people) == (NINE, ('1001', '2001'))
    assert second.vehicle != first.vehicle
    assert box.vehicles.reservations.heard_at is not None


async def test_a_plan_alone_changes_nothing(box: Box) -> None:
    plan = await planned(box, row('2026-11-24'))
    assert len(plan.changes.added) == 1
    assert await booked(box) == []


async def test_the_same_file_again_changes_nothing(box: Box) -> None:
    await imported(box, row('2026-11-24'))
    plan = await planned(box, row('2026-11-24'))
    assert (bool(plan.changes), plan.unchanged) == (False, 1)


async def test_what_a_later_file_of_the_same_time_lacks_is_gone(box: Box) -> None:
    await imported(box, row('2026-11-24'), row('2026-11-25'), row('2026-11-26'))
    plan = await imported(box, row('2026-11-24'), row('2026-11-26'))
    assert [each.start for each in plan.changes.gone] == [NINE + timedelta(days=1)]
    assert await booked(box) == [NINE, NINE + timedelta(days=2)]


async def test_a_file_about_another_car_or_another_week_takes_nothing_away(box: Box) -> None:
    await imported(box, row('2026-11-25'))
    await imported(box, row('2026-11-24', 'car002'), row('2026-11-26', 'car002'))
    await imported(box, row('2026-11-30'))
    assert len(await booked(box)) == 4


async def test_lines_that_cannot_be_read_are_named_and_the_others_stand(box: Box) -> None:
    plan = await planned(box, row('2026-11-24'), row('2026-11-31'))
    assert len(plan.changes.added) == 1
    assert '3 行目' in plan.reading.problems[0]


async def test_the_journal_gets_one_line_with_the_numbers(box: Box) -> None:
    await imported(box, row('2026-11-24'), row('2026-11-25'))
    last = await History(box.reading, box.vault).last(RESERVATIONS_IMPORTED)
    assert last is not None
