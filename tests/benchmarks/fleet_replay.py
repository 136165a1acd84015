"""Trips driven again with every number of cars at once, against a plain pandas loop with the same answers."""

import heapq
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
import pandas as pd

from app.vehicles.fleet_sizing.replay import Replay, replay
from app.vehicles.fleet_sizing.trips import TripTimes
from tests.benchmarks.bars import Bar

TRIPS = 500_000
LARGEST = 300
TIMED_SIZES = (1, 25, 50, 100, 150, 200, 250, 300)
ROUNDS = 3
OFFICE_DAYS = 3 * 245
FASTER = 20.0
T = TypeVar('T')


def measure() -> list[Bar]:
    """All sizes in one pass; the loop is timed on a few sizes spread over them and scaled to all."""
    trips = busy_years()
    seconds, answer = min((_timed(partial(_every_size, trips)) for _round in range(ROUNDS)), key=lambda pair: pair[0])
    loops = [_loop_seconds(trips, size, answer) for size in TIMED_SIZES]
    scaled = sum(loops) / len(loops) * LARGEST
    details = {
        'seconds for all sizes': seconds,
        'pandas loop, seconds by size': dict(zip(TIMED_SIZES, loops, strict=True)),
        'pandas loop, seconds scaled to all sizes': scaled,
        'cars needed': answer.enough,
    }
    name = f'replay of {TRIPS:,} trips for 1 to {LARGEST} cars (pandas loop timed on {len(TIMED_SIZES)} sizes, scaled)'
    return [Bar(name=name, measured=scaled / seconds, limit=FASTER, unit='x faster', at_least=True, details=details)]


def busy_years() -> TripTimes:
    """Office days of three years, one after the other, whose peaks need about 300 cars."""
    random = np.random.default_rng(7)
    day = random.integers(0, OFFICE_DAYS, TRIPS)
    minute = np.clip(random.normal(11 * 60, 150, TRIPS), 0, 1439).astype(np.int64)
    length = np.clip(random.lognormal(4.9, 0.7, TRIPS), 10, 3 * 1440).astype(np.int64)
    start = np.datetime64('2023-04-01T00:00', 'm') + day * 1440 + minute
    zeros = np.zeros(TRIPS, np.int64)
    return TripTimes(start=start, end=start + length, car_type=zeros, site=zeros)


def refused_by_plain_loop(frame: pd.DataFrame, cars: int) -> tuple[int, float]:
    """Trips and hours refused by one fleet: row by row, the car that is free first."""
    back: list[int] = []
    trips, minutes = 0, 0
    for row in frame.itertuples(index=False):
        while back and back[0] <= row.start:
            heapq.heappop(back)
        if len(back) < cars:
            heapq.heappush(back, row.end)
        else:
            trips += 1
            minutes += row.end - row.start
    return trips, minutes / 60


def _every_size(trips: TripTimes) -> Replay:
    answer = replay(trips, largest=LARGEST)
    _ = answer.refused_trips, answer.refused_hours, answer.days_with_refusal
    return answer


def _loop_seconds(trips: TripTimes, size: int, answer: Replay) -> float:
    seconds = []
    for _round in range(ROUNDS):
        taken, (refused, hours) = _timed(lambda: _loop(trips, size))
        seconds.append(taken)
    assert refused == answer.refused_trips[size], f'{size} cars: {refused} is not {answer.refused_trips[size]}'
    assert abs(hours - answer.refused_hours[size]) < 0.01
    return min(seconds)


def _loop(trips: TripTimes, size: int) -> tuple[int, float]:
    columns = {'start': trips.start.astype(np.int64), 'end': trips.end.astype(np.int64)}
    return refused_by_plain_loop(pd.DataFrame(columns).sort_values('start', kind='stable'), size)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    answer = work()
    return time.perf_counter() - begun, answer
