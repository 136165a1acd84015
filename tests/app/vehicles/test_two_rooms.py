"""What the guard rooms tell each other beside the trips: whom they turned away, and who is on duty."""

import uuid
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app import clock
from app.clock import SettableClock
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.vehicles.models import TurnedAway
from app.vehicles.turned_away import TURNED_AWAY
from tests.support.box import hire
from tests.support.two_boxes import TwoBoxes

DESK = uuid.uuid5(uuid.NAMESPACE_OID, 'desk')
PRESS = uuid.uuid5(uuid.NAMESPACE_OID, 'press')


@pytest.fixture
def city(tmp_path: Path) -> TwoBoxes:
    return TwoBoxes(tmp_path)


async def on_duty(box: Box) -> list[UUID]:
    return [each.operator for each in await box.vehicles.other_room.on_duty()]


async def test_one_press_turns_away_once_and_the_type_may_be_said_later(box: Box) -> None:
    book = box.vehicles.turned_away
    await book.note(PRESS, DESK)
    await book.note(PRESS, DESK)
    await book.note(PRESS, DESK, 'kei')
    assert [row.car_type for row in await TurnedAway.all()] == ['kei']
    assert await JournalLine.filter(kind=TURNED_AWAY).count() == 2


async def test_both_rooms_count_whom_either_turned_away(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        await box.vehicles.turned_away.note(PRESS, DESK)
        await box.vehicles.turned_away.note(PRESS, DESK, 'kei')
        (here,) = await TurnedAway.all()
        origin = box.journal.identity.box
    await city.bring('first', 'second')
    async with city.at('second') as box:
        (there,) = await TurnedAway.all()
        assert (there.car_type, there.box) == ('kei', origin)
        assert abs(there.at - here.at) < timedelta(seconds=1)


async def test_the_other_room_knows_who_is_on_duty_until_they_leave(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        guard = await box.vehicles.guards.add('北\u3000守', '加賀警備', Actor.system())
        await box.vehicles.shifts.begin(DESK, guard.id)
    await city.bring('first', 'second')
    async with city.at('second') as box:
        assert await on_duty(box) == [guard.id]
        known = await box.vehicles.guards.get(guard.id)
        assert known is not None
        assert known.surname == '北'
    async with city.at('first') as box:
        assert await on_duty(box) == []
        await box.vehicles.shifts.end(DESK)
    await city.bring('first', 'second')
    async with city.at('second') as box:
        assert await on_duty(box) == []


async def test_an_officer_on_duty_there_is_known_here_by_their_own_id(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        officer = await hire(box)
        await box.vehicles.shifts.begin(DESK, officer.id)
    async with city.at('second') as box:
        here = await hire(box)
    await city.bring('first', 'second')
    async with city.at('second') as box:
        assert await on_duty(box) == [here.id]


async def test_nobody_is_on_duty_for_longer_than_a_shift_may_last(city: TwoBoxes) -> None:
    time = SettableClock(clock.now())
    with clock.use(time):
        async with city.at('first') as box:
            await box.vehicles.shifts.begin(DESK, (await hire(box)).id)
        await city.bring('first', 'second')
        time.forward(hours=27)
        async with city.at('second') as box:
            assert await on_duty(box) == []
