"""How far the yearly number of refusals can be trusted."""

from dataclasses import dataclass
from math import log

import numpy as np

from app.vehicles.fleet_sizing.trips import Counts, Times

DAYS_OF_YEAR = 365.25
DAYS_OF_WEEK = 7
DRAWS = 2000
NONE_SEEN_BOUND = -log(0.025)


@dataclass(frozen=True, slots=True)
class YearlyInterval:
    """Refusals in a year: the best guess, and between which bounds it lies in 95 of 100 cases."""

    expected: float
    low: float
    high: float


def yearly_refusals(refused_on: Times, first_day: np.datetime64, last_day: np.datetime64) -> YearlyInterval:
    """Bootstrap by weeks: drawing whole weeks keeps the busy days of a week together.

    `refused_on` are the dates of the refused trips; both days belong to the period. Where nothing was refused, weeks
    without refusals would answer 0 to 0, so that the upper bound is the exact one of a Poisson number that was 0.

    Raises:
        ValueError: the period is empty, or a refusal lies outside it.
    """
    days = int((last_day.astype('datetime64[D]') - first_day.astype('datetime64[D]')).astype(np.int64)) + 1
    if days < 1:
        raise ValueError('the period ends before it begins')
    since = (refused_on.astype('datetime64[D]') - first_day.astype('datetime64[D]')).astype(np.int64)
    if since.size and (since.min() < 0 or since.max() >= days):
        raise ValueError('a refusal lies outside the period')
    years = days / DAYS_OF_YEAR
    if not since.size:
        return YearlyInterval(0.0, 0.0, NONE_SEEN_BOUND / years)
    low, high = _drawn_bounds(since // DAYS_OF_WEEK, days)
    return YearlyInterval(since.size / years, low, high)


def _drawn_bounds(weeks: Counts, days: int) -> tuple[float, float]:
    lengths = np.full(-(-days // DAYS_OF_WEEK), DAYS_OF_WEEK)
    lengths[-1] = days - DAYS_OF_WEEK * (len(lengths) - 1)
    refused = np.bincount(weeks, minlength=len(lengths))
    drawn = np.random.default_rng(0).integers(0, len(lengths), size=(DRAWS, len(lengths)))
    yearly = refused[drawn].sum(axis=1) / lengths[drawn].sum(axis=1) * DAYS_OF_YEAR
    low, high = np.quantile(yearly, (0.025, 0.975))
    return float(low), float(high)
