import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from app import clock
from app.documents.csv_writer import Encoding, NotInCp932
from app.journal.line import Actor
from app.runtime import Box
from app.vehicles.alcohol_book import AlcoholBook, CheckFilter
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.record_csv import checks_csv, read_through, trips_csv
from app.vehicles.run_record import BATCH, MOST_AT_ONCE, RunRecord, TooManyEntries, TripFilter, gathered
from app.vehicles.sheets import About
from app.vehicles.trip_values import HandOver
from tests.support.box import hire
from tests.support.many_trips import furnish_many

TRIPS = BATCH * 2 + 100
ABOUT = About(period='', box='本庁舎')


async def rows_of(pieces: AsyncIterator[bytes]) -> list[dict[str, str]]:
    content = b''.join([piece async for piece in pieces])
    return list(csv.DictReader(io.StringIO(content.decode('utf-8-sig'))))


@pytest.fixture
async def many(box: Box) -> Box:
    await furnish_many(box, cars=20, trips=TRIPS, people=5, days=20, ahead=0)
    return box


async def test_a_file_of_more_rows_than_are_read_at_once_has_every_row_in_order_under_one_heading(many: Box) -> None:
    rows = await rows_of(trips_csv(RunRecord(many.reading, many.vault), TripFilter(), ABOUT, Encoding.UTF8))
    checks = await rows_of(checks_csv(AlcoholBook(many.reading, many.vault), CheckFilter(), ABOUT, Encoding.UTF8))

    assert len(rows) == TRIPS
    assert [row['月日'] for row in rows] == sorted(row['月日'] for row in rows)
    assert len(checks) > TRIPS
    assert [row['確認の日時'] for row in checks] == sorted(row['確認の日時'] for row in checks)


async def test_only_the_wanted_days_are_in_the_file(many: Box) -> None:
    day = clock.today() - timedelta(days=3)
    wanted = TripFilter(first_day=day, last_day=day)
    rows = await rows_of(trips_csv(RunRecord(many.reading, many.vault), wanted, ABOUT, Encoding.UTF8))

    assert len(rows) == pytest.approx(TRIPS / 20, abs=1)
    assert {row['月日'] for row in rows} == {day.isoformat()}


async def test_a_month_without_trips_is_a_file_with_headings(box: Box) -> None:
    pieces = trips_csv(RunRecord(box.reading, box.vault), TripFilter(), ABOUT, Encoding.CP932)

    assert (b''.join([piece async for piece in pieces])).decode('cp932').startswith('車両,職員番号,運転者')


async def test_a_letter_that_shift_jis_lacks_is_known_before_anything_is_sent(box: Box) -> None:
    await hire(box, '00000', '𠮷田\u3000一')
    await box.vehicles.ledger.add(VehicleEntry(plate='金沢 500 あ 1'), Actor.system(), odometer=0)
    driver = await box.staff.find_by_number('00000')
    assert driver is not None
    order = HandOver(
        attempt='1', vehicle=vehicle_id('金沢 500 あ 1'), driver=driver.id, destination='県庁', purpose='会議'
    )
    await box.vehicles.trips.hand_over(order)

    with pytest.raises(NotInCp932) as refused:
        await read_through(trips_csv(RunRecord(box.reading, box.vault), TripFilter(), ABOUT, Encoding.CP932))
    assert list(refused.value.letters) == ['𠮷']


async def test_what_is_too_much_to_hold_is_refused_and_never_cut_off() -> None:
    async def batches(count: int) -> AsyncIterator[list[int]]:
        for _number in range(count // BATCH):
            yield [0] * BATCH

    assert len(await gathered(batches(MOST_AT_ONCE))) == MOST_AT_ONCE
    with pytest.raises(TooManyEntries):
        await gathered(batches(MOST_AT_ONCE + BATCH))
