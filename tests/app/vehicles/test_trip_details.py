"""What a trip carries beside times and kilometres: gates that were opened, charge, and who else drove."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from app.documents.csv_writer import csv_bytes
from app.documents.sheet import Sheet
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.vehicles.correctable import Value
from app.vehicles.corrections import Corrections
from app.vehicles.feed import trips_after
from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.monthly import monthly_sheets, order_month
from app.vehicles.run_record import RunRecord, TripEntry, TripFilter
from app.vehicles.sheets import About, sheet_of_all, sheets_of_cars
from app.vehicles.trip_values import HandOver, TripInfo
from app.vehicles.trips import CORRECTED
from tests.support.box import hire
from tests.support.sealed_texts import texts_in
from tests.support.two_boxes import TwoBoxes

NOVEMBER = About(period='2026年11月', box='本庁舎')
SYSTEM = Actor.system()
PLATE = '金沢 500 あ 12-34'
GATES = {str(Gate.WINTER_TYRES): '雪のない道だけを走る', str(Gate.LOW_CHARGE): '近くまで'}


async def borrowed(box: Box) -> TripInfo:
    await box.vehicles.ledger.add(VehicleEntry(plate=PLATE, is_electric=True), SYSTEM, odometer=41_200)
    driver = await hire(box)
    order = HandOver(
        attempt='1', vehicle=vehicle_id(PLATE), driver=driver.id, destination='県庁', purpose='会議', charge=28,
        overridden=GATES,
    )  # fmt: skip
    return await box.vehicles.trips.hand_over(order)


async def correct(box: Box, trip: TripInfo, changes: dict[str, Value]) -> None:
    await Corrections(box.vault, box.journal, box.vehicles.trips).correct(trip.id, changes, '記入', SYSTEM)


async def the_entry(box: Box) -> TripEntry:
    (entry,) = await RunRecord(box.reading, box.vault).all(TripFilter())
    return entry


def row_of(sheet: Sheet) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(csv_bytes(sheet).decode('utf-8-sig')))
    return row


async def test_the_journal_says_which_gates_a_manager_opened_why_and_what_was_left_in_the_battery(box: Box) -> None:
    await borrowed(box)
    (sheet,) = sheets_of_cars([await the_entry(box)], NOVEMBER)

    remarks = row_of(sheet)['異常・事故・備考']
    assert '許可: 冬用タイヤの未装着(雪のない道だけを走る)、許可: 電池の残りの不足(近くまで)' in remarks
    assert '出発時の電池 28%' in remarks


async def test_what_was_charged_stands_beside_the_fuel_and_only_where_somebody_charged(box: Box) -> None:
    trip = await borrowed(box)
    (without,) = sheets_of_cars([await the_entry(box)], NOVEMBER)
    assert '充電(kWh)' not in row_of(without)

    await correct(box, trip, {'charged_kwh': Decimal('12.5')})

    (sheet,) = sheets_of_cars([await the_entry(box)], NOVEMBER)
    assert Decimal(row_of(sheet)['充電(kWh)']) == Decimal('12.5')
    (fed,) = await trips_after(box.reading, 0, 10)
    assert (fed.trip.charged_kwh, fed.trip.charge_out) == (Decimal('12.5'), 28)


async def test_who_went_along_stands_by_name_in_the_daily_record_and_sealed_in_the_journal(box: Box) -> None:
    trip = await borrowed(box)
    (alone,) = sheets_of_cars([await the_entry(box)], NOVEMBER)
    assert row_of(alone)['同乗者'] == 'なし'

    colleague = await hire(box, '1002', '佐藤\u3000花子')
    along: dict[str, Value] = {'passenger_staff': (colleague.id,), 'passenger_names': 'ジョン・スミス', 'passengers': 3}
    await correct(box, trip, along)

    entry = await the_entry(box)
    (sheet,) = sheets_of_cars([entry], NOVEMBER)
    assert row_of(sheet)['同乗者'] == '3人(佐藤\u3000花子、ジョン・スミス)'
    row = row_of(sheet_of_all([entry], NOVEMBER))
    assert (row['同乗者(人)'], row['同乗者の氏名']) == ('3', '佐藤\u3000花子、ジョン・スミス')
    changes = json.loads((await JournalLine.get(kind=CORRECTED)).payload)['changes']
    assert (changes['passenger_names'], changes['passenger_staff']) == (None, [[], [str(colleague.id)]])
    texts = await texts_in(box, CORRECTED)
    assert (texts['passenger_names'], texts['passenger_names_before']) == ('ジョン・スミス', '')
    order = await order_month(box.reading, box.vault, box.directory.database, TripFilter(), NOVEMBER, by_driver=False)
    (monthly,) = monthly_sheets(order)
    assert next(iter(monthly.rows))['passengers_shown'] == '3人(佐藤\u3000花子、ジョン・スミス)'


@pytest.mark.parametrize('is_known_there', [True, False])
async def test_another_box_knows_all_of_it_also_of_drivers_who_are_imported_there_later(
    tmp_path: Path, is_known_there: bool
) -> None:
    boxes = TwoBoxes(tmp_path)
    async with boxes.at('second') as box:
        if is_known_there:
            await hire(box, '1002', '佐藤\u3000花子')
            await hire(box, '1003', '加賀\u3000次郎')
    async with boxes.at('first') as box:
        trip = await borrowed(box)
        second = await hire(box, '1002', '佐藤\u3000花子')
        third = await hire(box, '1003', '加賀\u3000次郎')
        along: dict[str, Value] = {'passenger_staff': (third.id,), 'passenger_names': '能登 花', 'passengers': 2}
        await correct(box, trip, {'second_drivers': (second.id,), 'charged_kwh': Decimal('12.5'), **along})
    await boxes.bring('first', 'second')
    if not is_known_there:
        async with boxes.at('second') as box:
            await hire(box, '1002', '佐藤\u3000花子')
            await hire(box, '1003', '加賀\u3000次郎')
        await boxes.bring('first', 'second')
    async with boxes.at('second') as box:
        known = await box.staff.find_by_number('1002')
        assert known is not None

        there = (await the_entry(box)).trip
        assert there.second_drivers == (known.id,)
        passenger = await box.staff.find_by_number('1003')
        assert passenger is not None
        assert (there.passenger_staff, there.passenger_names) == ((passenger.id,), '能登 花')
        assert (dict(there.overridden).keys(), there.charge_out) == (GATES.keys(), 28)
        assert (there.charged_kwh, there.passengers) == (Decimal('12.5'), 2)
