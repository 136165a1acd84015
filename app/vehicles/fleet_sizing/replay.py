"""What would have happened with any number of cars: one pass over the trips answers for every fleet size."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from app.vehicles.fleet_sizing.trips import Counts, Mask, TripTimes, minutes_since

LARGEST_FLEET = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What takes cars away from the drivers, beside the trips themselves."""

    turnaround_minutes: int = 0
    """From a return until the car can leave again: cleaning, charging, handing over the key."""
    in_inspection: int = 0
    """Cars away for 車検 or repair on every day."""
    in_inspection_on: Mapping[date, int] = field(default_factory=lambda: MappingProxyType({}))
    """Cars away on single days, instead of `in_inspection`."""

    def __post_init__(self) -> None:
        if min(self.turnaround_minutes, self.in_inspection, *self.in_inspection_on.values(), 0) < 0:
            raise ValueError('minutes and cars are never negative')

    def away(self, trips: TripTimes) -> Counts:
        """Cars in inspection on the day each trip starts."""
        cars = np.full(len(trips), self.in_inspection, dtype=np.int64)
        for day, count in self.in_inspection_on.items():
            cars[trips.day == np.datetime64(day)] = count
        return cars


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The answer for every fleet size at once."""

    trips: TripTimes
    needed: Counts
    """Smallest fleet that carries each trip; a fleet of N refuses those that need more than N."""
    largest: int

    @property
    def sizes(self) -> Counts:
        """Every fleet size that the arrays below answer for: 0, 1, ... largest."""
        return np.arange(self.largest + 1)

    @property
    def refused_trips(self) -> Counts:
        """Trips refused, by fleet size."""
        return _above(self.needed, np.ones(len(self.trips)), self.largest).astype(np.int64)

    @property
    def refused_hours(self) -> npt.NDArray[np.float64]:
        """Hours of refused trips, by fleet size."""
        minutes = (self.trips.end - self.trips.start).astype(np.int64)
        return _above(self.needed, minutes.astype(np.float64), self.largest) / 60

    @property
    def days_with_refusal(self) -> Counts:
        """Days on which at least one trip is refused, by fleet size."""
        _days, of_trip = np.unique(self.trips.day, return_inverse=True)
        worst = np.zeros(len(_days), dtype=np.int64)
        np.maximum.at(worst, of_trip, self.needed)
        return _above(worst, np.ones(len(worst)), self.largest).astype(np.int64)

    @property
    def days(self) -> int:
        """Days on which anybody wanted a car."""
        return len(np.unique(self.trips.day))

    @property
    def enough(self) -> int:
        """Smallest fleet that refuses nothing; 0 when nobody drove."""
        return int(self.needed.max(initial=0))

    def refused(self, size: int) -> Mask:
        """Which trips a fleet of this size refuses."""
        return self.needed > size

    def share_of_days(self, size: int) -> float:
        """Share (0 to 1) of the days with trips on which this fleet refuses at least one."""
        return int(self.days_with_refusal[size]) / self.days if self.days else 0.0


def replay(trips: TripTimes, conditions: Conditions | None = None, largest: int = LARGEST_FLEET) -> Replay:
    """Drive all trips again with every fleet size up to the largest; trips that start together keep their order.

    A trip that ends when another starts leaves its car to it. A refused trip does not come back later.
    """
    conditions = conditions or Conditions()
    needed = np.zeros(len(trips), dtype=np.int64)
    if len(trips):
        order = np.argsort(trips.start, kind='stable')
        starts = minutes_since(trips.start.min(), trips.start[order])
        ends = minutes_since(trips.start.min(), trips.end[order]) + conditions.turnaround_minutes
        away = conditions.away(trips)[order]
        needed[order] = _ordered_hunt(starts, ends, away)
    return Replay(trips=trips, needed=needed, largest=largest)


def _ordered_hunt(starts: Counts, ends: Counts, away: Counts) -> list[int]:
    """Number, from 1, of the lowest free car of an endless row, for trips in order of their start.

    The first N cars of the row carry exactly what a fleet of N carries (ordered hunting, known from telephone trunks):
    the fleet of N + 1 always runs the trips of the fleet of N and at most one more. Cars that are away stand for the
    lowest free ones of the row, which keeps that true.
    """
    running: list[tuple[int, int]] = []
    free: list[int] = []
    cars = 0
    numbers: list[int] = []
    for start, end, passed in zip(starts.tolist(), ends.tolist(), away.tolist(), strict=True):
        while running and running[0][0] <= start:
            heappush(free, heappop(running)[1])
        while len(free) <= passed:
            cars += 1
            heappush(free, cars)
        number = _take(free, passed)
        heappush(running, (end, number))
        numbers.append(number)
    return numbers


def _take(free: list[int], passed: int) -> int:
    skipped = [heappop(free) for _car in range(passed)]
    number = heappop(free)
    for car in skipped:
        heappush(free, car)
    return number


def _above(needed: Counts, weight: npt.NDArray[np.float64], largest: int) -> npt.NDArray[np.float64]:
    """For each size from 0 to the largest: the weight of all that need more."""
    by_size = np.bincount(np.minimum(needed, largest + 1), weights=weight, minlength=largest + 2)
    return by_size[::-1].cumsum()[::-1][1:]
