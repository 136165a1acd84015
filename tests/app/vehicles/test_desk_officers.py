"""Staff who may confirm at a car desk drive as anybody does, and never confirm their own breath."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.access.principals import Role
from app.people.staff import StaffMember
from app.vehicles.alcohol_values import Breath, Method, OwnCheck, Phase
from app.vehicles.key_tags import tag_text
from app.vehicles.models import AlcoholCheck
from app.vehicles.screens import Problem, Step
from device_drivers.card_reader.simulation import SimulatedCard
from tests.app.vehicles.car_room import FAR, SYSTEM, Room, borrow, measured, room
from tests.support.box import hire_with_card, until

__all__ = ['room']
OFFICERS = (Role.GUARD, Role.CAR_MANAGER, Role.SAFE_DRIVING_MANAGER)


async def an_officer(room: Room, role: Role = Role.SAFE_DRIVING_MANAGER) -> tuple[StaffMember, SimulatedCard]:
    officer, card = await hire_with_card(room.box, '3001', '安田\u3000全')
    await room.box.access.accounts.create('3001', {role}, SYSTEM)
    await room.box.vehicles.licences.sight(officer.id, ['普通'], FAR, SYSTEM)
    return officer, card


async def has_come_to_drive(room: Room, card: SimulatedCard) -> None:
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.CAPACITY)
    await room.desk.choose_capacity(drives=True)


@pytest.mark.parametrize('role', OFFICERS)
async def test_an_officer_borrows_a_car_and_brings_it_back_confirmed_by_the_guard_on_duty(
    room: Room, role: Role
) -> None:
    officer, card = await an_officer(room, role)
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    await has_come_to_drive(room, card)
    assert (room.desk.view.step, room.desk.view.guard) == (Step.CAR, '北')
    await room.desk.choose_car(room.car.id)
    await measured(room)
    await room.desk.keys_out()
    await room.desk.cancel()
    await has_come_to_drive(room, card)
    assert room.desk.view.is_return
    await room.desk.breathe(Decimal('0.00'))
    await room.desk.enter_odometer(41_220)
    await room.desk.keys_in()

    assert room.desk.view.step is Step.DONE
    checks = await AlcoholCheck.filter(driver=officer.id)
    assert len(checks) == 2
    assert officer.id not in {check.confirmer for check in checks}


async def test_an_officer_takes_the_shift_with_one_press(room: Room) -> None:
    _officer, card = await an_officer(room)
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.CAPACITY)
    await room.desk.choose_capacity(drives=False)

    assert (room.desk.view.step, room.desk.view.guard) == (Step.BOARD, '安田')


async def test_an_officer_on_duty_needs_somebody_else_for_their_own_breath(room: Room) -> None:
    officer, card = await an_officer(room)
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.CAPACITY)
    await room.desk.choose_capacity(drives=False)
    await has_come_to_drive(room, card)
    await room.desk.choose_car(room.car.id)
    await measured(room)
    assert (room.desk.view.step, room.desk.view.problem) == (Step.BREATH, Problem.OWN_CHECK)
    room.reader.tap(card)
    await until(lambda: room.desk.view.problem is Problem.OWN_CHECK)
    assert await AlcoholCheck.filter(driver=officer.id).count() == 0

    other, other_card = await hire_with_card(room.box, '3002', '守山\u3000次')
    await room.box.access.accounts.create('3002', {Role.GUARD}, SYSTEM)
    room.reader.tap(other_card)
    await until(lambda: room.desk.view.confirmer == '守山')
    await room.desk.breathe(Decimal('0.00'))
    assert room.desk.view.step is Step.KEYS_OUT
    (check,) = await AlcoholCheck.filter(driver=officer.id)
    assert check.confirmer == other.id


async def test_an_officers_tap_within_the_flow_of_another_confirms_and_leaves_the_shift_with_the_guard(
    room: Room,
) -> None:
    officer, card = await an_officer(room)
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    room.reader.tap(card)
    await until(lambda: room.desk.view.confirmer == '安田')
    await measured(room)

    assert (room.desk.view.step, room.desk.view.guard) == (Step.KEYS_OUT, '北')
    (check,) = await AlcoholCheck.filter(driver=room.driver.id)
    assert check.confirmer == officer.id


async def test_an_officer_brings_back_the_key_of_another_where_a_guard_is_on_duty(room: Room) -> None:
    _officer, card = await an_officer(room)
    await borrow(room)
    await room.desk.cancel()
    await room.desk.scan(tag_text(room.car.id))
    assert (room.desk.view.step, room.desk.view.driver) == (Step.BREATH, '山田')
    room.reader.tap(card)

    await until(lambda: room.desk.view.driver == '安田')


async def test_no_record_says_that_a_driver_confirmed_their_own_breath(room: Room) -> None:
    own = Breath(
        phase=Phase.BEFORE, driver=room.driver.id, vehicle=None, confirmer=room.driver.id, method=Method.FACE_TO_FACE,
        checker=None, value=Decimal('0.00'), desk=None,
    )  # fmt: skip
    with pytest.raises(OwnCheck):
        await room.box.vehicles.alcohol.record(own)
    assert (await room.box.vehicles.alcohol.record(replace(own, confirmer=room.car.id))).value == Decimal('0.00')
