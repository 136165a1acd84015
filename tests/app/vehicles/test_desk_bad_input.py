"""What should not happen at a car desk, and does: a clear word each time, and nothing is lost."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.desks.refusals import Refusal
from app.people.models import Staff
from app.vehicles.key_tags import tag_text
from app.vehicles.ledger import VehicleProblem, VehicleRefused
from app.vehicles.screens import Problem, Step
from tests.app.vehicles.car_room import FAR, SYSTEM, Room, at_the_details, borrow, measured, room
from tests.app.vehicles.test_desk import reservation
from tests.support.box import hire_with_card, until

__all__ = ['room']
LONG = '寿限無' * 33 + '寿'


async def test_a_car_taken_out_of_the_ledger_before_its_key_goes_out_says_so(room: Room) -> None:
    await at_the_details(room)
    await measured(room)
    await room.box.vehicles.ledger.retire(room.car.id, SYSTEM)
    await room.desk.keys_out()

    assert (room.desk.view.step, room.desk.view.problem) == (Step.KEYS_OUT, Problem.CAR_GONE)
    assert await room.box.vehicles.trips.open_trips() == {}


async def test_a_car_that_is_out_stays_in_the_ledger(room: Room) -> None:
    await borrow(room)
    with pytest.raises(VehicleRefused) as caught:
        await room.box.vehicles.ledger.retire(room.car.id, SYSTEM)

    assert caught.value.problem is VehicleProblem.OUT
    assert [car.id for car in await room.box.vehicles.ledger.all()] == [room.car.id]


async def test_the_key_of_a_driver_who_left_meanwhile_still_comes_back(room: Room) -> None:
    await borrow(room)
    await room.desk.cancel()
    await Staff.filter(id=room.driver.id).update(active=False)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.problem is Refusal.RETIRED)
    await room.desk.scan(tag_text(room.car.id))
    assert (room.desk.view.step, room.desk.view.driver) == (Step.BREATH, '山田')
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(41_236)
    await room.desk.keys_in()

    assert room.desk.view.step is Step.DONE


async def test_a_reservation_deleted_while_the_car_is_out_hinders_no_return(room: Room) -> None:
    now = clock.now()
    await room.box.vehicles.reservations.keep([reservation(now, now + timedelta(hours=3), ('1001',))])
    await borrow(room)
    await room.box.vehicles.reservations.keep([], gone=['ev-1'])
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(41_236)
    await room.desk.keys_in()

    assert room.desk.view.step is Step.DONE


async def test_a_reservation_deleted_while_its_driver_is_at_the_desk_does_not_stop_them(room: Room) -> None:
    now = clock.now()
    await room.box.vehicles.reservations.keep([reservation(now, now + timedelta(hours=3), ('1001',))])
    await at_the_details(room)
    await room.box.vehicles.reservations.keep([], gone=['ev-1'])
    await measured(room)
    await room.desk.keys_out()

    assert room.desk.view.step is Step.DONE


async def test_the_key_press_twice_in_the_same_moment_hands_over_once(room: Room) -> None:
    await at_the_details(room)
    await measured(room)
    await asyncio.gather(room.desk.keys_out(), room.desk.keys_out())

    assert room.desk.view.step is Step.DONE
    assert len(await room.box.vehicles.trips.open_trips()) == 1


async def test_names_of_a_hundred_characters_and_long_texts_go_out_and_come_back(room: Room) -> None:
    driver, card = await hire_with_card(room.box, '1003', LONG)
    await room.box.vehicles.licences.sight(driver.id, ['普通'], FAR, SYSTEM)
    await room.box.vehicles.ledger.change(room.car.id, replace(room.car.entry, name=LONG[:100]), SYSTEM)
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await room.desk.enter_details(LONG * 5, '=HYPERLINK("x")' * 50)
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.keys_out()

    (trip,) = (await room.box.vehicles.trips.open_trips()).values()
    assert (len(trip.destination), len(trip.purpose)) == (200, 200)
    assert room.desk.view.driver == driver.surname
