import asyncio
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.alcohol_checker.interface import AlcoholChecker, CheckerError, CheckerProblem, CheckerState
from device_drivers.alcohol_checker.typed import TypedChecker, parse_typed
from device_drivers.alcohol_checker.units import HIGHEST_MG_PER_LITRE
from tests.device_drivers.alcohol_checker.witness import Witness


@pytest.fixture
async def checker() -> TypedChecker:
    checker = TypedChecker('typed:')
    checker.start()
    return checker


@pytest.mark.parametrize(
    ('text', 'value'),
    [
        ('0.00', '0.00'),
        (' 0.15 ', '0.15'),
        ('0,15', '0.15'),
        ('０．１５', '0.15'),
        ('０，００', '0.00'),
        ('0.000', '0.000'),
        ('0', '0'),
        ('0.05 mg/L', '0.05'),
        ('0.05㎎/ℓ', '0.05'),
        ('3.00', '3.00'),
    ],
)
def test_a_reading_is_understood_as_people_type_it(text: str, value: str) -> None:
    assert str(parse_typed(text)) == value


@pytest.mark.parametrize(
    'text',
    ['', ' ', '.', '0.', '.15', '-0.10', '+0.1', '0.0.0', '1e-2', 'NaN', 'なし', '0.1 %', '٠.١٥', '0.1000', 'x' * 99],
)
def test_what_is_no_reading_is_refused(text: str) -> None:
    with pytest.raises(CheckerError) as refusal:
        parse_typed(text)
    assert refusal.value.problem is CheckerProblem.NOT_A_VALUE


@pytest.mark.parametrize('text', ['15', '1', '015'])
def test_a_reading_whose_point_was_forgotten_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(CheckerError) as refusal:
        parse_typed(text)
    assert refusal.value.problem is CheckerProblem.NOT_A_VALUE


@pytest.mark.parametrize('text', ['3.01', '15.00', '99.999'])
def test_more_than_a_person_can_exhale_is_refused(text: str) -> None:
    with pytest.raises(CheckerError) as refusal:
        parse_typed(text)
    assert refusal.value.problem is CheckerProblem.IMPOSSIBLE_VALUE


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=HIGHEST_MG_PER_LITRE, places=2))
def test_every_possible_reading_comes_through_digit_for_digit(value: Decimal) -> None:
    assert str(parse_typed(f'{value:.2f}')) == f'{value:.2f}'


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_possible_value_or_a_typed_refusal(text: str) -> None:
    try:
        value = parse_typed(text)
    except CheckerError:
        return
    assert 0 <= value <= HIGHEST_MG_PER_LITRE


async def test_the_reading_typed_is_the_measurement_waited_for(checker: TypedChecker) -> None:
    waiting = asyncio.create_task(as_checker(checker).measure(10))
    await asyncio.sleep(0)
    entered = checker.enter('０．００')
    measurement = await waiting
    assert measurement == entered
    assert (measurement.raw, measurement.value_mg_per_litre) == ('０．００', Decimal('0.00'))


async def test_a_reading_typed_before_the_call_does_not_count_for_it(checker: TypedChecker) -> None:
    witness = Witness(checker)
    checker.enter('0.00')
    with pytest.raises(TimeoutError):
        await checker.measure(0.01)
    assert witness.values == ['0.00']


async def test_a_wrong_text_keeps_whoever_waits_waiting(checker: TypedChecker) -> None:
    waiting = asyncio.create_task(checker.measure(10))
    await asyncio.sleep(0)
    with pytest.raises(CheckerError):
        checker.enter('zero')
    checker.enter('0.07')
    assert (await waiting).value_mg_per_litre == Decimal('0.07')


async def test_only_one_measurement_is_waited_for_at_a_time(checker: TypedChecker) -> None:
    waiting = asyncio.create_task(checker.measure(10))
    await asyncio.sleep(0)
    with pytest.raises(CheckerError) as refusal:
        await checker.measure(10)
    assert refusal.value.problem is CheckerProblem.BUSY
    checker.enter('0.00')
    await waiting


async def test_stopping_ends_the_pending_measurement(checker: TypedChecker) -> None:
    waiting = asyncio.create_task(checker.measure(10))
    await asyncio.sleep(0)
    await checker.stop()
    with pytest.raises(CheckerError) as refusal:
        await waiting
    assert refusal.value.problem is CheckerProblem.STOPPED
    assert checker.state is CheckerState.STOPPED
    with pytest.raises(CheckerError):
        checker.enter('0.00')


def as_checker(checker: AlcoholChecker) -> AlcoholChecker:
    return checker
