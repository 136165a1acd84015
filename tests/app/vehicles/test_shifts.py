"""A shift ends: by a press at the desk, by the next guard's tap, by its age, or with the guard's registration."""

from datetime import timedelta

from app import clock
from app.access.models import Shift
from app.access.shifts import SHIFT_ENDED
from app.clock import SettableClock
from app.journal.models import JournalLine
from app.vehicles.screens import Problem, Step
from tests.app.vehicles.car_room import SYSTEM, Room, at_the_details, measured, room
from tests.support.box import felica, until

__all__ = ['room']


async def on_duty(room: Room) -> None:
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')


async def ended(room: Room) -> list[tuple[str, str]]:
    lines = await JournalLine.filter(kind=SHIFT_ENDED).order_by('sequence')
    return [(line.actor, line.assurance) for line in lines]


async def test_who_leaves_presses_and_confirms_nothing_any_more(room: Room) -> None:
    await on_duty(room)
    (guard,) = await room.box.vehicles.guards.all()
    await room.desk.end_shift()

    assert (room.desk.view.step, room.desk.view.guard) == (Step.BOARD, '')
    assert await ended(room) == [(str(guard.id), 'device')]
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await measured(room)
    assert room.desk.view.problem is Problem.NEEDS_GUARD


async def test_nobody_ends_a_shift_in_the_middle_of_a_lending(room: Room) -> None:
    await at_the_details(room)
    await room.desk.end_shift()

    assert room.desk.view.guard == '北'


async def test_the_tap_of_the_next_guard_hands_over(room: Room) -> None:
    await on_duty(room)
    second = await room.box.vehicles.guards.add('南\u3000衛', '加賀警備', SYSTEM)
    card = felica('0114000000008888')
    await room.box.cards.link(second.id, card.credential, SYSTEM, proven=False)
    room.reader.tap(card)

    await until(lambda: room.desk.view.guard == '南')
    assert await ended(room) == [(str(second.id), 'card')]


async def test_a_shift_that_nobody_ended_ends_after_twenty_six_hours(room: Room) -> None:
    await on_duty(room)
    began = clock.now()
    shifts = room.box.vehicles.shifts
    with clock.use(SettableClock(began + timedelta(hours=25))):
        await shifts.end_aged()
        assert await shifts.current(room.desk.desk.id) is not None
    with clock.use(SettableClock(began + timedelta(hours=27))):
        assert await shifts.current(room.desk.desk.id) is None
        await shifts.end_aged()

    await until(lambda: room.desk.view.guard == '')
    assert [assurance for _actor, assurance in await ended(room)] == ['system']


async def test_a_tap_long_after_begins_a_shift_of_its_own(room: Room) -> None:
    await on_duty(room)
    (guard,) = await room.box.vehicles.guards.all()
    with clock.use(SettableClock(clock.now() + timedelta(hours=27))):
        await room.box.vehicles.shifts.begin(room.desk.desk.id, guard.id)

    assert len(await ended(room)) == 1
    assert await Shift.filter(ended_at=None).count() == 1


async def test_who_does_not_work_here_any_more_is_not_on_duty(room: Room) -> None:
    await on_duty(room)
    (guard,) = await room.box.vehicles.guards.all()
    await room.box.vehicles.guards.end(guard.id, SYSTEM)

    await until(lambda: room.desk.view.guard == '')
    assert await Shift.filter(ended_at=None).count() == 0
