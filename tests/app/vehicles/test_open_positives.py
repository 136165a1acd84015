"""A positive breath that was the last word of a conversation keeps the key until an instruction stands."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from app import clock
from app.access.principals import Role
from app.clock import SettableClock
from app.runtime import Box
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.driver_record import record_of
from app.vehicles.gates import Gate
from app.vehicles.models import AlcoholCheck
from app.vehicles.screens import Problem, Step
from tests.app.vehicles.car_room import SYSTEM, Room, at_the_details, borrow, measured, room
from tests.support.box import hire, hire_with_card, until
from tests.support.two_boxes import TwoBoxes

__all__ = ['room']
POSITIVE = Decimal('0.12')


async def positive(room: Room) -> None:
    await at_the_details(room)
    await room.desk.enter_details('県庁', '会議')
    await room.desk.breathe(POSITIVE)


async def waits(driver: UUID, conversation: str = '') -> bool:
    return (await record_of(driver)).open_positives.close_the_gate_to(conversation)


async def again(room: Room) -> None:
    await room.desk.cancel()
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await measured(room)


async def test_cancelling_and_tapping_anew_after_a_positive_breath_does_not_open_the_key_box(room: Room) -> None:
    await positive(room)
    await again(room)

    assert (room.desk.view.step, room.desk.view.gates) == (Step.GATES, (Gate.INSTRUCTION_AWAITED,))
    assert not room.desk.view.may_be_permitted
    await room.desk.keys_out()
    assert await room.box.vehicles.trips.open_trips() == {}
    assert [row.value for row in await AlcoholCheck.all().order_by('sequence')] == [POSITIVE, Decimal('0.00')]


async def test_an_instruction_opens_it_again(room: Room) -> None:
    await positive(room)
    check = await AlcoholCheck.get()
    manager, _card = await hire_with_card(room.box, '3001', '安田\u3000全')
    await room.box.vehicles.alcohol.instruct(check.id, 'うがい薬と確かめた', manager.id)
    await again(room)

    assert room.desk.view.step is Step.KEYS_OUT


async def test_a_positive_that_was_measured_again_within_the_conversation_is_settled(room: Room) -> None:
    await positive(room)
    await room.desk.measure_again()
    await room.desk.breathe(Decimal('0.00'))
    assert room.desk.view.step is Step.KEYS_OUT
    await again(room)

    assert room.desk.view.step is Step.KEYS_OUT


async def test_walking_away_from_the_second_measurement_leaves_the_positive_standing(room: Room) -> None:
    await positive(room)
    await room.desk.measure_again()
    await again(room)

    assert room.desk.view.gates == (Gate.INSTRUCTION_AWAITED,)


async def test_a_positive_after_the_drive_keeps_the_next_key_too(room: Room) -> None:
    await borrow(room)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    await room.desk.breathe(POSITIVE)
    await room.desk.let_the_car_in()
    await room.desk.enter_odometer(41_236)
    await room.desk.keys_in()
    assert room.desk.view.step is Step.DONE
    await again(room)

    assert room.desk.view.gates == (Gate.INSTRUCTION_AWAITED,)


async def test_a_positive_of_somebody_else_or_of_another_day_keeps_nothing(room: Room) -> None:
    other, _card = await hire_with_card(room.box, '1002', '佐藤\u3000花子')
    await positive(room)
    assert not await waits(other.id)
    assert await waits(room.driver.id)
    with clock.use(SettableClock(clock.now() + timedelta(days=1))):
        assert not await waits(room.driver.id)


async def test_a_positive_driver_who_is_back_is_let_in_by_nobody_but_who_stands_for_it(room: Room) -> None:
    await borrow(room)
    await room.box.vehicles.shifts.end(room.desk.desk.id)
    _officer, card = await hire_with_card(room.box, '3001', '安田\u3000全')
    await room.box.access.accounts.create('3001', {Role.GUARD}, SYSTEM)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    room.reader.tap(card)
    await until(lambda: room.desk.view.confirmer == '安田')
    await room.desk.breathe(POSITIVE)
    await room.desk.let_the_car_in()
    assert (room.desk.view.step, room.desk.view.problem) == (Step.POSITIVE, Problem.NEEDS_GUARD)

    room.reader.tap(card)
    await until(lambda: room.desk.view.problem is None)
    await room.desk.let_the_car_in()
    assert room.desk.view.step is Step.ODOMETER


async def blown(box: Box, driver: UUID, guard: UUID, value: str, attempt: str) -> None:
    breath = Breath(
        phase=Phase.BEFORE, driver=driver, vehicle=None, confirmer=guard, method=Method.FACE_TO_FACE, checker=None,
        value=Decimal(value), desk=None, attempt=attempt,
    )  # fmt: skip
    await box.vehicles.alcohol.record(breath)


async def test_a_positive_at_the_other_guard_room_keeps_the_key_unless_it_was_settled_there(tmp_path: Path) -> None:
    city = TwoBoxes(tmp_path)
    async with city.at('first') as box:
        guard = (await box.vehicles.guards.add('守衛 一郎', '警備会社', SYSTEM)).id
        settled, standing = [await hire(box, number) for number in ('1001', '1002')]
        await blown(box, settled.id, guard, '0.12', 'one:breath:0')
        await blown(box, settled.id, guard, '0.00', 'one:breath:1')
        await blown(box, standing.id, guard, '0.12', 'two:breath:0')
    async with city.at('second') as box:
        people = [await hire(box, number) for number in ('1001', '1002')]
    await city.bring('first', 'second')

    async with city.at('second') as box:
        assert [await waits(each.id, 'here') for each in people] == [False, True]
