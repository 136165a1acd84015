"""An electric car goes out with enough in its battery, where the city sets a limit."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.access.principals import Role
from app.journal.models import JournalLine
from app.vehicles.gates import Gate, gates_of_charge
from app.vehicles.screens import Problem, Step
from app.vehicles.trip_lines import HANDED_OVER
from tests.app.vehicles.car_room import SYSTEM, Room, at_the_details, furnished, measured
from tests.support.box import hire_with_card, opened_box, until


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """The car is electric, and goes out with 30 % or more."""
    async with opened_box(tmp_path / 'box', vehicles={'lowest_charge_percent': 30}) as box:
        room = await furnished(box)
        await box.vehicles.ledger.change(room.car.id, replace(room.car.entry, is_electric=True), SYSTEM)
        yield room


async def at_the_charge(room: Room) -> None:
    await at_the_details(room)
    await room.desk.enter_details('県庁', '会議')
    assert room.desk.view.step is Step.CHARGE


async def test_enough_lets_the_car_go_and_is_in_the_journal(room: Room) -> None:
    await at_the_charge(room)
    await room.desk.enter_charge(30)
    await room.desk.breathe(Decimal('0.00'))
    assert room.desk.view.step is Step.KEYS_OUT
    await room.desk.keys_out()

    assert json.loads((await JournalLine.get(kind=HANDED_OVER)).payload)['charge'] == 30


async def test_too_little_keeps_the_key_until_a_car_manager_permits_it(room: Room) -> None:
    _manager, card = await hire_with_card(room.box, '2001', '車田\u3000主任')
    await room.box.access.accounts.create('2001', {Role.CAR_MANAGER}, SYSTEM)
    await at_the_charge(room)
    await room.desk.enter_charge(29)
    await room.desk.breathe(Decimal('0.00'))
    assert (room.desk.view.step, room.desk.view.gates) == (Step.GATES, (Gate.LOW_CHARGE,))
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.OVERRIDE)
    await room.desk.override('近くまで')

    assert room.desk.view.step is Step.KEYS_OUT


@pytest.mark.parametrize('percent', [-1, 101])
async def test_no_battery_holds_less_than_nothing_or_more_than_all(room: Room, percent: int) -> None:
    await at_the_charge(room)
    await room.desk.enter_charge(percent)
    assert (room.desk.view.step, room.desk.view.problem) == (Step.CHARGE, Problem.BAD_CHARGE)


async def test_a_car_with_an_engine_is_not_asked(room: Room) -> None:
    await room.box.vehicles.ledger.change(room.car.id, room.car.entry, SYSTEM)
    await at_the_details(room)
    await measured(room)
    assert room.desk.view.step is Step.KEYS_OUT


async def test_without_a_limit_nobody_asks(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'other') as box:
        room = await furnished(box)
        await box.vehicles.ledger.change(room.car.id, replace(room.car.entry, is_electric=True), SYSTEM)
        await at_the_details(room)
        await measured(room)
        assert room.desk.view.step is Step.KEYS_OUT


def test_the_limit_itself_is_enough_and_who_was_not_asked_passes() -> None:
    assert list(gates_of_charge(29, 30)) == [Gate.LOW_CHARGE]
    assert [*gates_of_charge(30, 30), *gates_of_charge(None, 30), *gates_of_charge(0, 0)] == []
    assert Gate.LOW_CHARGE.may_be_overridden
