import numpy as np
import pytest

from app.vehicles.fleet_sizing.trips import ImpossibleTrips, no_trips
from app.vehicles.fleet_sizing.utilisation import BusinessHours, kept, utilisation
from tests.app.vehicles.fleet_sizing.naive import between

WEEK = np.arange('2026-04-06', '2026-04-11', dtype='datetime64[D]')
EIGHT_HOURS = BusinessHours(opens=9 * 60, closes=17 * 60)
NEVER = np.datetime64('NaT', 'm')


def test_one_hour_of_eight_is_an_eighth() -> None:
    trips = between(('2026-04-06T10:00', '2026-04-06T11:00'))
    use = utilisation(trips, np.array([5]), WEEK[:1], EIGHT_HOURS)[5]
    assert (use.hours, use.share_of_hours, use.days, use.share_of_days) == (1.0, 0.125, 1, 1.0)


def test_hours_outside_business_hours_count_as_a_day_but_not_as_hours() -> None:
    trips = between(('2026-04-06T18:00', '2026-04-06T21:00'))
    use = utilisation(trips, np.array([5]), WEEK, EIGHT_HOURS)[5]
    assert (use.hours, use.days, use.share_of_days) == (0.0, 1, 0.2)


def test_a_sunday_is_no_working_day() -> None:
    trips = between(('2026-04-12T10:00', '2026-04-12T11:00'))
    assert utilisation(trips, np.array([5]), WEEK, EIGHT_HOURS)[5].days == 0


def test_records_that_overlap_count_each_minute_once() -> None:
    trips = between(('2026-04-06T09:00', '2026-04-06T17:00'), ('2026-04-06T10:00', '2026-04-07T17:00'))
    use = utilisation(trips, np.array([5, 5]), WEEK[:2], EIGHT_HOURS)[5]
    assert (use.hours, use.share_of_hours, use.days) == (16.0, 1.0, 2)


def test_no_working_days_leave_nothing_to_share() -> None:
    trips = between(('2026-04-06T09:00', '2026-04-06T17:00'))
    assert utilisation(trips, np.array([5]), WEEK[:0])[5].share_of_days == 0.0


def test_a_reservation_without_a_car_is_a_no_show_and_an_early_return_is_measured() -> None:
    reserved = between(*[('2026-04-06T09:00', '2026-04-06T12:00')] * 3)
    left = np.array(['2026-04-06T09:10', '2026-04-06T09:00', 'NaT'], 'M8[m]')
    returned = np.array(['2026-04-06T11:00', '2026-04-06T12:30', 'NaT'], 'M8[m]')
    answer = kept(reserved, left, returned)
    assert (answer.no_shows, answer.early_minutes, answer.late_minutes) == (1, 60, 30)
    assert (answer.reserved_minutes, answer.driven_minutes) == (360, 320)
    assert answer.no_show_share == pytest.approx(1 / 3)


def test_without_reservations_there_are_no_no_shows() -> None:
    none = np.array([], 'M8[m]')
    assert kept(no_trips(), none, none).no_show_share == 0.0


def test_a_return_without_a_departure_is_refused() -> None:
    reserved = between(('2026-04-06T09:00', '2026-04-06T12:00'))
    with pytest.raises(ImpossibleTrips, match='left'):
        kept(reserved, np.array([NEVER]), reserved.end)


def test_cars_and_trips_of_different_number_are_refused() -> None:
    with pytest.raises(ImpossibleTrips, match='length'):
        utilisation(no_trips(), np.array([1]), WEEK)


def test_business_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match='begin before'):
        BusinessHours(opens=1000, closes=900)
