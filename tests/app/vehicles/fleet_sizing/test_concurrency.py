import numpy as np
import pytest
from hypothesis import given, settings

from app.vehicles.fleet_sizing.concurrency import Peaks, concurrency, peaks, peaks_by_site_and_type
from app.vehicles.fleet_sizing.trips import no_trips
from tests.app.vehicles.fleet_sizing.naive import MONDAY, Rows, between, out_at, small_trips, trips_of

FIRST, LAST = np.datetime64('2026-04-06'), np.datetime64('2026-04-10')


@settings(deadline=None)
@given(small_trips)
def test_every_quarter_of_an_hour_shows_the_most_cars_out_in_any_of_its_minutes(rows: Rows) -> None:
    trips = trips_of(rows)
    curve = concurrency(trips, FIRST, LAST)
    for time, cars in list(zip(curve.times, curve.cars.ravel(), strict=True))[::13]:
        assert cars == max(out_at(trips, time + minute) for minute in range(15))


def test_one_car_that_leaves_again_in_the_same_quarter_counts_once() -> None:
    trips = between(('2026-04-06T09:00', '2026-04-06T09:20'), ('2026-04-06T09:25', '2026-04-06T10:00'))
    assert concurrency(trips, FIRST, LAST).daily_peaks.tolist() == [1, 0, 0, 0, 0]


def test_a_trip_over_midnight_counts_on_both_days() -> None:
    trips = between(('2026-04-06T22:00', '2026-04-07T01:30'))
    assert concurrency(trips, FIRST, LAST).daily_peaks.tolist() == [1, 1, 0, 0, 0]


def test_a_trip_that_began_before_the_period_counts_from_its_first_minute() -> None:
    trips = between(('2026-04-01T09:00', '2026-04-06T09:00'), ('2026-03-01T09:00', '2026-03-02T09:00'))
    curve = concurrency(trips, FIRST, LAST)
    assert (curve.cars[0, 0], curve.cars[0, 35], curve.cars[0, 36]) == (1, 1, 0)


def test_the_heat_map_has_monday_first_and_knows_what_it_does_not_know() -> None:
    trips = between(('2026-04-07T09:00', '2026-04-07T09:30'))
    heat = concurrency(trips, FIRST, LAST).heat()
    assert heat[1, 9] == 0.5
    assert heat[0, 9] == 0
    assert np.isnan(heat[5]).all()


def test_peaks_are_whole_cars_that_occurred() -> None:
    assert peaks(np.arange(1, 101)) == Peaks(91, 96, 100, 100)
    assert peaks(np.array([3])) == Peaks(3, 3, 3, 3)
    assert peaks(np.array([], dtype=np.int64)) == Peaks(0, 0, 0, 0)


def test_peaks_are_told_apart_by_site_and_type() -> None:
    trips = trips_of([(540, 60), (550, 60), (540, 60)], car_type=[0, 0, 1], site=[0, 0, 2])
    assert peaks_by_site_and_type(trips, FIRST, FIRST) == {(0, 0): Peaks(2, 2, 2, 2), (2, 1): Peaks(1, 1, 1, 1)}


def test_peaks_of_working_days_leave_the_weekend_out() -> None:
    working = np.array([True, False])
    trips = trips_of([(1500, 60)])
    assert peaks_by_site_and_type(trips, FIRST, FIRST + 1, working)[0, 0] == Peaks(0, 0, 0, 0)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match='ends before'):
        concurrency(no_trips(), LAST, FIRST)


def test_nobody_drove() -> None:
    assert concurrency(no_trips(), MONDAY, MONDAY).daily_peaks.tolist() == [0]
