import csv
import io
import zipfile
from decimal import Decimal

from app.documents.csv_writer import csv_bytes
from app.documents.pdf_writer import pdf_bytes
from app.documents.sheet import Sheet
from app.documents.xlsx_writer import xlsx_bytes
from app.runtime import Box
from app.vehicles.alcohol_book import AlcoholBook, CheckFilter
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.correctable import Value
from app.vehicles.corrections import Corrections
from app.vehicles.cost_sharing import DepartmentUse, DepartmentUses
from app.vehicles.run_record import RunRecord, TripEntry, TripFilter, month_of
from app.vehicles.sheets import (
    About,
    empty_sheet,
    sheet_of_all,
    sheet_of_checks,
    sheet_of_departments,
    sheets_of_cars,
    sheets_of_drivers,
)
from tests.app.vehicles.record_scene import SYSTEM, Scene, at, evening, scene

FIRST, LAST = month_of(2026, 11)
ABOUT = About(period='2026年11月', box='本庁舎')


__all__ = ['evening', 'scene']


async def entries_of(box: Box) -> list[TripEntry]:
    return await RunRecord(box.reading, box.vault).all(TripFilter(first_day=FIRST, last_day=LAST))


def uses_of(entries: list[TripEntry]) -> dict[str, DepartmentUse]:
    uses = DepartmentUses()
    uses.add(entries)
    return uses.shared()


def rows_of(sheet: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_bytes(sheet).decode('utf-8-sig'))))


def worksheets_of(sheets: list[Sheet]) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(sheets))) as book:
        return [book.read(name).decode() for name in book.namelist() if name.startswith('xl/worksheets/sheet')]


async def test_the_driving_journal_of_a_car_has_the_columns_of_the_law_and_counts_hours_after_midnight(
    scene: Scene,
) -> None:
    await scene.back(await scene.out(at(20, 22, 5)), at(21, 1, 30), 41_230)
    (sheet,) = sheets_of_cars(await entries_of(scene.box), ABOUT)

    (row,) = rows_of(sheet)
    assert (row['月日'], row['運転者'], row['出発'], row['帰着']) == ('2026-11-20', '山田\u3000太郎', '22:05', '25:30')
    assert (row['メーター(km) 出発時'], row['メーター(km) 帰着時'], row['距離(km)']) == ('41200', '41230', '30')
    assert row['異常・事故・備考'] == '紙から入力'
    assert ('車両', '金沢 500 あ 12-34 1号車') in sheet.conditions


async def test_the_journal_of_a_driver_names_the_cars_and_an_open_trip_has_no_zero(scene: Scene) -> None:
    await scene.out(at(24, 9))
    (sheet,) = sheets_of_drivers(await entries_of(scene.box), ABOUT)
    (row,) = rows_of(sheet)
    assert (row['車両'], row['帰着'], row['距離(km)'], row['給油(円)']) == ('金沢 500 あ 12-34', '', '', '')
    assert row['異常・事故・備考'] == '紙から入力、返却の記録なし'


async def test_what_somebody_typed_is_no_formula_anywhere(scene: Scene) -> None:
    trip = await scene.drive(20, 41_200, 41_236)
    box = scene.box
    typed: dict[str, Value] = {'destination': '=HYPERLINK("http://x")', 'abnormality': '+1'}
    await Corrections(box.vault, box.journal, box.vehicles.trips).correct(trip.id, typed, '試験', SYSTEM)

    sheet = sheet_of_all(await entries_of(box), ABOUT)

    assert rows_of(sheet)[0]['行先'].startswith("'=")
    assert not any('<f>' in part or '<f ' in part for part in worksheets_of([sheet]))


async def test_the_book_of_breath_tests_holds_the_eight_items_and_every_attempt(scene: Scene) -> None:
    box = scene.box
    checker = await box.vehicles.checkers.add('S-1', 'FC', SYSTEM, started_on=at(1, 0).date())
    for value in (Decimal('0.12'), Decimal('0.00')):
        await box.vehicles.alcohol.record(
            Breath(
                phase=Phase.BEFORE, driver=scene.driver.id, vehicle=scene.car.id, confirmer=scene.guard,
                method=Method.VIDEO, checker=checker.id, value=value, desk=None,
            )
        )  # fmt: skip
    book = AlcoholBook(box.reading, box.vault)
    (first, _second) = await book.all(CheckFilter(first_day=FIRST, last_day=LAST))
    assert (first.needs_instruction, first.checker, await book.count_open()) == (True, 'S-1', (1, at(24, 20)))
    await box.vehicles.alcohol.instruct(first.id, '本日は運転しないこと', scene.driver.id)

    rows = rows_of(sheet_of_checks(await book.all(CheckFilter()), ABOUT))

    assert list(rows[0].values()) == [
        '2026-11-24 20:00:00', '運転前', '山田\u3000太郎', '金沢 500 あ 12-34', '北\u3000守', '1', '映像', '0.120', '1',
        '本日は運転しないこと', '指示者: 山田\u3000太郎',
    ]  # fmt: skip
    assert [row['測定値(mg/L)'] for row in rows] == ['0.120', '0.000']
    assert (await book.page(CheckFilter(only_open=True), 0, 10))[1] == 0


async def test_the_cost_is_told_by_department_with_the_rule_by_which_it_is_shared(scene: Scene) -> None:
    first = await scene.drive(19, 41_200, 41_236)
    await scene.drive(20, 41_236, 41_300)
    box = scene.box
    fuel: dict[str, Value] = {'fuel_litres': Decimal('20.5'), 'fuel_yen': 3_400}
    await Corrections(box.vault, box.journal, box.vehicles.trips).correct(first.id, fuel, '給油', SYSTEM)

    sheet = sheet_of_departments(uses_of(await entries_of(box)), ABOUT)
    (row,) = rows_of(sheet)
    assert '各所属が走った距離で' in dict(sheet.conditions)['費用の分け方']

    assert list(row.values()) == ['総務課', '2', '100', '20.50', '3400']


async def test_every_sheet_becomes_pdf_and_xlsx_also_without_rows(scene: Scene) -> None:
    await scene.drive(20, 41_200, 41_236)
    entries = await entries_of(scene.box)
    book = AlcoholBook(scene.box.reading, scene.box.vault)
    sheets = [
        *sheets_of_cars(entries, ABOUT), *sheets_of_drivers(entries, ABOUT),
        sheet_of_departments(uses_of(entries), ABOUT),
        sheet_of_checks(await book.all(CheckFilter()), ABOUT), empty_sheet(ABOUT), sheet_of_all([], ABOUT),
    ]  # fmt: skip
    assert pdf_bytes(sheets).startswith(b'%PDF')
    assert len(worksheets_of(sheets)) == 6


def test_a_month_knows_its_days() -> None:
    assert [month_of(year, month)[1].day for year, month in ((2026, 11), (2026, 12), (2028, 2))] == [30, 31, 29]
