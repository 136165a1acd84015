"""Which days count for the number of cars: a guard room that lends on Sundays is judged by its Sundays too."""

from datetime import date, datetime, timedelta

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from app.documents.pdf_writer import pdf_bytes
from app.runtime import Box
from app.vehicles.fleet_report import Chosen, Days, FleetReport, PeakRow
from app.vehicles.fleet_sheets import About, report_sheets, table_sheet
from app.vehicles.fleet_study import Asked, Study
from app.vehicles.fleet_words import counted_words, peak_title
from app.vehicles.ledger import VehicleEntry
from app.vehicles.ledger_import import type_words
from tests.support.fleet import SITES, SYSTEM, booking, keep, trip

MONDAY, SUNDAY = date(2025, 11, 10), date(2025, 11, 16)
HOUR = timedelta(hours=1)


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=TOKYO)


@pytest.fixture
async def election(box: Box) -> Box:
    """A week with one car out on each working day, and all three of the first guard room on Sunday."""
    cars = [
        (await box.vehicles.ledger.add(VehicleEntry(plate=plate, facility=plate, guard_room=site), SYSTEM)).id
        for plate, site in (('A', SITES[0]), ('B', SITES[0]), ('C', SITES[0]), ('D', SITES[1]))
    ]
    working = [MONDAY + timedelta(days=passed) for passed in range(5)]
    trips = [trip(cars[0], at_nine(day), at_nine(day) + HOUR, number) for number, day in enumerate(working)]
    trips += [trip(car, at_nine(SUNDAY), at_nine(SUNDAY) + HOUR, 10 + number) for number, car in enumerate(cars[:3])]
    reserved = [booking(plate, plate, at_nine(SUNDAY), at_nine(SUNDAY) + HOUR) for plate in ('A', 'B', 'D')]
    await keep(trips, reserved)
    return box


async def study(box: Box, days: Days | None = None, site: str = '') -> Study:
    chosen = Chosen(site=site) if days is None else Chosen(site=site, days=days)
    with clock.use(SettableClock(at_nine(date(2025, 11, 17)))):
        found = await box.fleet.study(Asked(first=MONDAY, last=SUNDAY, chosen=chosen))
    assert found is not None
    return found


def row_of(report: FleetReport, site: str = '') -> PeakRow:
    return next(row for row in report.peaks if row.site == site)


async def test_by_default_days_off_on_which_cars_were_used_count_and_idle_ones_do_not(election: Box) -> None:
    report = (await study(election)).report
    row = row_of(report)
    assert (row.actual.p90, row.actual.most, row.reserved.most) == (3, 3, 3)
    assert (report.working_days, report.days_off_used, report.counted) == (5, 1, Days.OPEN)
    assert max(point.most for point in report.curve) == 3
    assert {car.plate: car.share_of_days for car in report.cars}['A'] == 1.0


async def test_only_working_days_count_where_that_was_chosen_and_what_is_left_out_is_said(election: Box) -> None:
    report = (await study(election, Days.WORKING)).report
    row = row_of(report)
    assert (row.actual.most, row.reserved.most) == (1, 0)
    assert '休日に車が使われた1日は数えていません' in counted_words(report)
    assert peak_title(report) == '平日の1日の最大'


async def test_each_guard_room_has_open_days_of_its_own(election: Box) -> None:
    report = (await study(election)).report
    assert (row_of(report, SITES[0]).actual.most, row_of(report, SITES[1]).reserved.most) == (3, 1)
    assert (await study(election, site=SITES[1])).report.days_off_used == 1


async def test_the_printed_report_has_every_percentile_of_what_was_driven_and_reserved(election: Box) -> None:
    found = await study(election)
    about = About(
        box='本庁舎', made_at=at_nine(SUNDAY), conclusion=(), remarks=(), figures=(), types=type_words(),
        weekdays=tuple('月火水木金土日'), site='',
    )  # fmt: skip
    sheet = table_sheet(found, about, 'peaks')
    keys = {column.key for column in sheet.columns}
    assert keys >= {f'{of}_{name}' for of in ('actual', 'reserved') for name in ('p90', 'p95', 'p99', 'most')}
    assert dict(sheet.conditions)['数えた日'] == '平日5日と、車が使われたか予約された休日1日'
    assert pdf_bytes(report_sheets(found, about)).startswith(b'%PDF')
