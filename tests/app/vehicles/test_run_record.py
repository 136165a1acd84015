from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.journal.history import History, HistoryFilter
from app.runtime import Box
from app.vehicles.correctable import CORRECTABLE, Value
from app.vehicles.corrections import CorrectionProblem, CorrectionRefused, Corrections
from app.vehicles.models import AlcoholCheck, Vehicle
from app.vehicles.record_checks import RecordChecks, RecordProblem
from app.vehicles.run_record import RunRecord, TripFilter, month_of
from app.vehicles.trip_values import Source, TripProblem, TripRefused
from app.vehicles.trips import CORRECTED
from tests.app.vehicles.record_scene import SYSTEM, Scene, at, evening, scene
from tests.app.vehicles.test_desk import reservation
from tests.support.box import hire

FIRST, LAST = month_of(2026, 11)


__all__ = ['evening', 'scene']


@pytest.fixture
def record(box: Box) -> RunRecord:
    return RunRecord(box.reading, box.vault)


@pytest.fixture
def checks(box: Box) -> RecordChecks:
    return RecordChecks(box.reading, box.journal, timedelta(hours=1))


async def problems(checks: RecordChecks) -> list[RecordProblem]:
    return [one.problem for one in await checks.exceptions_list(FIRST, LAST)]


async def test_a_trip_from_paper_is_read_with_names_times_and_its_source(scene: Scene, record: RunRecord) -> None:
    trip = await scene.drive(20, 41_200, 41_236)

    (entry,) = (await record.page(TripFilter(first_day=FIRST, last_day=LAST), 0, 50))[0]
    assert (entry.plate, entry.driver.name, entry.driver.number) == ('金沢 500 あ 12-34', '山田\u3000太郎', '1001')
    assert (entry.handed_over_by.name, entry.trip.source) == ('北\u3000守', Source.PAPER)
    assert (entry.trip.out_at, entry.trip.returned_at) == (at(20, 9), at(20, 11))
    assert (entry.trip, entry.is_corrected) == (trip, False)
    assert [row.checked_at for row in await AlcoholCheck.filter(trip=trip.id)] == [at(20, 9), at(20, 11)]


@pytest.mark.parametrize(
    ('wanted', 'count'),
    [
        (TripFilter(first_day=date(2026, 11, 20), last_day=date(2026, 11, 20)), 1),
        (TripFilter(first_day=date(2026, 11, 21)), 0),
        (TripFilter(last_day=date.max), 1),
        (TripFilter(words='12-34'), 1),
        (TripFilter(words='県庁'), 1),
        (TripFilter(words='%'), 0),
        (TripFilter(words='_'), 0),
        (TripFilter(department='総務課'), 1),
        (TripFilter(department='市民課'), 0),
        (TripFilter(vehicle=UUID(int=0)), 0),
        (TripFilter(driver=UUID(int=0)), 0),
    ],
)
async def test_trips_are_found_by_day_car_driver_department_and_words(
    scene: Scene, record: RunRecord, wanted: TripFilter, count: int
) -> None:
    await scene.drive(20, 41_200, 41_236)
    assert (await record.page(wanted, 0, 50))[1] == count
    assert len(await record.all(wanted)) == count


async def test_a_trip_over_midnight_brought_back_by_somebody_else_says_both(scene: Scene, record: RunRecord) -> None:
    other = await hire(scene.box, '1002', '佐藤\u3000花子')
    trip = await scene.back(await scene.out(at(20, 22)), at(21, 1), 41_230, by=other.id)

    entry = await record.get(trip.id)
    assert entry is not None
    assert (entry.went_over_midnight, entry.came_back_by_another, entry.returned_by.name) == (
        True, True, '佐藤\u3000花子',
    )  # fmt: skip


async def test_a_correction_shows_what_counts_and_the_journal_keeps_what_stood_there(
    scene: Scene, record: RunRecord
) -> None:
    trip = await scene.drive(20, 41_200, 41_263)
    box = scene.box

    await correct(scene, trip.id, {'odometer_in': 41_236, 'destination': '県庁'}, '数字の打ち間違い')

    entry = await record.get(trip.id)
    assert entry is not None
    assert (entry.trip.odometer_in, entry.is_corrected) == (41_236, True)
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(subject=trip.id, kind=CORRECTED), 0, 5)
    assert [line.payload['changes'] for line in lines] == [{'odometer_in': [41_263, 41_236]}]
    assert [line.opened[0].fields for line in lines] == [{'reason': '数字の打ち間違い'}]
    car = await Vehicle.get(id=scene.car.id)
    assert car.odometer == 41_236


@pytest.mark.parametrize(
    ('changes', 'reason', 'problem'),
    [
        ({'odometer_in': 41_200}, ' ', CorrectionProblem.NO_REASON),
        ({'odometer_in': 41_236}, '理由', CorrectionProblem.NO_CHANGE),
        ({'odometer_in': 41_199}, '理由', CorrectionProblem.ODOMETER_BACK),
        ({'odometer_in': 49_999}, '理由', CorrectionProblem.ODOMETER_TOO_FAR),
        ({'odometer_in': -1}, '理由', CorrectionProblem.BAD_VALUE),
        ({'odometer_in': True}, '理由', CorrectionProblem.BAD_VALUE),
        ({'sequence': 1}, '理由', CorrectionProblem.BAD_VALUE),
        ({'destination': 'あ' * 201}, '理由', CorrectionProblem.BAD_VALUE),
        ({'driver': UUID(int=1)}, '理由', CorrectionProblem.UNKNOWN_PERSON),
        ({'returned_at': at(20, 8)}, '理由', CorrectionProblem.TIME_BACK),
        ({'returned_at': at(25, 8)}, '理由', CorrectionProblem.TIME_AHEAD),
        ({'out_at': at(20, 8).replace(tzinfo=None)}, '理由', CorrectionProblem.BAD_VALUE),
    ],
)
async def test_what_cannot_be_true_is_not_corrected(
    scene: Scene, record: RunRecord, changes: dict[str, Value], reason: str, problem: CorrectionProblem
) -> None:
    trip = await scene.drive(20, 41_200, 41_236)
    with pytest.raises(CorrectionRefused) as refused:
        await correct(scene, trip.id, changes, reason)
    assert refused.value.problem is problem
    assert (entry := await record.get(trip.id)) is not None
    assert (entry.trip, entry.is_corrected) == (trip, False)


async def test_another_driver_is_named_with_the_number_by_which_other_boxes_know_them(scene: Scene) -> None:
    trip, other = await scene.drive(20, 41_200, 41_236), await hire(scene.box, '1002', '佐藤\u3000花子')
    await correct(scene, trip.id, {'driver': other.id}, '運転者の取り違え')
    history = History(scene.box.reading, scene.box.vault)
    ((line,), _total) = await history.page(HistoryFilter(subject=trip.id, kind=CORRECTED), 0, 5)
    assert line.opened[0].fields == {'reason': '運転者の取り違え'}
    assert [part.fields for part in line.opened if part.subject == other.id] == [{'number': '1002'}]


async def test_the_return_of_a_car_that_is_out_is_entered_and_not_corrected(scene: Scene) -> None:
    trip = await scene.out(at(20, 9))
    with pytest.raises(CorrectionRefused) as refused:
        await correct(scene, trip.id, {'odometer_in': 41_300}, '理由')
    assert refused.value.problem is CorrectionProblem.STILL_OUT


async def test_an_older_trip_that_is_entered_later_leaves_the_odometer_of_the_car(scene: Scene) -> None:
    await scene.drive(20, 41_236, 41_300)
    await scene.drive(19, 41_200, 41_236)
    assert (await Vehicle.get(id=scene.car.id)).odometer == 41_300


async def test_paper_from_the_future_leaves_no_breath_test_behind(scene: Scene) -> None:
    with pytest.raises(TripRefused) as refused:
        await scene.out(at(25, 9))
    assert refused.value.problem is TripProblem.TIME_AHEAD
    assert await AlcoholCheck.all().count() == 0


async def test_trips_that_follow_each_other_need_no_look(scene: Scene, checks: RecordChecks) -> None:
    await scene.drive(19, 41_200, 41_236)
    await scene.drive(20, 41_236, 41_300)
    assert await problems(checks) == []


async def test_kilometres_between_two_trips_need_a_look_until_somebody_has_confirmed_them(
    scene: Scene, checks: RecordChecks
) -> None:
    await scene.drive(19, 41_200, 41_236)
    await scene.drive(20, 41_240, 41_300)
    (gap,) = await checks.exceptions_list(FIRST, LAST)
    assert (gap.problem, gap.expected, gap.found) == (RecordProblem.ODOMETER_GAP, 41_236, 41_240)
    with pytest.raises(ValueError, match='odometer_gap'):
        await checks.confirm(gap, ' ', SYSTEM)

    await checks.confirm(gap, '車検のため整備工場まで', SYSTEM)

    assert await problems(checks) == []


async def test_an_odometer_that_begins_lower_a_long_drive_and_a_missing_breath_test_need_a_look(
    scene: Scene, checks: RecordChecks
) -> None:
    await scene.drive(18, 41_200, 41_236)
    await scene.drive(19, 41_230, 41_300)
    await scene.drive(20, 41_300, 41_801)
    await scene.back(await scene.out(at(21, 9)), at(21, 10), 41_810, checked=False)
    assert await problems(checks) == [
        RecordProblem.CHECK_MISSING, RecordProblem.LONG_DRIVE, RecordProblem.ODOMETER_OVERLAP,
    ]  # fmt: skip


async def test_a_forgotten_return_is_late_and_ends_with_the_return(scene: Scene, checks: RecordChecks) -> None:
    trip = await scene.out(at(23, 9))
    (late,) = await checks.exceptions_list(date(2026, 11, 24), date(2026, 11, 24))
    assert (late.problem, late.can_be_confirmed) == (RecordProblem.OVERDUE, False)

    await scene.back(trip, at(24, 19), 41_220)

    assert await problems(checks) == []


async def test_a_reservation_that_nobody_took_is_a_no_show(scene: Scene, checks: RecordChecks) -> None:
    told = reservation(at(24, 9), at(24, 10), ('1001',))
    ahead = replace(told, key='ev-2', start=at(24, 21), end=at(24, 22))
    await scene.box.vehicles.reservations.keep([told, ahead])
    assert await problems(checks) == [RecordProblem.NO_SHOW]


def test_everything_that_a_driver_enters_can_be_corrected() -> None:
    assert {'driver', 'destination', 'purpose', 'out_at', 'returned_at', 'odometer_in', 'abnormality'} <= set(
        CORRECTABLE
    )


async def correct(scene: Scene, trip: UUID, changes: dict[str, Value], reason: str) -> None:
    box = scene.box
    await Corrections(box.vault, box.journal, box.vehicles.trips).correct(trip, changes, reason, SYSTEM)
