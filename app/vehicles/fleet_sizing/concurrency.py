"""How many cars are out at once: every 15 minutes, at the peak of each day, by weekday and hour."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.vehicles.fleet_sizing.trips import MINUTE, MINUTES_OF_DAY, Counts, Mask, Times, TripTimes, minutes_since

STEP_MINUTES = 15
STEPS_OF_DAY = MINUTES_OF_DAY // STEP_MINUTES
STEPS_OF_HOUR = 60 // STEP_MINUTES
MONDAY_BEFORE = np.datetime64('1970-01-05', 'D')


@dataclass(frozen=True, slots=True, kw_only=True)
class Concurrency:
    """Most cars out at once within each quarter of an hour of whole days, one row for each day."""

    first_day: np.datetime64
    cars: Counts
    """Shape (days, 96)."""

    @property
    def days(self) -> Times:
        """The date of each row."""
        return self.first_day + np.arange(len(self.cars))

    @property
    def times(self) -> Times:
        """Start of every quarter of an hour, in one line."""
        quarters = np.arange(self.cars.size) * np.timedelta64(STEP_MINUTES, 'm')
        return self.first_day.astype(MINUTE) + quarters

    @property
    def daily_peaks(self) -> Counts:
        """Most cars out at once on each day."""
        highest: Counts = self.cars.max(axis=1, initial=0)
        return highest

    def heat(self, chosen: Mask | None = None) -> npt.NDArray[np.float64]:
        """Mean number of cars out by weekday (Monday first) and hour, shape (7, 24), of all days or the chosen ones.

        A weekday that does not occur is not-a-number: nothing is known about it.
        """
        days, cars = self.days, self.cars
        if chosen is not None:
            days, cars = days[chosen], cars[chosen]
        by_hour = cars.reshape(len(cars), 24, STEPS_OF_HOUR).mean(axis=2)
        weekday = (days - MONDAY_BEFORE).astype(np.int64) % 7
        heat = np.full((7, 24), np.nan)
        for number in np.unique(weekday):
            heat[number] = by_hour[weekday == number].mean(axis=0)
        return heat


@dataclass(frozen=True, slots=True)
class Peaks:
    """Daily peaks that 90, 95, 99 and all of 100 days do not exceed, in whole cars."""

    p90: int
    p95: int
    p99: int
    most: int


def concurrency(trips: TripTimes, first_day: np.datetime64, last_day: np.datetime64) -> Concurrency:
    """Cars out at once, counted minute by minute, on every day of the period (both days belong to it).

    Raises:
        ValueError: the period ends before it begins.
    """
    first = first_day.astype('datetime64[D]')
    days = int((last_day.astype('datetime64[D]') - first).astype(np.int64)) + 1
    if days < 1:
        raise ValueError('the period ends before it begins')
    minutes = days * MINUTES_OF_DAY
    changes = np.zeros(minutes + 1, dtype=np.int64)
    np.add.at(changes, np.clip(minutes_since(first, trips.start), 0, minutes), 1)
    np.add.at(changes, np.clip(minutes_since(first, trips.end), 0, minutes), -1)
    out = changes.cumsum()[:minutes]
    return Concurrency(first_day=first, cars=out.reshape(days, STEPS_OF_DAY, STEP_MINUTES).max(axis=2))


def peaks(daily: Counts) -> Peaks:
    """Percentiles of the daily peaks, rounded up to a number that occurred; all 0 where no day is known."""
    if not daily.size:
        return Peaks(0, 0, 0, 0)
    p90, p95, p99 = np.percentile(daily, (90, 95, 99), method='higher')
    return Peaks(int(p90), int(p95), int(p99), int(daily.max()))


def peaks_by_site_and_type(
    trips: TripTimes, first_day: np.datetime64, last_day: np.datetime64, chosen: Mask | None = None
) -> dict[tuple[int, int], Peaks]:
    """Daily peaks for each (site, type) that occurs, of all days of the period or the chosen ones (working days)."""
    pairs = {(int(site), int(kind)) for site, kind in zip(trips.site, trips.car_type, strict=True)}
    answer = {}
    for site, kind in sorted(pairs):
        daily = concurrency(trips.of(site=site, car_type=kind), first_day, last_day).daily_peaks
        answer[site, kind] = peaks(daily if chosen is None else daily[chosen])
    return answer
