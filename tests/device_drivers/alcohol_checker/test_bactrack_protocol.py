from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.alcohol_checker.bactrack_protocol import BreathTest, Progress, Refused, Result, parse_notification
from device_drivers.alcohol_checker.interface import CheckerProblem, Step
from tests.device_drivers.alcohol_checker.gatt_server import CLEAN_BREATH, GUIDED, SOME_ALCOHOL, status


@pytest.mark.parametrize(
    ('data', 'notice'),
    [
        (status(1, 5), Progress(Step.WARMING_UP, 5)),
        (status(2), Progress(Step.BLOW, None)),
        (status(3, 4), Progress(Step.KEEP_BLOWING, 4)),
        (status(4), Progress(Step.ANALYSING, None)),
        (status(7), Refused(CheckerProblem.CANCELLED)),
        (status(8), Refused(CheckerProblem.BLOW_TOO_WEAK)),
        (CLEAN_BREATH, Result(Decimal('0.0007'), CLEAN_BREATH)),
        (SOME_ALCOHOL, Result(Decimal('0.0208'), SOME_ALCOHOL)),
    ],
)
def test_the_published_captures_are_understood(data: bytes, notice: object) -> None:
    assert parse_notification(data) == notice


@pytest.mark.parametrize('data', [b'', b'\x80', status(9), status(2)[:5], SOME_ALCOHOL[:6], SOME_ALCOHOL + b'\x00'])
def test_what_is_not_understood_is_not_guessed(data: bytes) -> None:
    assert parse_notification(data) is None


@settings(deadline=None)
@given(st.binary(max_size=24))
def test_any_bytes_give_a_notice_or_none(data: bytes) -> None:
    notice = parse_notification(data)
    assert notice is None or isinstance(notice, Progress | Refused | Result)


@settings(deadline=None)
@given(st.integers(0, 0xFFFF), st.binary(min_size=1, max_size=1), st.binary(min_size=13, max_size=13))
def test_a_result_is_ten_thousandths_of_a_percent(value: int, model: bytes, rest: bytes) -> None:
    notice = parse_notification(b'\x81' + model + value.to_bytes(2, 'little') + rest)
    assert isinstance(notice, Result)
    assert notice.percent_bac * 10_000 == value


before_breath = st.one_of(
    st.binary(max_size=20).filter(lambda data: data[:2] not in [bytes([0x80, code]) for code in range(2, 7)]),
    st.just(SOME_ALCOHOL),
    st.just(status(1, 5)),
)


@settings(deadline=None)
@given(st.lists(before_breath))
def test_no_result_counts_before_breath_was_asked_for(notifications: list[bytes]) -> None:
    test = BreathTest()
    assert not any(isinstance(test.feed(data), Result) for data in notifications)


def test_the_result_counts_after_the_steps_of_this_test() -> None:
    test = BreathTest()
    assert test.feed(SOME_ALCOHOL) is None
    assert all(isinstance(test.feed(data), Progress) for data in GUIDED)
    assert test.feed(CLEAN_BREATH) == Result(Decimal('0.0007'), CLEAN_BREATH)
    assert test.ignored == 1
