"""A key tag chooses the trip that ends; it opens nothing."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vehicles.key_tags import car_of_tag, tag_text
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.screens import Problem, Step
from app.vehicles.trip_values import HandOver
from tests.app.vehicles.car_room import SYSTEM, Room, borrow, room
from tests.app.vehicles.test_offers import another_car, say_of_the_car
from tests.support.box import felica, hire_with_card, until

__all__ = ['room']


async def test_the_tag_of_a_car_that_is_out_begins_its_return(room: Room) -> None:
    await borrow(room)
    await room.desk.cancel()
    await room.desk.scan(tag_text(room.car.id))
    view = room.desk.view
    assert (view.step, view.is_return, view.plate, view.driver) == (Step.BREATH, True, '金沢 500 あ 12-34', '山田')
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(41_236)
    await room.desk.keys_in()

    assert room.desk.view.step is Step.DONE
    assert await room.box.vehicles.trips.open_trips() == {}


@pytest.mark.parametrize('who_first', ['card', 'tag'])
async def test_somebody_else_brings_the_car_back(room: Room, who_first: str) -> None:
    other, card = await hire_with_card(room.box, '1002', '佐藤\u3000花子')
    await borrow(room)
    await room.desk.cancel()
    if who_first == 'card':
        room.reader.tap(card)
        await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.scan(tag_text(room.car.id))
    if who_first == 'tag':
        room.reader.tap(card)
    await until(lambda: room.desk.view.driver == '佐藤')
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(41_236)
    await room.desk.keys_in()

    trips = await room.box.vehicles.trips.open_trips()
    assert (trips, room.desk.view.step) == ({}, Step.DONE)
    assert room.desk.view.driver == other.surname


@pytest.mark.parametrize('text', ['MBKEYAAAA', 'https://example.jp/', '  ', '9' * 200, '=1+1'])
async def test_an_unknown_tag_says_so(room: Room, text: str) -> None:
    await room.desk.scan(text)

    assert (room.desk.view.step, room.desk.view.problem) == (Step.PROBLEM, Problem.TAG_UNKNOWN)


async def test_the_tag_of_a_car_that_is_not_out_says_so_and_one_of_the_other_room_whom_to_ask(room: Room) -> None:
    elsewhere = await another_car(room.box, '金沢 500 い 1', guard_room='第二守衛室')
    problems = []
    for car in (room.car, elsewhere):
        await room.desk.scan(tag_text(car.id))
        problems.append(room.desk.view.problem)

    assert problems == [Problem.KEY_NOT_OUT, Problem.KEY_OF_OTHER_ROOM]


async def test_a_key_of_the_other_room_comes_back_here_and_the_desk_says_where_it_belongs(room: Room) -> None:
    await say_of_the_car(room, guard_room='第二守衛室')
    await borrow(room)
    await room.desk.cancel()
    await room.desk.scan(tag_text(room.car.id))

    assert (room.desk.view.step, room.desk.view.key_home) == (Step.BREATH, '第二守衛室')


async def test_a_wrong_key_is_noticed_before_it_goes_out(room: Room) -> None:
    other = await another_car(room.box, '金沢 500 い 1')
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await room.desk.enter_details('県庁', '')
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.scan(tag_text(other.id))
    assert (room.desk.view.step, room.desk.view.problem) == (Step.KEYS_OUT, Problem.OTHER_KEY)
    await room.desk.scan(tag_text(room.car.id))

    assert (room.desk.view.step, room.desk.view.problem) == (Step.KEYS_OUT, None)


async def test_an_ic_tag_that_was_linked_to_the_car_does_the_same_as_its_code(room: Room) -> None:
    tag = felica('0114AAAA00000001')
    await room.box.cards.link(room.car.id, tag.credential, SYSTEM, proven=False)
    await borrow(room)
    await room.desk.cancel()
    room.reader.tap(tag)
    await until(lambda: room.desk.view.step is Step.BREATH)

    assert (room.desk.view.is_return, room.desk.view.driver) == (True, '山田')


async def test_the_key_of_a_driver_whom_this_box_does_not_know_asks_for_a_card(room: Room) -> None:
    order = HandOver(attempt='a', vehicle=room.car.id, driver=uuid4(), destination='県庁', purpose='')
    await room.box.vehicles.trips.hand_over(order)
    await room.desk.scan(tag_text(room.car.id))

    assert room.desk.view.problem is Problem.DRIVER_UNKNOWN


def a_car(plate: str, key_number: str, guard_room: str = '第一守衛室') -> VehicleInfo:
    entry = VehicleEntry(plate=plate, key_number=key_number, guard_room=guard_room)
    return VehicleInfo(id=uuid4(), entry=entry, odometer=None)


def test_an_older_tag_says_the_key_number_of_its_own_room() -> None:
    here, there = a_car('a', '12'), a_car('b', '12', '第二守衛室')
    assert car_of_tag([there, here], '１２', '第一守衛室') is here
    twice = replace(here, id=uuid4())
    assert car_of_tag([here, twice], '12', '第一守衛室') is None


@given(st.text(max_size=300))
def test_no_scanned_text_breaks_anything_and_none_but_its_own_names_a_car(text: str) -> None:
    car = a_car('a', '')

    assert car_of_tag([car], tag_text(car.id).lower(), '') is car
    assert car_of_tag([car], text, '') is None
