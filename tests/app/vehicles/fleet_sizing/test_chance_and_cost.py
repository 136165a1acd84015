import numpy as np
import pytest

from app.vehicles.fleet_sizing.cost import Prices, yearly_cost
from app.vehicles.fleet_sizing.erlang import cars_for, erlang_b
from app.vehicles.fleet_sizing.interval import yearly_refusals
from app.vehicles.fleet_sizing.replay import replay
from app.vehicles.fleet_sizing.trips import TripTimes
from tests.app.vehicles.fleet_sizing.naive import MONDAY, trips_of

THREE_YEARS = np.datetime64('2023-04-01'), np.datetime64('2026-03-31')


@pytest.mark.parametrize(
    ('load', 'cars'),
    [
        (4, (7, 8, 9, 10)),
        (8, (11, 13, 14, 15)),
        (12, (15, 17, 19, 20)),
        (20, (23, 26, 28, 30)),
        (30, (32, 36, 39, 42)),
    ],
)
def test_erlang_answers_as_the_printed_table(load: float, cars: tuple[int, ...]) -> None:
    assert tuple(cars_for(load, share) for share in (0.10, 0.05, 0.02, 0.01)) == cars


def test_no_car_refuses_everybody_and_no_load_nobody() -> None:
    assert (erlang_b(3.0, 0), erlang_b(0.0, 1), cars_for(0.0, 0.01)) == (1.0, 0.0, 1)


def test_the_replay_of_random_trips_refuses_what_erlang_expects() -> None:
    random = np.random.default_rng(1)
    start = MONDAY + np.cumsum(random.exponential(10, 100_000)).astype(np.int64)
    length = np.maximum(1, random.exponential(80, 100_000)).astype(np.int64)
    zeros = np.zeros(100_000, np.int64)
    trips = TripTimes(start=start, end=start + length, car_type=zeros, site=zeros)
    load = float(length.sum() / (trips.end.max() - trips.start.min()).astype(np.int64))
    refused = replay(trips).refused_trips / len(trips)
    assert refused[[6, 10, 14]] == pytest.approx([erlang_b(load, cars) for cars in (6, 10, 14)], abs=0.02)


@pytest.mark.parametrize(('load', 'share'), [(-1, 0.1), (1, 0), (1, 1.1)])
def test_erlang_refuses_what_cannot_be(load: float, share: float) -> None:
    with pytest.raises(ValueError, match='negative'):
        cars_for(load, share)
    with pytest.raises(ValueError, match='negative'):
        erlang_b(load, -1)


def test_nine_refusals_in_three_years_are_three_a_year_within_bounds_around_them() -> None:
    days = THREE_YEARS[0] + np.arange(9) * 100
    interval = yearly_refusals(days, *THREE_YEARS)
    assert interval.expected == pytest.approx(3.0, abs=0.01)
    assert 1 <= interval.low < interval.expected < interval.high <= 5.5


def test_refusals_in_one_week_are_trusted_less_than_refusals_spread_over_the_years() -> None:
    spread = yearly_refusals(THREE_YEARS[0] + np.arange(9) * 100, *THREE_YEARS)
    heaped = yearly_refusals(np.repeat(THREE_YEARS[0], 9), *THREE_YEARS)
    assert heaped.high - heaped.low > spread.high - spread.low


def test_no_refusal_seen_is_not_the_certainty_of_none() -> None:
    interval = yearly_refusals(np.array([], 'M8[D]'), *THREE_YEARS)
    assert (interval.expected, interval.low) == (0.0, 0.0)
    assert interval.high == pytest.approx(3.69 / 3, abs=0.01)


def test_the_same_records_give_the_same_bounds() -> None:
    days = THREE_YEARS[0] + np.arange(9) * 100
    assert yearly_refusals(days, *THREE_YEARS) == yearly_refusals(days, *THREE_YEARS)


def test_a_refusal_outside_the_period_is_refused() -> None:
    with pytest.raises(ValueError, match='outside'):
        yearly_refusals(np.array([THREE_YEARS[1] + 1]), *THREE_YEARS)
    with pytest.raises(ValueError, match='ends before'):
        yearly_refusals(np.array([], 'M8[D]'), THREE_YEARS[1], THREE_YEARS[0])


def test_the_cheapest_fleet_lies_where_another_car_costs_more_than_its_taxis() -> None:
    answer = replay(trips_of([(0, 600), (0, 600), (0, 60)]), largest=5)
    cost = yearly_cost(answer, Prices(car_per_year=1000, refused_hour=200), years=1)
    assert cost.total.tolist() == [4200, 3200, 2200, 3000, 4000, 5000]
    assert cost.break_even == 2
    assert (cost.saved_by_one_more(1), cost.saved_by_one_more(2)) == (1000, -800)


def test_of_two_equally_cheap_fleets_the_one_that_refuses_less_is_named() -> None:
    cost = yearly_cost(replay(trips_of([(0, 60)]), largest=3), Prices(car_per_year=500, refused_trip=500), years=1)
    assert cost.break_even == 1


def test_a_period_of_no_length_has_no_yearly_cost() -> None:
    with pytest.raises(ValueError, match='longer than nothing'):
        yearly_cost(replay(trips_of([])), Prices(), years=0)
