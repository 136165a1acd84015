import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vehicles.fleet_sizing.replay import Conditions, replay
from app.vehicles.fleet_sizing.trips import no_trips
from app.vehicles.fleet_sizing.what_if import Fleet, what_if
from tests.app.vehicles.fleet_sizing.naive import Rows, between, small_trips, trips_of

KEI, SEDAN = 0, 1


@settings(deadline=None)
@given(small_trips, st.integers(0, 6), st.integers(0, 45), st.integers(0, 2))
def test_without_freedom_it_refuses_what_the_replay_refuses(rows: Rows, cars: int, turnaround: int, away: int) -> None:
    trips = trips_of(rows)
    conditions = Conditions(turnaround_minutes=turnaround, in_inspection=away)
    outcome = what_if(trips, Fleet(cars={KEI: cars}), conditions)
    assert outcome.refused.tolist() == replay(trips, conditions).refused(cars).tolist()
    assert not outcome.moved.any()


@settings(deadline=None)
@given(small_trips, st.integers(1, 4), st.sampled_from([30, 60]))
def test_moved_trips_never_need_more_cars_than_there_are(rows: Rows, cars: int, tolerance: int) -> None:
    trips = trips_of(rows)
    outcome = what_if(trips, Fleet(cars={KEI: cars}), tolerance=tolerance)
    assert (np.abs(outcome.moved_minutes) <= tolerance).all()
    shift = outcome.moved_minutes[~outcome.refused]
    start, end = trips.start[~outcome.refused] + shift, trips.end[~outcome.refused] + shift
    assert all(int(((start <= minute) & (minute < end)).sum()) <= cars for minute in start)


@settings(deadline=None)
@given(small_trips, st.integers(1, 3), st.integers(1, 60))
def test_nothing_is_refused_that_would_fit_at_another_time(rows: Rows, cars: int, tolerance: int) -> None:
    """The last trip to be placed sees all the others, so that every possible start can be tried again."""
    trips = trips_of(rows)
    outcome = what_if(trips, Fleet(cars={KEI: cars}), tolerance=tolerance)
    order = np.argsort(trips.start, kind='stable')
    if not len(order) or not outcome.refused[order[-1]]:
        return
    placed = ~outcome.refused
    start, end = trips.start[placed] + outcome.moved_minutes[placed], trips.end[placed] + outcome.moved_minutes[placed]
    for shift in range(-tolerance, tolerance + 1):
        minutes = np.arange(trips.start[order[-1]] + shift, trips.end[order[-1]] + shift)
        out = ((start[:, None] <= minutes) & (minutes < end[:, None])).sum(axis=0)
        assert out.max() >= cars


def test_a_trip_waits_twenty_minutes_for_the_only_car() -> None:
    trips = between(('2026-04-06T08:00', '2026-04-06T09:20'), ('2026-04-06T09:00', '2026-04-06T10:00'))
    outcome = what_if(trips, Fleet(cars={KEI: 1}), tolerance=30)
    assert outcome.moved_minutes.tolist() == [0, 20]
    assert what_if(trips, Fleet(cars={KEI: 1}), tolerance=19).refused.tolist() == [False, True]


def test_a_short_trip_goes_before_the_one_that_is_in_its_way() -> None:
    trips = between(('2026-04-06T09:00', '2026-04-06T17:00'), ('2026-04-06T09:10', '2026-04-06T09:20'))
    assert what_if(trips, Fleet(cars={KEI: 1}), tolerance=30).moved_minutes.tolist() == [0, -20]


def test_a_substitute_at_the_wished_time_comes_before_another_time() -> None:
    trips = between(('2026-04-06T09:00', '2026-04-06T10:00'), ('2026-04-06T09:50', '2026-04-06T11:00'))
    outcome = what_if(trips, Fleet(cars={KEI: 1, SEDAN: 1}, substitutes={KEI: [SEDAN]}), tolerance=30)
    assert outcome.served_by.tolist() == [KEI, SEDAN]
    assert outcome.substituted.tolist() == [False, True]


def test_substitution_goes_one_way_only() -> None:
    trips = trips_of([(0, 60), (10, 60)], car_type=[SEDAN, SEDAN])
    fleet = Fleet(cars={KEI: 5, SEDAN: 1}, substitutes={KEI: [SEDAN]})
    assert what_if(trips, fleet).refused.tolist() == [False, True]


def test_a_type_of_which_there_is_no_car_is_refused() -> None:
    assert what_if(trips_of([(0, 60)], car_type=[7]), Fleet(cars={KEI: 5})).refused.all()


def test_nobody_drives_and_nothing_is_refused() -> None:
    assert len(what_if(no_trips(), Fleet(cars={KEI: 1})).refused) == 0


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(ValueError, match='never negative'):
        what_if(no_trips(), Fleet(cars={}), tolerance=-1)
