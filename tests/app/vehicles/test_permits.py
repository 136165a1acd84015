"""A car manager opens gates before the driver comes: for one driver, one car and one day."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app import clock
from app.access.principals import Role
from app.clock import SettableClock
from app.journal.models import JournalLine
from app.people.staff import StaffMember
from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.permits import PERMITTED, WITHDRAWN, NewPermit, PermitProblem, PermitRefused, opened_to
from app.vehicles.screens import Step
from app.vehicles.trip_lines import HANDED_OVER
from tests.app.vehicles.car_room import FAR, SYSTEM, Room, at_the_details, measured, room
from tests.support.box import hire, hire_with_card
from tests.support.sealed_texts import texts_in
from tests.support.two_boxes import TwoBoxes

__all__ = ['room']
YESTERDAY = timedelta(days=-1)


@pytest.fixture(autouse=True)
def morning() -> Iterator[SettableClock]:
    settable = SettableClock(clock.now().replace(hour=9, minute=0))
    with clock.use(settable):
        yield settable


async def a_manager(room: Room) -> StaffMember:
    manager, _card = await hire_with_card(room.box, '2001', '車田\u3000主任')
    await room.box.access.accounts.create('2001', {Role.CAR_MANAGER}, SYSTEM)
    return manager


async def permit(room: Room, *gates: Gate, **more: Any) -> NewPermit:
    manager = await a_manager(room)
    new = NewPermit(
        manager=manager.id,
        vehicle=room.car.id,
        driver=room.driver.id,
        day=clock.today(),
        gates=gates,
        reason='点検の前日',
    )
    return replace(new, **more)


async def closed_by(room: Room, **fault: Any) -> None:
    await room.box.vehicles.ledger.change(room.car.id, replace(room.car.entry, **fault), SYSTEM)


async def test_a_permitted_gate_does_not_stop_the_driver_and_the_hand_over_says_why(room: Room) -> None:
    await closed_by(room, periodic_check_until=clock.today() + YESTERDAY)
    new = await permit(room, Gate.PERIODIC_CHECK)
    await room.box.vehicles.permits.give(new, SYSTEM)
    await at_the_details(room)
    await measured(room)
    assert room.desk.view.step is Step.KEYS_OUT
    await room.desk.keys_out()

    handed_over = json.loads((await JournalLine.get(kind=HANDED_OVER)).payload)
    assert handed_over['overridden'] == ['periodic_check']
    assert (await texts_in(room.box, HANDED_OVER))['reason'] == '点検の前日'
    given = await JournalLine.get(kind=PERMITTED)
    assert json.loads(given.payload)['gates'] == ['periodic_check']


async def test_a_car_that_is_kept_back_is_offered_to_the_one_who_was_permitted_it(room: Room) -> None:
    await closed_by(room, for_disasters=True, blocked_reason='清掃待ち')
    new = await permit(room, Gate.FOR_DISASTERS, Gate.CAR_BLOCKED)
    await room.box.vehicles.permits.give(new, SYSTEM)
    await at_the_details(room)
    await measured(room)
    assert room.desk.view.step is Step.KEYS_OUT


@pytest.mark.parametrize('more', [{'day': 'tomorrow'}, {'driver': 'another'}, {'gates': (Gate.WINTER_TYRES,)}])
async def test_a_permission_holds_for_its_day_its_driver_and_its_gates_only(room: Room, more: dict[str, Any]) -> None:
    other = await hire(room.box, '1009', '別\u3000人')
    facts = {'tomorrow': clock.today() - YESTERDAY, 'another': other.id}
    await closed_by(room, periodic_check_until=clock.today() + YESTERDAY)
    known = {name: facts.get(value, value) if isinstance(value, str) else value for name, value in more.items()}
    await room.box.vehicles.permits.give(await permit(room, Gate.PERIODIC_CHECK, **known), SYSTEM)
    await at_the_details(room)
    await measured(room)
    assert (room.desk.view.step, room.desk.view.gates) == (Step.GATES, (Gate.PERIODIC_CHECK,))


async def test_a_withdrawn_permission_holds_no_more(room: Room) -> None:
    await closed_by(room, periodic_check_until=clock.today() + YESTERDAY)
    permits = room.box.vehicles.permits
    given = await permits.give(await permit(room, Gate.PERIODIC_CHECK), SYSTEM)
    assert [each.id for each in await permits.coming()] == [given]
    for _twice in range(2):
        await permits.withdraw(given, SYSTEM)
    assert await permits.coming() == []
    assert await JournalLine.filter(kind=WITHDRAWN).count() == 1
    await at_the_details(room)
    await measured(room)
    assert room.desk.view.step is Step.GATES


@pytest.mark.parametrize('gate', [gate for gate in Gate if not gate.may_be_overridden])
async def test_what_the_law_closes_is_not_permitted_ahead(room: Room, gate: Gate) -> None:
    with pytest.raises(PermitRefused) as refused:
        await room.box.vehicles.permits.give(await permit(room, gate), SYSTEM)
    assert refused.value.problem is PermitProblem.LAW
    assert not await JournalLine.filter(kind=PERMITTED).exists()


async def test_nobody_permits_their_own_drive_a_past_day_or_without_a_reason(room: Room) -> None:
    new = await permit(room, Gate.PERIODIC_CHECK)
    for wrong, problem in (
        (replace(new, driver=new.manager), PermitProblem.OWN),
        (replace(new, day=clock.today() + YESTERDAY), PermitProblem.PAST),
        (replace(new, reason=' '), PermitProblem.NO_REASON),
        (replace(new, gates=()), PermitProblem.LAW),
    ):
        with pytest.raises(PermitRefused) as refused:
            await room.box.vehicles.permits.give(wrong, SYSTEM)
        assert refused.value.problem is problem


async def test_a_permission_of_one_guard_room_holds_in_the_other(tmp_path: Any) -> None:
    city, plate = TwoBoxes(tmp_path), '金沢 500 あ 12-34'
    async with city.at('first') as box:
        await box.vehicles.ledger.add(
            VehicleEntry(plate=plate, inspection_until=FAR, compulsory_insurance_until=FAR), SYSTEM
        )
        driver, manager = await hire(box, '1001'), await hire(box, '2001')
        new = NewPermit(
            manager=manager.id, vehicle=vehicle_id(plate), driver=driver.id, day=date(2099, 1, 5),
            gates=(Gate.FOR_DISASTERS,), reason='訓練',
        )  # fmt: skip
        given = await box.vehicles.permits.give(new, SYSTEM)
    async with city.at('second') as box:
        same = await hire(box, '1001')
    await city.bring('first', 'second')
    async with city.at('second') as box:
        (told,) = await box.vehicles.permits.coming()
        assert (told.id, told.driver, told.reason) == (given, same.id, '訓練')
        open_to = opened_to(await box.vehicles.permits.coming(), same.id, date(2099, 1, 5))
        assert open_to == {vehicle_id(plate): {'for_disasters': '訓練'}}
    async with city.at('first') as box:
        await box.vehicles.permits.withdraw(given, SYSTEM)
    await city.bring('first', 'second')
    async with city.at('second') as box:
        assert await box.vehicles.permits.coming() == []
