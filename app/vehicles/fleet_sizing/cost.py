"""From how many refusals on another car pays: a year of a car against taxis or car sharing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.vehicles.fleet_sizing.replay import Replay


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What the city pays, in yen."""

    car_per_year: float = 400_000
    """Keeping one car for a year (domain/vehicles_and_attendance.md 4.1)."""
    refused_trip: float = 0
    """Each refused trip, whatever its length: a taxi there and back."""
    refused_hour: float = 0
    """Each hour of a refused trip: car sharing, rental."""


@dataclass(frozen=True, slots=True)
class YearlyCost:
    """Yen in a year by fleet size (index = number of cars)."""

    cars: npt.NDArray[np.float64]
    instead: npt.NDArray[np.float64]
    """What is paid for the refused trips."""

    @property
    def total(self) -> npt.NDArray[np.float64]:
        """Cars and what replaces them."""
        return self.cars + self.instead

    @property
    def break_even(self) -> int:
        """The cheapest fleet; where several cost the same, the larger one, which refuses less."""
        total = self.total
        return int(np.flatnonzero(total == total.min())[-1])

    def saved_by_one_more(self, size: int) -> float:
        """Yen in a year that one car more than `size` saves; below zero where it costs more than it saves."""
        return float(self.total[size] - self.total[size + 1])


def yearly_cost(replayed: Replay, prices: Prices, years: float) -> YearlyCost:
    """The cost of every fleet size, for trips that were driven during this many years.

    Raises:
        ValueError: a period that is not longer than nothing.
    """
    if years <= 0:
        raise ValueError('the period is longer than nothing')
    instead = replayed.refused_trips * prices.refused_trip + replayed.refused_hours * prices.refused_hour
    cars = replayed.sizes.astype(np.float64) * prices.car_per_year
    return YearlyCost(cars, (instead / years).astype(np.float64))
