"""The same questions answered one car and one minute at a time, and trips to ask them about."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from app.vehicles.fleet_sizing.trips import TripTimes

MONDAY = np.datetime64('2026-04-06T00:00', 'm')
Rows = Sequence[tuple[int, int]]

small_trips = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 2000)), max_size=40)
"""Pairs of start and length in minutes, many of them overlapping."""


def trips_of(rows: Rows, car_type: Sequence[int] | None = None, site: Sequence[int] | None = None) -> TripTimes:
    starts = np.array([start for start, _length in rows], dtype=np.int64)
    lengths = np.array([length for _start, length in rows], dtype=np.int64)
    zeros = np.zeros(len(rows), dtype=np.int64)
    return TripTimes(
        start=MONDAY + starts,
        end=MONDAY + starts + lengths,
        car_type=zeros if car_type is None else np.array(car_type, dtype=np.int64),
        site=zeros if site is None else np.array(site, dtype=np.int64),
    )


def at(text: str) -> np.datetime64:
    return np.datetime64(text, 'm')


def between(*pairs: tuple[str, str]) -> TripTimes:
    minutes = [(int((at(a) - MONDAY).astype(np.int64)), int((at(b) - at(a)).astype(np.int64))) for a, b in pairs]
    return trips_of(minutes)


def refused_one_car_at_a_time(trips: TripTimes, cars: int, turnaround: int = 0, away: int = 0) -> list[bool]:
    """Each trip in order of its start takes a car that is back; whoever finds none is refused."""
    busy_until: list[np.datetime64] = []
    refused = [False] * len(trips)
    for index in sorted(range(len(trips)), key=lambda number: trips.start[number]):
        busy_until = [end for end in busy_until if end > trips.start[index]]
        if len(busy_until) >= cars - away:
            refused[index] = True
        else:
            busy_until.append(trips.end[index] + turnaround)
    return refused


def out_at(trips: TripTimes, minute: np.datetime64) -> int:
    return int(((trips.start <= minute) & (minute < trips.end)).sum())
