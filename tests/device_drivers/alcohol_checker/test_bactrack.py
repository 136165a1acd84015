import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from device_drivers.alcohol_checker.bactrack import BactrackChecker
from device_drivers.alcohol_checker.bactrack_protocol import CHARACTERISTIC, SERVICE, START_TEST
from device_drivers.alcohol_checker.bleak_radio import BleakRadio
from device_drivers.alcohol_checker.interface import CheckerError, CheckerProblem, CheckerState, Step
from device_drivers.alcohol_checker.units import Unit
from tests.device_drivers.alcohol_checker.gatt_server import CLEAN_BREATH, GUIDED, SOME_ALCOHOL, GattServer, status
from tests.device_drivers.alcohol_checker.witness import Witness

ADDRESS = 'ble:AA:BB:CC:DD:EE:FF'


def started(server: GattServer) -> tuple[BactrackChecker, Witness]:
    checker = BactrackChecker(ADDRESS, server)
    witness = Witness(checker)
    checker.start()
    return checker, witness


async def problem_of(checker: BactrackChecker) -> CheckerProblem:
    with pytest.raises(CheckerError) as refusal:
        await checker.measure(30)
    return refusal.value.problem


async def test_a_test_is_started_followed_and_measured() -> None:
    server = GattServer([*GUIDED, SOME_ALCOHOL])
    checker, witness = started(server)
    measurement = await checker.measure(30)
    assert (measurement.value_mg_per_litre, measurement.unit) == (Decimal('0.10'), Unit.PERCENT_BAC)
    assert measurement.raw == SOME_ALCOHOL.hex()
    assert list(dict.fromkeys(witness.steps)) == list(Step)
    assert (server.written, server.open_links) == ([START_TEST], 0)


async def test_a_clean_breath_is_zero_although_the_sensor_counts_a_little() -> None:
    checker, _ = started(GattServer([*GUIDED, CLEAN_BREATH]))
    assert str((await checker.measure(30)).value_mg_per_litre) == '0.00'


async def test_the_result_of_the_person_before_is_not_taken_for_this_one() -> None:
    checker, witness = started(GattServer([*GUIDED, SOME_ALCOHOL], on_connection=[CLEAN_BREATH]))
    assert (await checker.measure(30)).value_mg_per_litre == Decimal('0.10')
    assert witness.values == ['0.10']


@pytest.mark.parametrize(
    ('last', 'problem'), [(status(7), CheckerProblem.CANCELLED), (status(8), CheckerProblem.BLOW_TOO_WEAK)]
)
async def test_a_test_that_the_checker_ends_tells_why_and_the_next_works(last: bytes, problem: CheckerProblem) -> None:
    server = GattServer([*GUIDED[:8], last])
    checker, _ = started(server)
    assert await problem_of(checker) is problem
    server.script = [*GUIDED, CLEAN_BREATH]
    assert (await checker.measure(30)).value_mg_per_litre == 0


async def test_a_checker_that_switches_itself_off_in_the_test_is_lost() -> None:
    server = GattServer(GUIDED[:8])
    server.drops = True
    checker, _ = started(server)
    assert await problem_of(checker) is CheckerProblem.LOST
    assert server.open_links == 0


@pytest.mark.parametrize(
    ('problem', 'state'),
    [
        (CheckerProblem.MISSING, CheckerState.MISSING),
        (CheckerProblem.NO_SERVICE, CheckerState.NO_SERVICE),
    ],
)
async def test_a_checker_out_of_reach_shows_it_until_a_test_reaches_it(
    problem: CheckerProblem, state: CheckerState
) -> None:
    server = GattServer([*GUIDED, CLEAN_BREATH])
    server.problem = problem
    checker, witness = started(server)
    assert await problem_of(checker) is problem
    assert checker.state is state
    server.problem = None
    await checker.measure(30)
    assert witness.states == [CheckerState.READY, state, CheckerState.READY]


async def test_an_impossible_result_is_refused() -> None:
    impossible = bytes.fromhex('8130ffff') + SOME_ALCOHOL[4:]
    checker, witness = started(GattServer([*GUIDED, impossible]))
    assert await problem_of(checker) is CheckerProblem.IMPOSSIBLE_VALUE
    assert witness.values == []


async def test_nobody_blowing_is_a_timeout_that_lets_go_of_the_checker() -> None:
    server = GattServer(GUIDED[:6])
    checker, _ = started(server)
    with pytest.raises(TimeoutError):
        await checker.measure(0.05)
    assert server.open_links == 0


async def test_stopping_ends_a_test_even_while_it_connects() -> None:
    server = GattServer()
    server.hangs = True
    checker, _ = started(server)
    waiting = asyncio.create_task(checker.measure(30))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await checker.stop()
    with pytest.raises(CheckerError) as refusal:
        await waiting
    assert refusal.value.problem is CheckerProblem.STOPPED


async def test_stopping_in_the_middle_of_a_test_lets_the_checker_go() -> None:
    server = GattServer(GUIDED[:6])
    checker, witness = started(server)
    waiting = asyncio.create_task(checker.measure(30))
    await witness.until(lambda: Step.BLOW in witness.steps)
    await checker.stop()
    await asyncio.gather(waiting, return_exceptions=True)
    assert (server.written, server.open_links) == ([START_TEST], 0)


async def test_only_one_test_runs_at_a_time() -> None:
    server = GattServer()
    server.hangs = True
    checker, _ = started(server)
    waiting = asyncio.create_task(checker.measure(30))
    await asyncio.sleep(0)
    assert await problem_of(checker) is CheckerProblem.BUSY
    await checker.stop()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_box_without_bluetooth_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('DBUS_SYSTEM_BUS_ADDRESS', f'unix:path={tmp_path / "nobody"}')
    checker = BactrackChecker(ADDRESS, BleakRadio(SERVICE, CHARACTERISTIC))
    checker.start()
    assert await problem_of(checker) is CheckerProblem.NO_SERVICE
    assert checker.state is CheckerState.NO_SERVICE
