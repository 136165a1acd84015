"""Trips from the paper book stand beside what the desks recorded, and take nothing away from it."""

from datetime import timedelta

import pytest

from app.runtime import Box
from app.vehicles.models import Trip
from app.vehicles.paper import PaperBack, PaperOut
from app.vehicles.record_checks import RecordChecks, RecordProblem
from app.vehicles.trip_values import TripInfo, TripProblem, TripRefused
from tests.app.vehicles.record_scene import CLEAR, Scene, at, evening, scene

__all__ = ['evening', 'scene']


def line_out(scene: Scene, hour: int, odometer: int | None = None) -> PaperOut:
    return PaperOut(
        vehicle=scene.car.id, driver=scene.driver.id, destination='県庁', purpose='会議', out_at=at(20, hour),
        confirmer=scene.guard, breath=CLEAR, odometer=odometer,
    )  # fmt: skip


def line_back(scene: Scene, hour: int, odometer: int) -> PaperBack:
    return PaperBack(
        returned_at=at(20, hour), returned_by=scene.driver.id, odometer=odometer, confirmer=scene.guard, breath=CLEAR
    )  # fmt: skip


async def whole(scene: Scene, start: int, end: int, odometer: int) -> TripInfo:
    return await scene.paper.key_out_and_back(line_out(scene, start), line_back(scene, end, odometer))


async def out_twice(box: Box) -> int:
    checks = RecordChecks(box.reading, box.journal, timedelta(hours=1))
    found = await checks.exceptions_list(at(20, 0).date(), at(24, 0).date())
    return sum(one.problem is RecordProblem.OUT_TWICE for one in found)


async def test_a_trip_that_is_over_is_entered_while_its_car_is_out_again(scene: Scene) -> None:
    now_out = await scene.out(at(20, 12), odometer=41_236)
    trip = await whole(scene, 9, 11, 41_236)
    assert (trip.odometer_out, trip.odometer_in, trip.returned_at) == (41_200, 41_236, at(20, 11))
    assert await scene.box.vehicles.trips.open_trips() == {scene.car.id: now_out}
    assert await out_twice(scene.box) == 0


async def test_a_trip_that_overlaps_another_is_kept_and_stands_among_the_records_to_look_at(scene: Scene) -> None:
    await scene.out(at(20, 10), odometer=41_200)
    await whole(scene, 9, 11, 41_236)
    assert await Trip.all().count() == 2
    assert await out_twice(scene.box) == 1


async def test_a_trip_of_the_past_begins_with_what_the_car_showed_then(scene: Scene) -> None:
    await scene.drive(19, 41_200, 41_210)
    await scene.drive(21, 41_230, 41_260)
    trip = await whole(scene, 9, 11, 41_230)
    assert trip.odometer_out == 41_210
    (car,) = await scene.box.vehicles.ledger.all()
    assert car.odometer == 41_260


async def test_the_same_line_entered_twice_is_one(scene: Scene) -> None:
    assert await whole(scene, 9, 11, 41_236) == await whole(scene, 9, 11, 41_236)
    assert await Trip.all().count() == 1


@pytest.mark.parametrize(
    ('end', 'odometer', 'problem'),
    [
        (8, 41_236, TripProblem.TIME_BACK),
        (11, 41_100, TripProblem.ODOMETER_BACK),
        (11, 91_100, TripProblem.ODOMETER_TOO_FAR),
    ],
)
async def test_of_a_trip_whose_end_cannot_be_right_nothing_is_recorded(
    scene: Scene, end: int, odometer: int, problem: TripProblem
) -> None:
    with pytest.raises(TripRefused) as refused:
        await whole(scene, 9, end, odometer)
    assert refused.value.problem is problem
    assert await Trip.all().count() == 0
