from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vehicles.fleet_sizing.replay import Conditions, replay
from app.vehicles.fleet_sizing.trips import ImpossibleTrips, TripTimes, no_trips
from tests.app.vehicles.fleet_sizing.naive import (
    MONDAY,
    Rows,
    between,
    refused_one_car_at_a_time,
    small_trips,
    trips_of,
)

SIZES = range(13)


@settings(deadline=None)
@given(small_trips, st.integers(0, 90), st.integers(0, 3))
def test_every_fleet_size_refuses_what_one_car_at_a_time_refuses(rows: Rows, turnaround: int, away: int) -> None:
    trips = trips_of(rows)
    answer = replay(trips, Conditions(turnaround_minutes=turnaround, in_inspection=away), largest=12)
    for size in SIZES:
        naive = refused_one_car_at_a_time(trips, size, turnaround, away)
        assert answer.refused(size).tolist() == naive
        assert answer.refused_trips[size] == sum(naive)
        assert answer.refused_hours[size] == pytest.approx(trips.hours[naive].sum())
        assert answer.days_with_refusal[size] == len(set(trips.day[naive].tolist()))


@settings(deadline=None)
@given(small_trips)
def test_a_larger_fleet_never_refuses_a_trip_that_a_smaller_one_takes(rows: Rows) -> None:
    answer = replay(trips_of(rows), largest=12)
    for size in SIZES[:-1]:
        assert not (answer.refused(size + 1) & ~answer.refused(size)).any()


@settings(deadline=None)
@given(small_trips)
def test_the_fleet_that_is_enough_refuses_nothing_and_one_car_less_refuses_something(rows: Rows) -> None:
    answer = replay(trips_of(rows))
    assert not answer.refused(answer.enough).any()
    assert not rows or answer.refused(answer.enough - 1).any()


def test_a_car_that_comes_back_at_nine_leaves_again_at_nine() -> None:
    trips = between(('2026-04-06T08:00', '2026-04-06T09:00'), ('2026-04-06T09:00', '2026-04-06T10:00'))
    assert replay(trips).enough == 1


def test_with_a_turnaround_of_a_quarter_of_an_hour_it_does_not() -> None:
    trips = between(('2026-04-06T08:00', '2026-04-06T09:00'), ('2026-04-06T09:14', '2026-04-06T10:00'))
    assert replay(trips, Conditions(turnaround_minutes=15)).enough == 2


def test_a_car_in_inspection_is_missing_on_that_day_alone() -> None:
    trips = between(('2026-04-06T08:00', '2026-04-06T09:00'), ('2026-04-07T08:00', '2026-04-07T09:00'))
    answer = replay(trips, Conditions(in_inspection_on={date(2026, 4, 7): 1}))
    assert answer.refused(1).tolist() == [False, True]
    assert answer.share_of_days(1) == 0.5


def test_trips_in_any_order_are_answered_in_that_order() -> None:
    trips = between(('2026-04-06T08:30', '2026-04-06T09:30'), ('2026-04-06T08:00', '2026-04-06T09:00'))
    assert replay(trips).refused(1).tolist() == [True, False]


def test_no_trips_need_no_car() -> None:
    answer = replay(no_trips())
    assert (answer.enough, answer.share_of_days(0), answer.refused_trips.sum()) == (0, 0.0, 0)


def test_negative_conditions_are_refused() -> None:
    with pytest.raises(ValueError, match='never negative'):
        Conditions(turnaround_minutes=-1)


@pytest.mark.parametrize(
    ('start', 'end', 'reason'),
    [
        ('2026-04-06T09:00', '2026-04-06T09:00', 'trip 0 does not end after its start'),
        ('2026-04-06T09:00', 'NaT', 'trip 0 has no start or no end'),
        ('2026-04-06T09:00', '2206-04-06T09:00', 'years apart'),
    ],
)
def test_impossible_times_are_named(start: str, end: str, reason: str) -> None:
    code = np.zeros(1, dtype=np.int64)
    with pytest.raises(ImpossibleTrips, match=reason):
        TripTimes(start=np.array([start], 'M8[m]'), end=np.array([end], 'M8[m]'), car_type=code, site=code)


def test_columns_of_different_length_are_refused() -> None:
    code = np.zeros(2, dtype=np.int64)
    with pytest.raises(ImpossibleTrips, match='length'):
        TripTimes(start=np.array([MONDAY]), end=np.array([MONDAY + 1]), car_type=code, site=code)
