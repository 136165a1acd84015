"""Ledgers, the time line and 確認が必要な記録 as CSV; ledgers come back through their imports unchanged."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

from app.documents.csv_writer import csv_bytes
from app.documents.sheet import Sheet
from app.vehicles.car_list import CarFilter, CarList
from app.vehicles.checker_import import known_checkers, plan_checkers
from app.vehicles.daily_sheets import sheet_of_exceptions, sheet_of_timeline
from app.vehicles.driver_list import DriverList
from app.vehicles.ledger_import import compare_ledger, read_ledger_list
from app.vehicles.ledger_sheets import sheet_of_checkers, sheet_of_drivers, sheet_of_ledger
from app.vehicles.licence_classes import LicenceCondition
from app.vehicles.licence_import import plan_licences
from app.vehicles.record_checks import RecordChecks
from app.vehicles.run_record import month_of
from app.vehicles.timeline import Timeline
from tests.app.vehicles.record_scene import SYSTEM, Scene, at, evening, scene

FIRST, LAST = month_of(2026, 11)
BOX = '本庁舎'

__all__ = ['evening', 'scene']


def rows_of(sheet: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_bytes(sheet).decode('utf-8-sig'))))


async def test_the_ledger_of_cars_comes_back_through_its_import_unchanged(scene: Scene) -> None:
    ledger, cars = scene.box.vehicles.ledger, CarList(scene.box.reading)
    await ledger.add(
        replace(scene.car.entry, plate='金沢 300 い 1', is_electric=True, periodic_check_until=None), SYSTEM
    )

    sheet = sheet_of_ledger(await cars.all(CarFilter()), BOX)

    assert [row['登録番号'] for row in rows_of(sheet)] == ['金沢 300 い 1', '金沢 500 あ 12-34']
    found = compare_ledger(read_ledger_list(csv_bytes(sheet)), await cars.by_plate())
    assert (found.added, found.changed, found.unchanged) == ((), (), 2)


async def test_the_ledger_of_drivers_comes_back_through_its_import_unchanged(scene: Scene) -> None:
    box = scene.box
    await box.vehicles.licences.sight(
        scene.driver.id, ['普通', '中型'], date(2028, 3, 1), SYSTEM, conditions=[LicenceCondition.MEDIUM_8T]
    )
    sheet = sheet_of_drivers(await DriverList(box.reading, box.vault).all(), BOX)

    (row,) = rows_of(sheet)
    assert (row['職員番号'], row['氏名'], row['限定条件']) == ('1001', '山田\u3000太郎', '中型車は中型車(8t)に限る')
    known = await box.vehicles.licences.of_many([scene.driver.id])
    plan = plan_licences(csv_bytes(sheet), [scene.driver], known)
    assert (plan.taken, plan.unchanged, plan.refused) == ((), 1, ())


async def test_the_ledger_of_detectors_comes_back_through_its_import_unchanged(scene: Scene) -> None:
    registry = scene.box.vehicles.checkers
    await registry.add('S-1', 'FC', SYSTEM, started_on=date(2026, 4, 1), measurement_limit=500)
    old = await registry.add('S-0', 'FC', SYSTEM, started_on=date(2025, 4, 1))
    await registry.retire(old.id, SYSTEM)
    in_use, retired = await registry.all(), await registry.retired()

    sheet = sheet_of_checkers(in_use, retired, {}, BOX)

    assert [(row['製造番号'], row['使用中']) for row in rows_of(sheet)] == [('S-1', '1'), ('S-0', '0')]
    plan = plan_checkers(csv_bytes(sheet), known_checkers(in_use, retired, {}))
    assert (plan.added, plan.changed, plan.unchanged, plan.refused) == ((), (), 2, ())


async def test_the_time_line_of_several_days_is_one_row_for_each_bar(scene: Scene) -> None:
    await scene.back(await scene.out(at(20, 22)), at(21, 1), 41_230)
    await scene.out(at(24, 9))
    timeline = Timeline(scene.box.reading)
    days = [at(20, 0).date() + timedelta(days=passed) for passed in range(5)]

    rows = rows_of(sheet_of_timeline([(day, await timeline.all(day)) for day in days], BOX))

    assert [(row['日'], row['開始'][-8:], row['終了'][-8:], row['状態']) for row in rows] == [
        ('2026-11-20', '22:00:00', '00:00:00', ''),
        ('2026-11-21', '00:00:00', '01:00:00', ''),
        ('2026-11-24', '09:00:00', '', '貸出中'),
    ]


async def test_records_that_do_not_fit_say_since_when_and_what_to_do(scene: Scene) -> None:
    await scene.drive(19, 41_200, 41_236)
    await scene.drive(20, 41_240, 41_300)
    await scene.out(at(22, 9), odometer=41_300)
    checks = RecordChecks(scene.box.reading, scene.box.journal, timedelta(hours=1))

    rows = rows_of(sheet_of_exceptions(await checks.exceptions_list(FIRST, LAST), BOX))

    assert [(row['区分'], row['いつから']) for row in rows] == [
        ('返却の遅れ', '2026-11-22 09:00:00'),
        ('記録のない走行', '2026-11-20 09:00:00'),
    ]
    assert all(row['次にすること'] for row in rows)


async def test_what_somebody_typed_is_no_formula_in_any_list(scene: Scene) -> None:
    await scene.box.vehicles.ledger.change(scene.car.id, replace(scene.car.entry, name='=1+1'), SYSTEM)
    await scene.drive(24, 41_200, 41_236)
    cars = await CarList(scene.box.reading).all(CarFilter())
    day = at(24, 0).date()
    lines = await Timeline(scene.box.reading).all(day)
    for sheet in (sheet_of_ledger(cars, BOX), sheet_of_timeline([(day, lines)], BOX)):
        assert [row['名称'] for row in rows_of(sheet)] == ["'=1+1"]
