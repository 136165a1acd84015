import asyncio
import os
import threading
import tty
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
import serial

from device_drivers.alcohol_checker.interface import AlcoholChecker, CheckerError, CheckerProblem, CheckerState
from device_drivers.alcohol_checker.line_pattern import PATTERNS
from device_drivers.alcohol_checker.serial_line import SerialChecker
from device_drivers.alcohol_checker.serial_settings import SerialSettings
from device_drivers.alcohol_checker.serial_worker import open_line
from tests.device_drivers.alcohol_checker.witness import Witness, eventually

LINE = b'DT,"26/11/23",Ti,"08:30:12",SN,"22014587",AL,"0.00",ST,"OK"\r\n'


class Cable:
    """A pseudo-terminal in place of a checker's cable; its path stays the same over unplugging, as by-id names do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None

    def plug(self) -> None:
        self._ends = os.openpty()
        tty.setraw(self._ends[1])
        self.path.symlink_to(os.ttyname(self._ends[1]))

    def unplug(self) -> None:
        if self._ends is None:
            return
        self.path.unlink()
        for end in self._ends:
            os.close(end)
        self._ends = None

    def say(self, data: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], data)


@pytest.fixture
async def cable(tmp_path: Path) -> AsyncIterator[Cable]:
    cable = Cable(tmp_path / 'checker')
    yield cable
    cable.unplug()


@pytest.fixture
async def checker(cable: Cable) -> AsyncIterator[SerialChecker]:
    settings = SerialSettings(
        port=str(cable.path),
        pattern=PATTERNS['tanita'],
        read_timeout=0.02,
        line_patience=0.2,
        first_back_off=0.02,
        last_back_off=0.05,
    )
    checker = SerialChecker(f'serial:{cable.path}', settings)
    yield checker
    await checker.stop()


async def started(checker: SerialChecker) -> Witness:
    witness = Witness(checker)
    checker.start()
    await witness.until_state(CheckerState.READY)
    return witness


async def test_the_line_a_checker_says_is_the_measurement(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    await started(checker)
    waiting = asyncio.create_task(as_checker(checker).measure(30))
    await asyncio.sleep(0)
    cable.say(LINE)
    measurement = await waiting
    assert (measurement.value_mg_per_litre, measurement.serial) == (Decimal('0.00'), '22014587')
    assert measurement.raw == LINE.decode().strip()


async def test_what_was_blown_before_the_line_was_opened_never_counts(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    cable.say(LINE)
    witness = await started(checker)
    cable.say(LINE.replace(b'0.00', b'0.21'))
    await witness.until(lambda: bool(witness.values))
    assert witness.values == ['0.21']


async def test_garbage_is_ignored_and_counted(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    witness = await started(checker)
    cable.say(b'\xff\xfe\x00BOOT\r\n\r\nWARMING UP\r\n' + LINE)
    await witness.until(lambda: bool(witness.values))
    assert (witness.values, checker.ignored_lines) == (['0.00'], 2)


async def test_a_line_torn_by_silence_is_not_glued_to_the_next(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    witness = await started(checker)
    cable.say(LINE[:40])
    await eventually(lambda: checker.ignored_lines == 1)
    cable.say(LINE.replace(b'0.00', b'0.30'))
    await witness.until(lambda: bool(witness.values))
    assert witness.values == ['0.30']


async def test_a_line_that_comes_byte_by_byte_is_read_whole(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    witness = await started(checker)
    for byte in LINE:
        cable.say(bytes([byte]))
        await asyncio.sleep(0)
    await witness.until(lambda: bool(witness.values))
    assert witness.values == ['0.00']


async def test_a_checker_that_is_not_there_is_missing_and_found_when_plugged_in(
    cable: Cable, checker: SerialChecker
) -> None:
    witness = Witness(checker)
    checker.start()
    await witness.until_state(CheckerState.MISSING)
    with pytest.raises(CheckerError) as refusal:
        await checker.measure(10)
    assert refusal.value.problem is CheckerProblem.MISSING
    cable.plug()
    await witness.until_state(CheckerState.READY)


async def test_who_waits_while_the_line_is_first_looked_for_is_told_that_it_is_missing(checker: SerialChecker) -> None:
    checker.start()
    with pytest.raises(CheckerError) as refusal:
        await checker.measure(30)
    assert refusal.value.problem is CheckerProblem.MISSING


async def test_unplugging_ends_the_measurement_and_plugging_in_heals(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    witness = await started(checker)
    waiting = asyncio.create_task(checker.measure(30))
    await asyncio.sleep(0)
    cable.unplug()
    with pytest.raises(CheckerError) as refusal:
        await waiting
    assert refusal.value.problem is CheckerProblem.LOST
    cable.plug()
    await witness.until_state(CheckerState.READY)
    again = asyncio.create_task(checker.measure(30))
    await asyncio.sleep(0)
    cable.say(LINE)
    assert (await again).value_mg_per_litre == Decimal('0.00')


async def test_nobody_blowing_is_a_timeout_and_the_next_try_works(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    await started(checker)
    with pytest.raises(TimeoutError):
        await checker.measure(0.05)
    again = asyncio.create_task(checker.measure(30))
    await asyncio.sleep(0)
    cable.say(LINE)
    assert (await again).serial == '22014587'


async def test_a_stopped_checker_closes_its_line_and_can_start_again(cable: Cable, checker: SerialChecker) -> None:
    cable.plug()
    await started(checker)
    await checker.stop()
    with pytest.raises(CheckerError) as refusal:
        await checker.measure(1)
    assert refusal.value.problem is CheckerProblem.STOPPED
    await started(checker)


@pytest.mark.parametrize('change', [{'framing': '9N1'}, {'framing': ''}, {'baud': 0}, {'read_timeout': 0}])
def test_impossible_settings_are_refused(change: dict) -> None:
    with pytest.raises(ValueError):
        SerialSettings(port='/dev/ttyUSB0', pattern=PATTERNS['plain'], **change)


def as_checker(checker: AlcoholChecker) -> AlcoholChecker:
    return checker


async def test_a_line_that_hangs_is_given_up_and_opened_anew(cable: Cable) -> None:
    release = threading.Event()
    hanging = [release]

    def open_port(settings: SerialSettings) -> serial.Serial:
        if hanging:
            hanging.pop().wait()
            raise serial.SerialException('came back too late')
        return open_line(settings)

    settings = SerialSettings(
        port=str(cable.path), pattern=PATTERNS['tanita'], read_timeout=0.02, answer_timeout=0.3, first_back_off=0.02
    )
    checker = SerialChecker(f'serial:{cable.path}', settings, open_port)
    cable.plug()
    witness = Witness(checker)
    checker.start()
    await witness.until_state(CheckerState.STUCK)
    await witness.until_state(CheckerState.READY)
    release.set()
    waiting = asyncio.create_task(as_checker(checker).measure(30))
    await asyncio.sleep(0)
    cable.say(LINE)
    assert (await waiting).value_mg_per_litre == Decimal('0.00')
    await checker.stop()
