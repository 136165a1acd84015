"""A wrong number of an earlier return does not keep the next car out: who types twice and has a witness hands it in."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.vehicles.corrections import Corrections
from app.vehicles.models import Vehicle
from app.vehicles.record_checks import RecordChecks, RecordProblem
from app.vehicles.screens import Problem, Step
from tests.app.vehicles.car_room import SYSTEM, Room, borrow, room
from tests.support.box import until

__all__ = ['room']


async def returning(room: Room) -> None:
    await borrow(room)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    await room.desk.breathe(Decimal('0.00'))


async def problems(room: Room) -> list[RecordProblem]:
    checks = RecordChecks(room.box.reading, room.box.journal, timedelta(hours=1))
    today = clock.today()
    return [one.problem for one in await checks.exceptions_list(today - timedelta(days=1), today)]


@pytest.mark.parametrize('number', [41_100, 43_201])
async def test_an_unlikely_number_is_asked_for_again_and_then_a_guard_stands_for_it(room: Room, number: int) -> None:
    await returning(room)
    await room.desk.enter_odometer(number)
    view = room.desk.view
    assert (view.step, view.unlikely_odometer, view.is_typed_twice) == (Step.ODOMETER, number, False)
    await room.desk.confirm_odometer()
    assert room.desk.view.odometer is None

    await room.desk.enter_odometer(number)
    assert room.desk.view.is_typed_twice
    await room.desk.confirm_odometer()
    await room.desk.keys_in()

    assert await room.box.vehicles.trips.open_trips() == {}
    assert (await Vehicle.get(id=room.car.id)).odometer == number


async def test_it_stands_among_the_records_to_be_looked_at_and_counts_no_kilometres(room: Room) -> None:
    await returning(room)
    for _typed in range(2):
        await room.desk.enter_odometer(41_100)
    await room.desk.confirm_odometer()
    await room.desk.keys_in()

    assert room.desk.view.distance is None
    assert await problems(room) == [RecordProblem.ODOMETER_BACK]


async def test_another_number_is_a_new_one(room: Room) -> None:
    await returning(room)
    for number in (41_100, 41_000, 41_236):
        await room.desk.enter_odometer(number)

    assert (room.desk.view.step, room.desk.view.distance) == (Step.KEYS_IN, 36)
    await room.desk.keys_in()
    assert await problems(room) == []


async def test_without_a_guard_nobody_stands_for_it(room: Room) -> None:
    await returning(room)
    await room.box.vehicles.shifts.end(room.desk.desk.id)
    for _typed in range(2):
        await room.desk.enter_odometer(41_100)
    await room.desk.confirm_odometer()
    assert (room.desk.view.step, room.desk.view.problem) == (Step.ODOMETER, Problem.NEEDS_GUARD)

    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    await room.desk.confirm_odometer()
    assert room.desk.view.step is Step.KEYS_IN


async def test_a_number_that_no_odometer_shows_is_never_taken(room: Room) -> None:
    await returning(room)
    for _typed in range(2):
        await room.desk.enter_odometer(9_999_999)

    assert (room.desk.view.problem, room.desk.view.unlikely_odometer) == (Problem.ODOMETER_TOO_FAR, None)


async def test_a_correction_of_the_trip_before_is_carried_into_the_trip_under_way(room: Room) -> None:
    await returning(room)
    await room.desk.enter_odometer(41_632)
    earlier = (await room.box.vehicles.trips.now()).of_driver.get(room.driver.id)
    assert earlier is not None
    await room.desk.keys_in()
    await room.desk.cancel()
    await borrow(room)
    corrections = Corrections(room.box.vault, room.box.journal, room.box.vehicles.trips)
    await corrections.correct(earlier.id, {'odometer_in': 41_236}, '入れ違い', SYSTEM)

    under_way = (await room.box.vehicles.trips.now()).of_driver.get(room.driver.id)
    assert under_way is not None
    assert under_way.odometer_out == 41_236
    assert (await Vehicle.get(id=room.car.id)).odometer == 41_236
