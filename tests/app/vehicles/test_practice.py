"""A car desk in practice: a whole borrowing and return of which nothing is left."""

from decimal import Decimal
from uuid import uuid4

import pytest

from app.access.models import Shift
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.vehicles.board import CarState
from app.vehicles.models import AlcoholCheck, Trip, TurnedAway
from app.vehicles.screens import Problem, Step
from app.vehicles.trip_values import HandOver, TakeBack, TripProblem, TripRefused
from tests.app.vehicles.car_room import Room, borrow, room
from tests.support.box import until

__all__ = ['room']


@pytest.fixture
async def practice(room: Room) -> Room:
    await room.box.desks.practices.begin(room.desk.desk.id, 30, Actor.command_line())
    await until(lambda: room.desk.view.practice)
    return room


async def rows(box: Box) -> tuple[int, ...]:
    tables = (Trip, AlcoholCheck, TurnedAway, Shift, JournalLine)
    car_odometers = [car.odometer or 0 for car in await box.vehicles.ledger.all()]
    return (*[await table.all().count() for table in tables], *car_odometers)


async def bring_back(room: Room, odometer: int) -> None:
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(odometer)
    await room.desk.keys_in()


async def test_a_car_goes_out_and_comes_back_and_nothing_is_kept(practice: Room) -> None:
    before = await rows(practice.box)
    heard: list[object] = []
    practice.box.vehicles.trips.CHANGED.listen(heard.append)
    await borrow(practice)
    assert (practice.desk.view.step, practice.desk.view.driver, practice.desk.view.guard) == (Step.DONE, '山田', '北')
    await practice.desk.cancel()
    assert [row.state for row in practice.desk.view.rows] == [CarState.OUT]
    await bring_back(practice, 41_260)
    assert (practice.desk.view.step, practice.desk.view.distance) == (Step.DONE, 60)
    await practice.desk.turn_away(uuid4(), 'kei')
    assert (await rows(practice.box), heard) == (before, [])


async def test_the_real_board_does_not_show_a_practised_car_as_lent(practice: Room) -> None:
    await borrow(practice)
    assert await practice.box.vehicles.trips.open_trips() == {}
    await practice.box.desks.practices.end(practice.desk.desk.id, Actor.command_line())
    await until(lambda: not practice.desk.view.practice)
    assert practice.desk.view.step is Step.BOARD
    assert [row.state for row in practice.desk.view.rows] == [CarState.FREE]


async def test_a_car_that_is_really_out_stays_out_while_one_practises_with_it(room: Room) -> None:
    await borrow(room)
    (trip,) = (await room.box.vehicles.trips.open_trips()).values()
    await room.box.desks.practices.begin(room.desk.desk.id, 30, Actor.command_line())
    await until(lambda: room.desk.view.practice)
    await borrow(room)
    assert room.desk.view.step is Step.DONE
    assert list((await room.box.vehicles.trips.open_trips()).values()) == [trip]


async def test_a_positive_breath_is_shown_as_such_and_in_no_record_book(practice: Room) -> None:
    positive: list[object] = []
    practice.box.vehicles.alcohol.POSITIVE.listen(positive.append)
    practice.reader.tap(practice.guard_card)
    await until(lambda: practice.desk.view.guard == '北')
    practice.reader.tap(practice.driver_card)
    await until(lambda: practice.desk.view.step is Step.CAR)
    await practice.desk.choose_car(practice.car.id)
    await practice.desk.enter_details('県庁', '会議')
    await practice.desk.breathe(Decimal('0.25'))
    assert practice.desk.view.step is Step.POSITIVE
    assert (await AlcoholCheck.all().count(), positive) == (0, [])
    await practice.desk.measure_again()
    await practice.desk.breathe(Decimal('9'))
    assert practice.desk.view.problem is Problem.BAD_VALUE


async def test_what_cannot_be_is_refused_as_in_earnest(practice: Room) -> None:
    await borrow(practice)
    trips = practice.desk._run.counter._room.trips
    order = HandOver(attempt='a', vehicle=practice.car.id, driver=practice.driver.id, destination='県庁', purpose='')
    with pytest.raises(TripRefused) as refused:
        await trips.hand_over(order)
    assert refused.value.problem is TripProblem.CAR_OUT
    (trip,) = (await trips.now()).trips
    for odometer, problem in ((41_199, TripProblem.ODOMETER_BACK), (49_000, TripProblem.ODOMETER_TOO_FAR)):
        back = TakeBack(attempt='b', trip=trip.id, odometer=odometer, returned_by=practice.driver.id)
        with pytest.raises(TripRefused) as refused:
            await trips.take_back(back)
        assert refused.value.problem is problem


async def test_a_guard_who_taps_in_practice_has_no_shift_afterwards(practice: Room) -> None:
    practice.reader.tap(practice.guard_card)
    await until(lambda: practice.desk.view.guard == '北')
    await practice.box.desks.practices.end(practice.desk.desk.id, Actor.command_line())
    await until(lambda: not practice.desk.view.practice)
    assert practice.desk.view.guard == ''
    assert await practice.box.vehicles.shifts.current(practice.desk.desk.id) is None
