"""A car manager opens what no law closes: with their card, a reason, and their name in the journal."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app import clock
from app.access.principals import Role
from app.journal.models import JournalLine
from app.people.staff import StaffMember
from app.vehicles.gates import Gate
from app.vehicles.overrides import OVERRIDDEN, NotOverridable, Override
from app.vehicles.screens import Problem, Step
from app.vehicles.trip_lines import HANDED_OVER
from device_drivers.card_reader.simulation import SimulatedCard
from tests.app.vehicles.car_room import SYSTEM, Room, at_the_details, measured, room
from tests.support.box import hire_with_card, until
from tests.support.sealed_texts import texts_in

__all__ = ['room']
YESTERDAY = clock.today() - timedelta(days=1)


async def a_manager(room: Room) -> tuple[StaffMember, SimulatedCard]:
    manager, card = await hire_with_card(room.box, '2001', '車田\u3000主任')
    await room.box.access.accounts.create('2001', {Role.CAR_MANAGER}, SYSTEM)
    return manager, card


async def at_the_gates(room: Room, **fault: Any) -> None:
    await at_the_details(room)
    await room.box.vehicles.ledger.change(room.car.id, replace(room.car.entry, **fault), SYSTEM)
    await measured(room)
    assert room.desk.view.step is Step.GATES


@pytest.mark.parametrize(
    ('fault', 'gate'),
    [
        ({'voluntary_insurance_until': YESTERDAY}, Gate.VOLUNTARY_INSURANCE),
        ({'periodic_check_until': YESTERDAY}, Gate.PERIODIC_CHECK),
        ({'for_disasters': True}, Gate.FOR_DISASTERS),
        ({'blocked_reason': '清掃待ち'}, Gate.CAR_BLOCKED),
    ],
)
async def test_a_manager_lets_the_car_go_and_the_journal_says_who_why_and_what(
    room: Room, fault: dict[str, Any], gate: Gate
) -> None:
    manager, card = await a_manager(room)
    await at_the_gates(room, **fault)
    assert room.desk.view.may_be_permitted
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.OVERRIDE)
    assert (room.desk.view.manager, room.desk.view.driver) == ('車田', '山田')
    await room.desk.override('急ぎの公務')
    assert room.desk.view.step is Step.KEYS_OUT
    await room.desk.keys_out()

    permitted = await JournalLine.get(kind=OVERRIDDEN)
    assert permitted.actor == str(manager.id)
    assert _payload(permitted)['gates'] == [gate.value]
    assert await texts_in(room.box, OVERRIDDEN) == {'reason': '急ぎの公務'}
    handed_over = await JournalLine.get(kind=HANDED_OVER)
    assert _payload(handed_over)['overridden'] == [gate.value]
    assert (await texts_in(room.box, HANDED_OVER))['reason'] == '急ぎの公務'
    assert room.desk.view.guard == '北'


async def test_what_the_law_closes_no_manager_opens(room: Room) -> None:
    _manager, card = await a_manager(room)
    await at_the_gates(room, inspection_until=YESTERDAY, periodic_check_until=YESTERDAY)
    assert not room.desk.view.may_be_permitted
    room.reader.tap(card)
    await until(lambda: room.desk.view.problem is Problem.NOT_TO_BE_PERMITTED)
    await room.desk.override('急ぎの公務')

    assert room.desk.view.step is Step.GATES
    assert await JournalLine.filter(kind=OVERRIDDEN).count() == 0


async def test_a_manager_does_not_permit_their_own_drive(room: Room) -> None:
    entry, _password = await room.box.access.accounts.create('1001', {Role.CAR_MANAGER}, SYSTEM)
    account = entry.id
    await room.box.access.accounts.withdraw(account, Role.CAR_MANAGER, SYSTEM)
    await at_the_gates(room, periodic_check_until=YESTERDAY)
    await room.box.access.accounts.grant(account, Role.CAR_MANAGER, SYSTEM)
    room.reader.tap(room.driver_card)

    await until(lambda: room.desk.view.problem is Problem.OWN_PERMISSION)


async def test_a_permission_has_a_reason(room: Room) -> None:
    _manager, card = await a_manager(room)
    await at_the_gates(room, periodic_check_until=YESTERDAY)
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.OVERRIDE)
    await room.desk.override('\u3000 ')

    assert (room.desk.view.step, room.desk.view.problem) == (Step.OVERRIDE, Problem.NO_REASON)


async def test_a_guard_is_no_manager_and_a_permission_is_for_one_hand_over(room: Room) -> None:
    _manager, card = await a_manager(room)
    await at_the_gates(room, periodic_check_until=YESTERDAY)
    room.reader.tap(room.guard_card)
    room.reader.tap(card)
    await until(lambda: room.desk.view.step is Step.OVERRIDE)
    await room.desk.override('急ぎの公務')
    await room.desk.cancel()
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await measured(room)

    assert (room.desk.view.step, room.desk.view.gates) == (Step.GATES, (Gate.PERIODIC_CHECK,))


@pytest.mark.parametrize('gate', [gate for gate in Gate if not gate.may_be_overridden], ids=str)
async def test_no_way_to_the_journal_leads_past_the_law(room: Room, gate: Gate) -> None:
    order = Override(
        attempt='a', manager=uuid4(), vehicle=room.car.id, driver=room.driver.id,
        gates=(Gate.PERIODIC_CHECK, gate), reason='x', desk=room.desk.desk.id,
    )  # fmt: skip
    with pytest.raises(NotOverridable):
        await room.box.vehicles.overrides.permit(order)


def _payload(line: JournalLine) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(line.payload) if isinstance(line.payload, str) else line.payload
    return payload
