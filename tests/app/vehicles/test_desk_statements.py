"""An event at a car desk asks the database a fixed few times, and nothing twice."""

from collections.abc import AsyncIterator, Awaitable
from decimal import Decimal
from typing import Any

import pytest
from tortoise import Tortoise

from app.access.principals import Role
from app.vehicles.screens import Step
from tests.app.vehicles.car_room import SYSTEM, Room, borrow, room
from tests.support.box import hire_with_card, until

__all__ = ['room']
CLEAR = Decimal('0.00')
LENDING = {'tap': 2, 'car': 1, 'details': 0, 'breath': 8, 'keys out': 7, 'board': 0}
RETURN = {'tap': 2, 'breath': 6, 'odometer': 0, 'keys in': 8, 'board': 0}


class Statements:
    """What the writing connection is asked, in the order of time."""

    def __init__(self) -> None:
        self._heard: list[str] = []

    def hear(self, statement: str) -> None:
        """The triggers of a statement are told as the statement itself, once more."""
        if not self._heard or self._heard[-1] != statement:
            self._heard.append(statement)

    async def during(self, event: Awaitable[Any]) -> list[str]:
        """Those of one event."""
        self._heard.clear()
        await event
        return list(self._heard)


@pytest.fixture
async def statements(room: Room) -> AsyncIterator[Statements]:
    """Of a desk at which a car was lent and taken back before: what is remembered was read."""
    await borrow(room)
    await room.desk.cancel()
    await _tap(room, Step.BREATH)
    await room.desk.breathe(CLEAR)
    await room.desk.enter_odometer(41_236)
    await room.desk.keys_in()
    await room.desk.cancel()
    heard = Statements()
    client: Any = Tortoise.get_connection('default')
    await client._connection.set_trace_callback(heard.hear)
    yield heard
    await client._connection.set_trace_callback(None)


async def test_no_event_of_a_lending_and_of_a_return_asks_more_than_its_few_statements(
    room: Room, statements: Statements
) -> None:
    lending = await _lending(room, statements)
    taking_back = await _return(room, statements)

    assert {event: len(asked) for event, asked in lending.items()} == LENDING
    assert {event: len(asked) for event, asked in taking_back.items()} == RETURN
    assert all(len(set(asked)) == len(asked) for asked in (*lending.values(), *taking_back.values()))


async def test_the_name_of_an_officer_on_duty_costs_one_statement_more_in_each_event(
    room: Room, statements: Statements
) -> None:
    _officer, card = await hire_with_card(room.box, '3001', '安田\u3000全')
    await room.box.access.accounts.create('3001', {Role.GUARD}, SYSTEM)
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.CAPACITY)
    await room.desk.choose_capacity(drives=False)

    lending = await _lending(room, statements)
    assert room.desk.view.guard == '安田'
    assert {event: len(asked) for event, asked in lending.items()} == {event: LENDING[event] + 1 for event in LENDING}


async def _lending(room: Room, statements: Statements) -> dict[str, list[str]]:
    return {
        'tap': await statements.during(_tap(room, Step.CAR)),
        'car': await statements.during(room.desk.choose_car(room.car.id)),
        'details': await statements.during(room.desk.enter_details('県庁', '会議')),
        'breath': await statements.during(room.desk.breathe(CLEAR)),
        'keys out': await statements.during(room.desk.keys_out()),
        'board': await statements.during(room.desk.cancel()),
    }


async def _return(room: Room, statements: Statements) -> dict[str, list[str]]:
    return {
        'tap': await statements.during(_tap(room, Step.BREATH)),
        'breath': await statements.during(room.desk.breathe(CLEAR)),
        'odometer': await statements.during(room.desk.enter_odometer(41_260)),
        'keys in': await statements.during(room.desk.keys_in()),
        'board': await statements.during(room.desk.cancel()),
    }


async def _tap(room: Room, step: Step) -> None:
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is step)
