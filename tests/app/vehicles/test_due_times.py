"""A car that nobody reserved is back by the end of the working day, unless the driver presses otherwise."""

from datetime import datetime, timedelta

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from app.vehicles.due_times import Due, due_choices, usual_due
from app.vehicles.screens import Step
from tests.app.vehicles.car_room import Room, at_the_details, measured, room

__all__ = ['room']


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ('now', 'latest', 'usual', 'choices'),
    [
        (at(9), None, at(17, 15), [at(10), at(12), at(17, 15)]),
        (at(13), None, at(17, 15), [at(14), at(17, 15)]),
        (at(18, 30), None, at(19, 30), [at(19, 30)]),
        (at(9), at(14), at(14), [at(10), at(12)]),
        (at(9), at(9, day=27), at(17, 15), [at(10), at(12), at(17, 15)]),
        (at(9), at(9, 30), at(9, 30), []),
    ],
)
def test_what_may_be_pressed_and_what_counts_while_nobody_did(
    now: datetime, latest: datetime | None, usual: datetime, choices: list[datetime]
) -> None:
    assert usual_due(now, latest) == usual
    assert [choice.at for choice in due_choices(now, latest)] == choices


async def test_the_board_says_until_when_without_a_press_more(room: Room) -> None:
    with clock.use(SettableClock(at(9))):
        await at_the_details(room)
        assert room.desk.view.due_at == at(17, 15)
        await measured(room)
        await room.desk.keys_out()
        await room.desk.cancel()

        (row,) = room.desk.view.rows
        assert row.until == at(17, 15)


async def test_one_press_says_another_time_and_what_cannot_be_pressed_changes_nothing(room: Room) -> None:
    with clock.use(SettableClock(at(13))):
        await at_the_details(room)
        await room.desk.choose_due(Due.HOUR)
        assert (room.desk.view.step, room.desk.view.due_at) == (Step.DETAILS, at(13) + timedelta(hours=1))
        await room.desk.choose_due(Due.NOON)
        assert room.desk.view.due_at == at(14)
        await measured(room)
        await room.desk.keys_out()

        trip = (await room.box.vehicles.trips.now()).of_driver.get(room.driver.id)
        assert trip is not None
        assert trip.due_at == at(14)
