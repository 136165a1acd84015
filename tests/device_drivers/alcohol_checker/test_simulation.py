import asyncio
from decimal import Decimal

import pytest

from device_drivers.alcohol_checker.interface import AlcoholChecker, CheckerError, CheckerProblem, CheckerState, Step
from device_drivers.alcohol_checker.simulation import SimulatedChecker
from device_drivers.alcohol_checker.units import Unit
from tests.device_drivers.alcohol_checker.witness import Witness


@pytest.fixture
async def checker() -> SimulatedChecker:
    checker = SimulatedChecker('sim:guard')
    checker.start()
    return checker


def test_it_has_the_face_of_a_checker() -> None:
    checker: AlcoholChecker = SimulatedChecker('sim:guard')
    assert checker.state is CheckerState.STOPPED


async def test_a_breath_is_the_measurement_waited_for(checker: SimulatedChecker) -> None:
    witness = Witness(checker)
    waiting = asyncio.create_task(checker.measure(10))
    await asyncio.sleep(0)
    checker.blow('0.03', Unit.PERCENT_BAC)
    measurement = await waiting
    assert (measurement.value_mg_per_litre, measurement.raw) == (Decimal('0.15'), '0.03%BAC')
    assert witness.steps == [Step.BLOW, Step.KEEP_BLOWING, Step.ANALYSING]


async def test_a_weak_breath_is_refused_and_the_next_one_counts(checker: SimulatedChecker) -> None:
    waiting = asyncio.create_task(checker.measure(10))
    await asyncio.sleep(0)
    checker.blow_badly()
    with pytest.raises(CheckerError) as refusal:
        await waiting
    assert refusal.value.problem is CheckerProblem.BLOW_TOO_WEAK
    again = asyncio.create_task(checker.measure(10))
    await asyncio.sleep(0)
    checker.blow('0.00')
    assert (await again).value_mg_per_litre == 0


async def test_unplugging_ends_the_measurement_and_plugging_in_heals(checker: SimulatedChecker) -> None:
    waiting = asyncio.create_task(checker.measure(10))
    await asyncio.sleep(0)
    checker.unplug()
    with pytest.raises(CheckerError) as refusal:
        await waiting
    assert refusal.value.problem is CheckerProblem.LOST
    with pytest.raises(CheckerError) as again:
        await checker.measure(10)
    assert again.value.problem is CheckerProblem.MISSING
    checker.plug()
    assert checker.state is CheckerState.READY


async def test_nothing_is_blown_into_an_unplugged_checker(checker: SimulatedChecker) -> None:
    witness = Witness(checker)
    checker.unplug()
    checker.blow('0.00')
    assert witness.values == []


async def test_a_listener_that_fails_does_not_keep_the_reading_from_others(checker: SimulatedChecker) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    checker.listen(fail)
    witness = Witness(checker)
    checker.blow('0.00')
    assert witness.values == ['0.00']
