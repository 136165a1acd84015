"""Delays after failed attempts."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.access.limits import MOST_KEYS, WINDOW_SECONDS, Delays, SignInLimits, TooSoon
from app.clock import SettableClock


@pytest.fixture
def time() -> Iterator[SettableClock]:
    settable = SettableClock(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    with clock.use(settable):
        yield settable


def test_the_wait_doubles_up_to_the_longest(time: SettableClock) -> None:
    delays = Delays(free=2, longest_seconds=8)
    waits = []
    for _attempt in range(7):
        waits.append(delays.wait_seconds('a'))
        time.forward(seconds=delays.wait_seconds('a'))
        delays.failed('a')
    assert waits == [0, 0, 1, 2, 4, 8, 8]


def test_failures_are_forgotten_after_a_quiet_time(time: SettableClock) -> None:
    delays = Delays(free=0, longest_seconds=8)
    delays.failed('a')
    assert delays.wait_seconds('a') > 0
    time.forward(seconds=WINDOW_SECONDS + 1)
    assert delays.wait_seconds('a') == 0
    assert delays.count('a') == 0


def test_turning_the_wall_clock_shortens_no_wait(time: SettableClock) -> None:
    delays = Delays(free=0, longest_seconds=8)
    delays.failed('a')
    before = delays.wait_seconds('a')
    time.step(datetime(2030, 1, 1, tzinfo=UTC))
    assert delays.wait_seconds('a') == before


def test_a_flood_of_keys_does_not_fill_the_memory(time: SettableClock) -> None:
    delays = Delays(free=0, longest_seconds=8)
    for number in range(MOST_KEYS + 500):
        delays.failed(str(number))
    assert len(delays._failures) == MOST_KEYS
    assert delays.wait_seconds(str(MOST_KEYS + 499)) > 0


def test_a_thousand_wrong_passwords_hinder_no_other_account_even_from_the_same_address(time: SettableClock) -> None:
    limits = SignInLimits()
    refused = attempt(limits, 1000, 'victim', '10.0.0.9')
    assert refused > 900
    limits.begin('somebody else', '10.0.0.9')


def test_a_thousand_wrong_passwords_hold_up_their_owner_elsewhere_for_seconds_only(time: SettableClock) -> None:
    limits = SignInLimits()
    attempt(limits, 1000, 'victim', '10.0.0.9')
    for host in range(200):
        attempt(limits, 1, 'victim', f'10.0.1.{host}')
    time.forward(seconds=4)
    limits.begin('victim', '10.0.0.7')


def test_an_address_that_tries_many_accounts_must_wait(time: SettableClock) -> None:
    limits = SignInLimits()
    refused = sum(attempt(limits, 1, f'{number}', '10.0.0.9') for number in range(100))
    assert refused == 80


def test_many_people_sign_in_from_one_address_without_a_wait(time: SettableClock) -> None:
    limits = SignInLimits()
    for number in range(300):
        for _typing_error in range(number % 3):
            limits.begin(str(number), '10.0.0.9')
        limits.begin(str(number), '10.0.0.9')
        limits.succeeded(str(number), '10.0.0.9')


def test_attempts_that_run_at_the_same_time_count_before_they_end(time: SettableClock) -> None:
    limits = SignInLimits()
    assert attempt(limits, 50, 'victim', '10.0.0.9') == 47


def test_a_success_forgets_the_failures_before_it(time: SettableClock) -> None:
    limits = SignInLimits()
    for _mistake in range(3):
        limits.begin('me', '10.0.0.7')
    limits.succeeded('me', '10.0.0.7')
    limits.begin('me', '10.0.0.7')


@given(st.lists(st.tuples(st.sampled_from('ab'), st.floats(0, 2000), st.booleans()), max_size=60))
def test_a_wait_is_never_longer_than_promised_and_never_falls_on_another_key(
    steps: list[tuple[str, float, bool]],
) -> None:
    settable = SettableClock(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    with clock.use(settable):
        delays = Delays(free=2, longest_seconds=30)
        for key, pause, fails in steps:
            settable.forward(seconds=pause)
            (delays.failed if fails else delays.succeeded)(key)
            assert 0 <= delays.wait_seconds(key) <= 30
            assert (delays.wait_seconds(key) > 0) == (delays.count(key) >= 2)
            assert delays.wait_seconds('another') == 0


def attempt(limits: SignInLimits, times: int, account: str, address: str) -> int:
    """Begin without success; how many attempts were not even looked at."""
    refused = 0
    for _time in range(times):
        try:
            limits.begin(account, address)
        except TooSoon:
            refused += 1
    return refused
