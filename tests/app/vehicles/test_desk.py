from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from app import clock
from app.clock import TOKYO
from app.desks.refusals import Refusal
from app.vehicles.alcohol_values import Phase
from app.vehicles.garoon.events import Person, Reservation
from app.vehicles.gates import Gate
from app.vehicles.models import AlcoholCheck, Trip
from app.vehicles.record_words import passengers_words
from app.vehicles.run_record import RunRecord
from app.vehicles.screens import Problem, Step
from tests.app.vehicles.car_room import FAR, SYSTEM, Room, at_the_details, borrow, measured, room
from tests.support.box import felica, hire_with_card, until

__all__ = ['room']


async def test_a_car_goes_out_with_four_presses_beyond_tap_and_breath(room: Room) -> None:
    await borrow(room)

    view = room.desk.view
    assert (view.step, view.driver, view.key_number, view.guard) == (Step.DONE, '山田', '12', '北')
    trip = (await room.box.vehicles.trips.now()).of_driver.get(room.driver.id)
    assert trip is not None
    assert (trip.destination, trip.purpose, trip.odometer_out) == ('県庁', '会議', 41_200)
    (check,) = await room.box.vehicles.alcohol.of_trip(trip.id)
    assert (check.phase, check.is_positive, check.vehicle) == (Phase.BEFORE, False, room.car.id)


async def test_a_car_comes_back_with_one_typed_number(room: Room) -> None:
    await borrow(room)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    assert room.desk.view.is_return
    await room.desk.breathe(Decimal('0.00'))
    assert room.desk.view.last_odometer == 41_200
    await room.desk.enter_odometer(41_236)
    await room.desk.keys_in()

    assert (room.desk.view.step, room.desk.view.distance) == (Step.DONE, 36)
    assert await room.box.vehicles.trips.open_trips() == {}


async def test_the_board_says_who_is_free_and_names_nobody(room: Room) -> None:
    await borrow(room)
    await room.desk.cancel()

    (row,) = room.desk.view.rows
    assert (row.plate, row.state) == ('金沢 500 あ 12-34', 'out')
    assert '山田' not in repr(room.desk.view)


async def test_without_a_guard_nobody_confirms_and_a_guards_tap_helps(room: Room) -> None:
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await room.desk.enter_details('県庁', '会議')
    await room.desk.breathe(Decimal('0.00'))
    assert room.desk.view.problem is Problem.NEEDS_GUARD

    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.confirmer == '北')
    await room.desk.breathe(Decimal('0.00'))

    assert room.desk.view.step is Step.KEYS_OUT


async def test_who_goes_along_is_counted_at_the_hand_over(room: Room) -> None:
    await at_the_details(room)
    await measured(room)
    await room.desk.count_passengers(3)
    assert (room.desk.view.step, room.desk.view.passengers) == (Step.KEYS_OUT, 3)
    await room.desk.keys_out()
    trip = (await room.box.vehicles.trips.now()).of_driver[room.driver.id]
    assert trip.passengers == 3
    record = await RunRecord(room.box.reading, room.box.vault).get(trip.id)
    assert record is not None
    assert passengers_words(record) == '3人'


async def test_a_positive_breath_stops_quietly_and_every_attempt_is_kept(room: Room) -> None:
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await room.desk.enter_details('県庁', '会議')
    await room.desk.breathe(Decimal('0.12'))
    assert room.desk.view.step is Step.POSITIVE
    await room.desk.keys_out()
    assert await room.box.vehicles.trips.open_trips() == {}

    await room.desk.measure_again()
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.keys_out()

    trip = (await room.box.vehicles.trips.now()).of_driver.get(room.driver.id)
    assert trip is not None
    values = [row.value for row in await _checks_of(room)]
    assert values == [Decimal('0.12'), Decimal('0.00')]


async def test_an_expired_inspection_keeps_the_key(room: Room) -> None:
    expired = replace(room.car.entry, inspection_until=clock.today() - timedelta(days=1))
    await at_the_details(room)
    await room.box.vehicles.ledger.change(room.car.id, expired, SYSTEM)
    await measured(room)

    assert (room.desk.view.step, room.desk.view.gates) == (Step.GATES, (Gate.INSPECTION,))
    assert await room.box.vehicles.trips.open_trips() == {}


async def test_the_reservation_is_offered_first_and_its_driver_is_chosen(room: Room) -> None:
    second, _card = await hire_with_card(room.box, '1002', '佐藤\u3000花子')
    now = clock.now()
    told = reservation(now + timedelta(minutes=10), now + timedelta(hours=3), ('1002', '1001'))
    await room.box.vehicles.reservations.keep([told])
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)

    (offer,) = room.desk.view.offers
    assert (offer.reservation, offer.purpose) == ('ev-1', '会議')
    await room.desk.choose_car(room.car.id)
    assert room.desk.view.people == ('佐藤', '山田')
    await room.desk.choose_driver(0)

    assert (room.desk.view.step, room.desk.view.driver) == (Step.DETAILS, second.surname)


async def returning(room: Room, breath: str = '0.00') -> None:
    await borrow(room)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    await room.desk.breathe(Decimal(breath))


async def test_a_doubtful_drive_is_asked_about_once_and_the_same_number_again_is_taken(room: Room) -> None:
    await returning(room)
    await room.desk.enter_odometer(42_100)
    assert (room.desk.view.step, room.desk.view.doubtful_odometer) == (Step.ODOMETER, 42_100)
    await room.desk.doubt_odometer()
    assert room.desk.view.doubtful_odometer is None
    await room.desk.enter_odometer(42_100)
    await room.desk.enter_odometer(42_100)

    assert (room.desk.view.step, room.desk.view.distance) == (Step.KEYS_IN, 900)


async def test_a_positive_driver_who_is_back_hands_the_car_in_after_the_guard_has_seen_to_it(room: Room) -> None:
    await returning(room, '0.12')
    assert (room.desk.view.step, room.desk.view.is_positive) == (Step.POSITIVE, True)
    await room.desk.let_the_car_in()

    assert room.desk.view.step is Step.ODOMETER


async def test_a_positive_breath_before_the_drive_cannot_be_waved_through(room: Room) -> None:
    await borrow(room)
    await room.desk.cancel()
    other, card = await hire_with_card(room.box, '1002', '佐藤\u3000花子')
    await room.box.vehicles.licences.sight(other.id, ['普通'], FAR, SYSTEM)
    second = replace(room.car.entry, plate='金沢 500 あ 56-78')
    car = await room.box.vehicles.ledger.add(second, SYSTEM)
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(car.id)
    await room.desk.enter_details('県庁', '')
    await room.desk.breathe(Decimal('0.12'))
    await room.desk.let_the_car_in()

    assert room.desk.view.step is Step.POSITIVE


async def test_an_unknown_card_after_a_lending_forgets_the_driver_before(room: Room) -> None:
    await borrow(room)
    room.reader.tap(felica('0114FFFFFFFFFFFF'))
    await until(lambda: room.desk.view.problem is Refusal.UNKNOWN_CARD)

    assert (room.desk.view.step, room.desk.view.driver) == (Step.PROBLEM, '')


async def test_an_unknown_card_says_so_and_is_forgotten(room: Room) -> None:
    room.reader.tap(felica('0114FFFFFFFFFFFF'))
    await until(lambda: room.desk.view.problem is Refusal.UNKNOWN_CARD)

    assert room.desk.view.step is Step.PROBLEM


async def _checks_of(room: Room) -> list[AlcoholCheck]:
    return await AlcoholCheck.filter(driver=room.driver.id).order_by('sequence')


def reservation(start: datetime, end: datetime, people: tuple[str, ...]) -> Reservation:
    return Reservation(
        key='ev-1', event_id='1', repeat_id='', facility_id='7', facility_code='car7', start=start.astimezone(TOKYO),
        end=end.astimezone(TOKYO), is_all_day=False, is_start_only=False, is_tentative=False, menu='', subject='会議',
        notes='', creator=Person('9', '9999', '秘書'), attendees=tuple(Person(code, code, code) for code in people),
        purpose='', usage_request_status='', updated_at=None, visibility='PUBLIC',
    )  # fmt: skip


async def test_a_car_that_is_out_twice_is_told_at_the_desk(room: Room) -> None:
    await borrow(room)
    own = (await room.box.vehicles.trips.now()).of_driver.get(room.driver.id)
    assert own is not None
    (row,) = await Trip.filter(id=own.id).values()
    elsewhere: dict[str, Any] = {'id': uuid4(), 'sequence': 10**6, 'box': uuid4(), 'driver': uuid4()}
    await Trip.create(**{**row, **elsewhere})
    await room.desk.cancel()
    room.box.vehicles.trips.CHANGED.emit(replace(own, id=elsewhere['id'], box=elsewhere['box']))

    await until(lambda: bool(room.desk.view.warnings))

    assert room.desk.view.warnings[0].startswith('金沢 500 あ 12-34 は、もう一つの守衛室でも貸出中です')
