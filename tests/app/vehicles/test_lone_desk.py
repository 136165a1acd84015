"""At a desk that knows nothing of a trip, its car comes back all the same."""

from decimal import Decimal
from uuid import UUID

import pytest

from app.vehicles.key_tags import tag_text
from app.vehicles.models import AlcoholCheck
from app.vehicles.screens import Problem, Step
from app.vehicles.trip_values import HandOver, TripInfo
from app.vehicles.two_rooms_models import LoneReturn
from tests.app.vehicles.car_room import Room, room
from tests.app.vehicles.test_offers import another_car, offered
from tests.support.box import hire, until

__all__ = ['room']


async def lend_to_somebody_else(room: Room, vehicle: UUID) -> TripInfo:
    """A car is out, in the name of who is not at the desk."""
    other = await hire(room.box, '1002', '佐藤\u3000花子')
    order = HandOver(attempt='other', vehicle=vehicle, driver=other.id, destination='県庁', purpose='会議')
    return await room.box.vehicles.trips.hand_over(order)


async def at_the_return(room: Room) -> None:
    """The guard is on duty, and a driver says that they bring a car back."""
    room.reader.tap(room.guard_card)
    await until(lambda: bool(room.desk.view.guard))
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.bring_back()


async def brought_in(room: Room, odometer: int) -> None:
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(odometer)
    await room.desk.keys_in(abnormality='左ドアに傷')


async def test_the_driver_says_which_car_it_is_and_goes_through_the_usual_return(room: Room) -> None:
    await at_the_return(room)
    view = room.desk.view
    assert (view.step, view.is_return, [offer.plate for offer in view.offers]) == (
        Step.CAR,
        True,
        [room.car.entry.plate],
    )
    await room.desk.choose_car(room.car.id)
    view = room.desk.view
    assert (view.step, view.last_odometer, view.is_of_another) == (Step.BREATH, 41_200, False)
    await brought_in(room, 41_236)

    assert room.desk.view.step is Step.DONE
    (kept,) = await LoneReturn.all()
    assert (kept.vehicle, kept.returned_by, kept.odometer, kept.others['abnormality']) == (
        room.car.id, room.driver.id, 41_236, '左ドアに傷',
    )  # fmt: skip
    check = await AlcoholCheck.get(id=kept.check_id)
    assert (check.phase, check.vehicle, check.trip) == ('after', room.car.id, None)
    assert [car.odometer for car in await room.box.vehicles.ledger.all()] == [41_236]


async def test_the_tag_of_its_key_says_which_car_it_is(room: Room) -> None:
    await at_the_return(room)
    await room.desk.scan(tag_text(room.car.id))
    assert (room.desk.view.step, room.desk.view.is_return) == (Step.BREATH, True)


async def test_cars_of_the_other_guard_room_come_first_then_those_that_are_out_in_the_name_of_others(
    room: Room,
) -> None:
    out = await another_car(room.box, '金沢 500 あ 99', key_number='9')
    other = await another_car(room.box, '金沢 500 い 1', guard_room='第二守衛室', key_number='2')
    await lend_to_somebody_else(room, out.id)
    await at_the_return(room)
    listed = [(offer.vehicle, offer.is_out) for offer in room.desk.view.offers]
    assert listed == [(other.id, False), (out.id, True), (room.car.id, False)]


@pytest.mark.parametrize('how', ['pressed', 'scanned'])
async def test_a_car_that_is_out_in_the_name_of_another_ends_that_trip(room: Room, how: str) -> None:
    trip = await lend_to_somebody_else(room, room.car.id)
    await at_the_return(room)
    if how == 'pressed':
        await room.desk.choose_car(room.car.id)
    else:
        await room.desk.scan(tag_text(room.car.id))
    assert room.desk.view.is_of_another
    await brought_in(room, 41_236)
    ended = await room.box.vehicles.trips.get(trip.id)
    assert ended is not None
    assert (ended.odometer_in, ended.returned_by, await LoneReturn.all().count()) == (41_236, room.driver.id, 0)


async def test_where_no_car_can_be_offered_one_can_still_be_brought_back(room: Room) -> None:
    await lend_to_somebody_else(room, room.car.id)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    view = room.desk.view
    assert (view.offers, view.held_back, view.problem) == ((), (), None)
    await room.desk.bring_back()
    assert [offer.vehicle for offer in room.desk.view.offers] == [room.car.id]


async def test_a_trip_that_is_heard_of_while_its_driver_stands_at_the_desk_is_the_one_that_ends(room: Room) -> None:
    await at_the_return(room)
    await room.desk.choose_car(room.car.id)
    trip = await lend_to_somebody_else(room, room.car.id)
    await brought_in(room, 41_236)
    ended = await room.box.vehicles.trips.get(trip.id)
    assert ended is not None
    assert (room.desk.view.step, ended.odometer_in, await LoneReturn.all().count()) == (Step.DONE, 41_236, 0)


async def test_an_odometer_below_the_last_return_is_typed_twice_and_the_guard_stands_for_it(room: Room) -> None:
    await at_the_return(room)
    await room.desk.choose_car(room.car.id)
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(41_000)
    await room.desk.enter_odometer(41_000)
    await room.desk.confirm_odometer()
    await room.desk.keys_in()
    assert (room.desk.view.step, (await LoneReturn.get()).odometer) == (Step.DONE, 41_000)


async def test_in_a_flow_that_has_gone_on_the_press_does_nothing(room: Room) -> None:
    await at_the_return(room)
    await room.desk.choose_car(room.car.id)
    await room.desk.bring_back()
    assert room.desk.view.step is Step.BREATH
    assert room.desk.view.problem is not Problem.FAILED
    await room.desk.cancel()
    assert await LoneReturn.all().count() == 0
    assert await offered(room) == [room.car.entry.plate]
