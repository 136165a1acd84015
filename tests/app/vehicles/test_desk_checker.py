"""The alcohol step of a car desk with a checker that tells its value, over a real serial line or simulated."""

import json
import os
import tty
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app import clock
from app.desks.register import Job
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.vehicles.alcohol import NOT_COUNTED
from app.vehicles.alcohol_values import ReadingSource
from app.vehicles.desk import CarDesk
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.models import AlcoholCheck, AlcoholPicture
from app.vehicles.screens import Problem, Step
from device_drivers.alcohol_checker.simulation import SimulatedChecker
from device_drivers.camera.simulation import CameraMode, SimulatedCamera
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from tests.support.box import felica, hire_with_card, reader_of, until

SYSTEM = Actor.system()
FAR = date(2030, 3, 31)
SIMULATED = 'sim:第一守衛室'


@dataclass(slots=True)
class GuardRoom:
    """A guard room with a checker, the guard on duty."""

    box: Box
    desk: CarDesk
    reader: SimulatedCardReader
    car: VehicleInfo
    driver_card: SimulatedCard

    @property
    def checker(self) -> SimulatedChecker:
        checker = self.box.devices.checker(self.desk.desk.id)
        assert isinstance(checker, SimulatedChecker)
        return checker


async def opened(box: Box, checker: str, camera: str = '') -> GuardRoom:
    driver, driver_card = await hire_with_card(box)
    guard = await box.vehicles.guards.add('北\u3000守', '加賀警備', SYSTEM)
    guard_card = felica('0114000000009999')
    await box.cards.link(guard.id, guard_card.credential, SYSTEM, proven=False)
    await box.vehicles.licences.sight(driver.id, ['普通'], FAR, SYSTEM)
    for serial in ('SIM-0001', '22014587'):
        known = await box.vehicles.checkers.add(serial, 'FC', SYSTEM, started_on=date(2026, 1, 1))
        await box.vehicles.checkers.tested(known.id, SYSTEM, works=True)
    entry = VehicleEntry(
        plate='金沢 500 あ 12-34', key_number='12', inspection_until=FAR, compulsory_insurance_until=FAR
    )
    car = await box.vehicles.ledger.add(entry, SYSTEM, odometer=41_200)
    info = await box.desks.add('第一守衛室', Job.VEHICLES, 'sim:第一守衛室', SYSTEM, checker=checker, camera=camera)
    at_the_desk = await box.vehicles.checkers.find('SIM-0001')
    assert at_the_desk is not None
    await box.vehicles.checkers.change(at_the_desk.id, replace(at_the_desk.terms, desk=info.id), SYSTEM)
    await box.engine.refresh()
    desk = box.engine.controller(info.id)
    assert isinstance(desk, CarDesk)
    room = GuardRoom(box, desk, reader_of(box, desk), car, driver_card)
    room.reader.tap(guard_card)
    await until(lambda: desk.view.guard == '北')
    return room


@pytest.fixture
async def room(box: Box) -> GuardRoom:
    return await opened(box, SIMULATED)


async def reach_the_step(room: GuardRoom) -> None:
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await room.desk.enter_details('県庁', '会議')
    assert room.desk.view.step is Step.BREATH


async def uncounted() -> list[str]:
    return [json.loads(line.payload)['why'] for line in await JournalLine.filter(kind=NOT_COUNTED).order_by('sequence')]


async def test_a_breath_fills_the_value_without_a_press(room: GuardRoom) -> None:
    await reach_the_step(room)
    before = clock.now()
    room.checker.blow('0.00')
    await until(lambda: room.desk.view.step is Step.KEYS_OUT)

    (check,) = await AlcoholCheck.all()
    told = await room.box.vehicles.alcohol.told(check.id)
    serials = {each.id: each.serial for each in await room.box.vehicles.checkers.all()}
    assert told is not None and check.checker is not None
    assert (told.source, told.words, serials[check.checker]) == (ReadingSource.CHECKER, '0.00mg/L', 'SIM-0001')
    assert before - timedelta(seconds=1) <= check.checked_at <= clock.now()


async def test_a_positive_breath_stops_quietly_and_the_next_one_counts_after_rinsing(room: GuardRoom) -> None:
    await reach_the_step(room)
    room.checker.blow('0.15')
    await until(lambda: room.desk.view.step is Step.POSITIVE)
    await room.desk.measure_again()
    room.checker.blow('0.00')
    await until(lambda: room.desk.view.step is Step.KEYS_OUT)

    values = [row.value for row in await AlcoholCheck.all().order_by('sequence')]
    assert values == [Decimal('0.15'), Decimal('0.00')]


async def test_a_breath_before_anybody_stands_there_is_kept_and_counts_for_nobody(room: GuardRoom) -> None:
    room.checker.blow('0.15')
    await reach_the_step(room)

    assert (room.desk.view.step, await AlcoholCheck.all().count()) == (Step.BREATH, 0)
    assert await uncounted() == ['nobody']


async def test_what_comes_right_after_the_driver_before_left_counts_for_nobody(room: GuardRoom) -> None:
    await reach_the_step(room)
    await room.desk.cancel()
    await reach_the_step(room)
    room.checker.blow('0.15')
    await until(lambda: room.desk.view.problem is Problem.BREATH_AGAIN)

    assert (room.desk.view.step, await AlcoholCheck.all().count()) == (Step.BREATH, 0)
    assert await uncounted() == ['doubtful']


async def test_a_checker_that_is_used_up_is_not_accepted_and_its_reading_is_kept(room: GuardRoom) -> None:
    known = await room.box.vehicles.checkers.find('SIM-0001')
    assert known is not None
    await room.box.vehicles.checkers.retire(known.id, SYSTEM)
    await reach_the_step(room)
    room.checker.blow('0.00')
    await until(lambda: room.desk.view.problem is Problem.CHECKER_NOT_VALID)

    assert (room.desk.view.step, await uncounted()) == (Step.BREATH, ['checker_not_valid'])


async def test_a_checker_that_is_away_is_shown_and_typing_is_recorded_as_typing(room: GuardRoom) -> None:
    await reach_the_step(room)
    room.checker.unplug()
    await until(lambda: room.desk.view.checker == 'missing')
    await room.desk.breathe(Decimal('0.00'))

    (check,) = await AlcoholCheck.all()
    told = await room.box.vehicles.alcohol.told(check.id)
    assert told is not None
    assert (room.desk.view.step, told.source, told.checker_state) == (Step.KEYS_OUT, ReadingSource.TYPED, 'missing')


async def test_the_checker_of_another_desk_changes_nothing_here(room: GuardRoom) -> None:
    other = await room.box.desks.add('第二守衛室', Job.VEHICLES, 'sim:第二', SYSTEM, checker='sim:第二')
    await room.box.engine.refresh()
    await reach_the_step(room)
    elsewhere = room.box.devices.checker(other.id)
    assert isinstance(elsewhere, SimulatedChecker)
    elsewhere.blow('0.00')
    room.desk.redraw()
    await until(lambda: room.desk.view.checker == 'ready')

    assert (room.desk.view.step, await AlcoholCheck.all().count()) == (Step.BREATH, 0)


async def test_a_photo_of_the_display_goes_with_the_typed_value(box: Box) -> None:
    room = await opened(box, 'photo:sim:表示')
    await reach_the_step(room)
    await room.desk.breathe(Decimal('0.00'))
    assert room.desk.view.step is Step.KEYS_OUT
    await box.breath_pictures.close()

    (picture,) = await AlcoholPicture.all()
    assert (picture.kind, picture.state, picture.file is None) == ('display', 'kept', False)


async def test_without_the_camera_the_check_goes_on_and_says_that_there_is_no_picture(box: Box) -> None:
    room = await opened(box, 'photo:sim:表示')
    camera = box.devices.display_camera(room.desk.desk.id)
    assert isinstance(camera, SimulatedCamera)
    camera.show(CameraMode.GONE)
    await reach_the_step(room)
    await room.desk.breathe(Decimal('0.00'))
    assert room.desk.view.step is Step.KEYS_OUT
    await box.breath_pictures.close()

    (picture,) = await AlcoholPicture.all()
    assert (picture.state, picture.file, picture.reason) == ('missing', None, 'unreachable')


async def test_no_face_is_taken_unless_the_city_wants_it(box: Box) -> None:
    room = await opened(box, SIMULATED, 'sim:顔')
    await reach_the_step(room)
    room.checker.blow('0.00')
    await until(lambda: room.desk.view.step is Step.KEYS_OUT)
    await box.breath_pictures.close()

    assert await AlcoholPicture.all().count() == 0


async def test_a_line_of_a_real_serial_port_is_the_breath_of_the_driver(box: Box, tmp_path: Path) -> None:
    ends = os.openpty()
    tty.setraw(ends[1])
    room = await opened(box, f'serial:{os.ttyname(ends[1])}?pattern=tanita')
    await until(lambda: room.desk.view.checker == 'ready')
    await reach_the_step(room)
    os.write(ends[0], b'DT,"26/11/23",SN,"22014587",AL,"0.00",ST,"OK"\r\n')
    await until(lambda: room.desk.view.step is Step.KEYS_OUT)

    (check,) = await AlcoholCheck.all()
    told = await box.vehicles.alcohol.told(check.id)
    assert told is not None and '22014587' in told.words
    await box.devices.close()
    for end in ends:
        os.close(end)
