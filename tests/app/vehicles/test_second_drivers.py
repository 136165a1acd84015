import csv
import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.documents.csv_writer import csv_bytes
from app.journal.history import History, HistoryFilter
from app.people.staff import StaffMember
from app.runtime import Box
from app.vehicles.alcohol_values import CheckInfo, OwnCheck, Phase
from app.vehicles.correctable import Value
from app.vehicles.corrections import CorrectionProblem, CorrectionRefused, Corrections
from app.vehicles.feed import trips_after
from app.vehicles.monthly import monthly_sheets, order_month
from app.vehicles.paper import PaperBreath
from app.vehicles.record_checks import RecordChecks, RecordProblem
from app.vehicles.run_record import RunRecord, TripFilter, month_of
from app.vehicles.second_checks import SecondCheck, SecondCheckProblem, SecondCheckRefused, record_second_check
from app.vehicles.sheets import About, sheet_of_all, sheets_of_drivers
from app.vehicles.trip_values import TripInfo
from app.vehicles.trips import CORRECTED
from tests.app.vehicles.record_scene import SYSTEM, Scene, at, evening, scene
from tests.support.box import hire

FIRST, LAST = month_of(2026, 11)
NOVEMBER = About(period='2026年11月', box='本庁舎')
CLEAR = PaperBreath(value=Decimal('0.00'), checker=None)

__all__ = ['evening', 'scene']


@pytest.fixture
async def second(box: Box) -> StaffMember:
    return await hire(box, '1002', '佐藤\u3000花子')


@pytest.fixture
async def trip(scene: Scene, second: StaffMember) -> TripInfo:
    """Both drove from nine to eleven; the second has no breath test yet."""
    driven = await scene.drive(20, 41_200, 41_236)
    return await add_drivers(scene, driven, second.id)


async def add_drivers(scene: Scene, trip: TripInfo, *people: UUID, passengers: int = 3) -> TripInfo:
    changes: dict[str, Value] = {'second_drivers': people, 'passengers': passengers}
    corrections = Corrections(scene.box.vault, scene.box.journal, scene.box.vehicles.trips)
    return await corrections.correct(trip.id, changes, '同乗者・交代運転者の記入', SYSTEM)


async def problems(box: Box) -> list[RecordProblem]:
    checks = RecordChecks(box.reading, box.journal, timedelta(hours=1))
    return [one.problem for one in await checks.exceptions_list(FIRST, LAST)]


def second_check(scene: Scene, driver: UUID, phase: Phase, hour: int) -> SecondCheck:
    return SecondCheck(driver=driver, phase=phase, checked_at=at(20, hour), confirmer=scene.guard, breath=CLEAR)


async def record(scene: Scene, trip: TripInfo, check: SecondCheck) -> CheckInfo:
    return await record_second_check(scene.box.vehicles.alcohol, trip, check)


async def test_a_trip_carries_second_drivers_and_passengers_and_the_journal_keeps_what_stood_there(
    trip: TripInfo, second: StaffMember, box: Box
) -> None:
    entry = await RunRecord(box.reading, box.vault).get(trip.id)
    assert entry is not None
    assert ([person.name for person in entry.second_drivers], entry.trip.passengers) == (['佐藤\u3000花子'], 3)
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(subject=trip.id, kind=CORRECTED), 0, 5)
    assert lines[0].payload['changes'] == {'second_drivers': [[], [str(second.id)]], 'passengers': [0, 3]}


async def test_each_second_driver_needs_breath_tests_of_their_own(
    trip: TripInfo, second: StaffMember, scene: Scene, box: Box
) -> None:
    assert await problems(box) == [RecordProblem.SECOND_CHECK_MISSING]
    await record(scene, trip, second_check(scene, second.id, Phase.BEFORE, 8))
    assert await problems(box) == [RecordProblem.SECOND_CHECK_MISSING]
    await record(scene, trip, second_check(scene, second.id, Phase.AFTER, 11))
    assert await problems(box) == []


async def test_a_second_driver_who_brings_the_car_back_does_not_stand_for_the_first(
    scene: Scene, second: StaffMember, box: Box
) -> None:
    out = await scene.out(at(20, 9), odometer=41_200)
    driven = await scene.back(out, at(20, 11), 41_236, by=second.id)
    await add_drivers(scene, driven, second.id)
    await record(scene, replace(driven, second_drivers=(second.id,)), second_check(scene, second.id, Phase.BEFORE, 8))

    assert await problems(box) == [RecordProblem.CHECK_MISSING]


async def test_what_was_confirmed_comes_back_when_one_more_drove(
    trip: TripInfo, second: StaffMember, scene: Scene, box: Box
) -> None:
    checks = RecordChecks(box.reading, box.journal, timedelta(hours=1))
    (missing,) = await checks.exceptions_list(FIRST, LAST)
    await checks.confirm(missing, '紙の記録を確かめた', SYSTEM)
    assert await problems(box) == []

    third = await hire(box, '1003', '中村\u3000一')
    await add_drivers(scene, trip, second.id, third.id)
    assert await problems(box) == [RecordProblem.SECOND_CHECK_MISSING]


@pytest.mark.parametrize(
    ('phase', 'hour', 'problem'),
    [
        (Phase.BEFORE, 12, SecondCheckProblem.NOT_OF_THIS_TRIP),
        (Phase.AFTER, 8, SecondCheckProblem.NOT_OF_THIS_TRIP),
    ],
)
async def test_a_test_that_cannot_belong_to_the_trip_is_refused(
    trip: TripInfo, second: StaffMember, scene: Scene, phase: Phase, hour: int, problem: SecondCheckProblem
) -> None:
    with pytest.raises(SecondCheckRefused) as refused:
        await record(scene, trip, second_check(scene, second.id, phase, hour))
    assert refused.value.problem is problem


async def test_only_a_second_driver_of_the_trip_is_tested_not_ahead_of_time_and_not_by_themselves(
    trip: TripInfo, second: StaffMember, scene: Scene
) -> None:
    check = second_check(scene, second.id, Phase.AFTER, 11)
    for wrong, problem in (
        (replace(check, driver=scene.driver.id), SecondCheckProblem.NOT_SECOND_DRIVER),
        (replace(check, checked_at=at(25, 9)), SecondCheckProblem.TIME_AHEAD),
    ):
        with pytest.raises(SecondCheckRefused) as refused:
            await record(scene, trip, wrong)
        assert refused.value.problem is problem
    with pytest.raises(OwnCheck):
        await record(scene, trip, replace(check, confirmer=second.id))


async def test_nobody_drives_twice_and_nobody_unknown_drives(trip: TripInfo, second: StaffMember, scene: Scene) -> None:
    for people, problem in (
        ((second.id, second.id), CorrectionProblem.SAME_PERSON),
        ((scene.driver.id,), CorrectionProblem.SAME_PERSON),
        ((UUID(int=1),), CorrectionProblem.UNKNOWN_PERSON),
        (tuple(UUID(int=each) for each in range(6)), CorrectionProblem.BAD_VALUE),
    ):
        with pytest.raises(CorrectionRefused) as refused:
            await add_drivers(scene, trip, *people)
        assert refused.value.problem is problem


async def test_files_the_monthly_sheet_and_the_interface_tell_who_else_drove(
    trip: TripInfo, second: StaffMember, box: Box
) -> None:
    wanted = TripFilter(first_day=FIRST, last_day=LAST, driver=second.id)
    entries = await RunRecord(box.reading, box.vault).all(wanted)
    content = csv_bytes(sheet_of_all(entries, NOVEMBER)).decode('utf-8-sig')
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row['交代運転者の職員番号'], row['同乗者(人)']) == ('1002', '3')
    assert '交代運転者: 佐藤\u3000花子' in row['異常・事故・備考']

    order = await order_month(box.reading, box.vault, box.directory.database, wanted, NOVEMBER, by_driver=False)
    (sheet,) = monthly_sheets(order)
    assert '佐藤\u3000花子' in str(next(iter(sheet.rows))['remarks'])
    assert [fed.second_driver_numbers for fed in await trips_after(box.reading, 0, 10)] == [('1002',)]


async def test_a_trip_of_one_driver_needs_nothing_more(scene: Scene, box: Box) -> None:
    await scene.drive(20, 41_200, 41_236)
    (fed,) = await trips_after(box.reading, 0, 10)
    assert (fed.second_driver_numbers, fed.trip.second_drivers, await problems(box)) == ((), (), [])


async def test_the_trip_stands_in_the_sheets_of_both_drivers_and_its_kilometres_once(
    trip: TripInfo, second: StaffMember, box: Box
) -> None:
    first_sheet, second_sheet = sheets_of_drivers(await RunRecord(box.reading, box.vault).all(TripFilter()), NOVEMBER)
    assert [dict(sheet.conditions)['運転者'] for sheet in (first_sheet, second_sheet)] == [
        '1001 山田\u3000太郎', '1002 佐藤\u3000花子',
    ]  # fmt: skip
    (of_first,), (of_second,) = list(first_sheet.rows), list(second_sheet.rows)
    assert (of_first['distance'], of_second['distance']) == (36, None)
    assert of_second['remarks'] == '交代運転者として運転。運転者: 山田\u3000太郎'
