"""Which cars a driver is offered, and what is said of those that may not go out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.clock import SettableClock
from app.runtime import Box
from app.settings import VehicleSettings
from app.vehicles.board import Board, CarState
from app.vehicles.desk_view import board_rows
from app.vehicles.gates import Gate
from app.vehicles.ledger import CarType, VehicleEntry, VehicleInfo
from app.vehicles.screens import HeldBack, Step
from app.vehicles.trip_values import HandOver
from tests.app.vehicles.car_room import FAR, SYSTEM, Room, room
from tests.app.vehicles.test_desk import reservation
from tests.support.box import hire, until
from tests.support.car_facts import facts_of, offered_to

__all__ = ['room']
YESTERDAY = clock.today() - timedelta(days=1)


async def another_car(box: Box, plate: str, **more: Any) -> VehicleInfo:
    entry = VehicleEntry(plate=plate, inspection_until=FAR, compulsory_insurance_until=FAR)
    return await box.vehicles.ledger.add(replace(entry, **more), SYSTEM)


async def offered(room: Room) -> list[str]:
    return [offer.plate for offer in (await offered_to(room.box.vehicles, room.driver)).offers]


async def say_of_the_car(room: Room, **more: Any) -> None:
    await room.box.vehicles.ledger.change(room.car.id, replace(room.car.entry, **more), SYSTEM)


async def reserve_the_car(room: Room, number: str = '1001') -> None:
    now = clock.now()
    told = reservation(now + timedelta(minutes=10), now + timedelta(hours=3), (number,))
    await room.box.vehicles.reservations.keep([told])


@pytest.mark.parametrize(
    'fault',
    [
        {'inspection_until': YESTERDAY},
        {'inspection_until': None},
        {'compulsory_insurance_until': YESTERDAY},
        {'blocked_reason': 'パンク'},
        {'for_disasters': True},
    ],
)
async def test_a_car_that_may_not_go_out_is_offered_to_nobody(room: Room, fault: dict[str, Any]) -> None:
    await another_car(room.box, '金沢 500 い 1')
    await say_of_the_car(room, **fault)

    assert await offered(room) == ['金沢 500 い 1']


async def test_a_car_that_a_manager_may_let_go_is_offered_behind_the_others_and_says_so(room: Room) -> None:
    await another_car(room.box, '金沢 500 い 1', key_number='99')
    await say_of_the_car(room, periodic_check_until=YESTERDAY)
    found = await offered_to(room.box.vehicles, room.driver)

    assert [(offer.plate, offer.caution) for offer in found.offers] == [
        ('金沢 500 い 1', None), ('金沢 500 あ 12-34', Gate.PERIODIC_CHECK)
    ]  # fmt: skip


async def test_a_reserved_car_whose_inspection_ended_says_why_and_the_nearest_one_takes_its_place(room: Room) -> None:
    await another_car(room.box, '金沢 100 あ 1', car_type=CarType.TRUCK, key_number='1')
    await another_car(room.box, '金沢 500 い 1', guard_room='第二守衛室', key_number='2')
    await another_car(room.box, '金沢 500 い 2', key_number='3')
    await say_of_the_car(room, inspection_until=YESTERDAY)
    await reserve_the_car(room)

    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)

    held = HeldBack(plate='金沢 500 あ 12-34', gate=Gate.INSPECTION, alternative='金沢 500 い 2')
    assert room.desk.view.held_back == (held,)
    first = room.desk.view.offers[0]
    assert (first.plate, first.instead_of, first.reservation) == ('金沢 500 い 2', '金沢 500 あ 12-34', 'ev-1')


async def test_a_reserved_car_that_is_still_out_says_so_even_when_no_other_is_free(room: Room) -> None:
    late = await hire(room.box, '1002', '佐藤\u3000花子')
    await room.box.vehicles.trips.hand_over(
        HandOver(attempt='late', vehicle=room.car.id, driver=late.id, destination='県庁', purpose='')
    )
    await reserve_the_car(room)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)

    assert room.desk.view.offers == ()
    assert room.desk.view.held_back == (HeldBack(plate='金沢 500 あ 12-34', gate=Gate.CAR_OUT, alternative=''),)


async def test_a_car_kept_for_disasters_is_offered_to_whoever_reserved_it_with_a_word_of_the_manager(
    room: Room,
) -> None:
    await say_of_the_car(room, for_disasters=True)
    await reserve_the_car(room)
    (offer,) = (await offered_to(room.box.vehicles, room.driver)).offers

    assert (offer.reservation, offer.caution) == ('ev-1', Gate.FOR_DISASTERS)


async def test_a_car_kept_for_disasters_is_not_free_on_the_board_until_one_is_declared(room: Room) -> None:
    await say_of_the_car(room, for_disasters=True)
    (kept,) = board_rows(Board(), await facts_of(room.box.vehicles))
    declared = replace(room.box.vehicles, settings=VehicleSettings(disaster_declared=True))
    (free,) = board_rows(Board(), await facts_of(declared))

    assert (kept.state, free.state) == (CarState.DISASTER, CarState.FREE)
    assert [offer.plate for offer in (await offered_to(declared, room.driver)).offers] == ['金沢 500 あ 12-34']


@pytest.mark.parametrize(('minutes', 'is_offered'), [(29, False), (31, True)])
async def test_a_reserved_car_whose_driver_does_not_come_is_offered_to_others_after_half_an_hour(
    room: Room, minutes: int, is_offered: bool
) -> None:
    await another_car(room.box, '金沢 500 い 1')
    start = clock.now() - timedelta(minutes=minutes)
    end = start + timedelta(hours=3)
    await room.box.vehicles.reservations.keep([reservation(start, end, ('1002',))])
    found = await offered_to(room.box.vehicles, room.driver)

    others = [('金沢 500 あ 12-34', (start, end))] if is_offered else []
    assert [(offer.plate, offer.no_show) for offer in found.offers] == [('金沢 500 い 1', None), *others]


async def test_whoever_comes_late_still_gets_the_car_that_nobody_took_meanwhile(room: Room) -> None:
    start = clock.now() - timedelta(hours=1)
    await room.box.vehicles.reservations.keep([reservation(start, start + timedelta(hours=3), ('1001',))])
    (offer,) = (await offered_to(room.box.vehicles, room.driver)).offers
    assert (offer.reservation, offer.no_show) == ('ev-1', None)


async def test_the_board_says_that_a_reservation_is_unused_until_the_car_goes_out(room: Room) -> None:
    now = clock.now().replace(microsecond=0)
    late = reservation(now - timedelta(hours=1), now + timedelta(minutes=1), ('1002',))
    await room.box.vehicles.reservations.keep([late])
    (row,) = board_rows(Board(), await facts_of(room.box.vehicles))
    assert (row.state, row.is_unused, row.until) == (CarState.FREE, True, None)

    await room.box.vehicles.trips.hand_over(
        HandOver(attempt='x', vehicle=room.car.id, driver=room.driver.id, destination='県庁', purpose='')
    )
    (row,) = board_rows(Board(), await facts_of(room.box.vehicles))
    assert (row.state, row.is_unused) == (CarState.OUT, False)


async def test_where_reservations_come_from_a_file_no_desk_says_that_garoon_does_not_answer(room: Room) -> None:
    time = SettableClock(clock.now())
    with clock.use(time):
        await room.box.vehicles.reservations.keep([])
        time.forward(hours=3)
        room.desk.redraw()
        await until(lambda: room.desk.view.is_from_file)
        assert not room.desk.view.is_stale
