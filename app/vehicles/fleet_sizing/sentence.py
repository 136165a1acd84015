"""The one sentence that a head of section reads: how often there would be no car, and how sure that is."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from app.language import _
from app.vehicles.fleet_sizing.interval import DAYS_OF_YEAR, YearlyInterval, yearly_refusals
from app.vehicles.fleet_sizing.replay import Replay

FEWEST_DAYS = 91
SHORT_OF_A_YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the replay says about going from one number of cars to another."""

    car_type: str
    """Name of the type, as it is shown."""
    cars_now: int
    cars_then: int
    trips: int
    """Trips that were replayed."""
    refused: int
    """Of them, refused with `cars_then`."""
    days: int
    """Length of the records in days."""
    yearly: YearlyInterval
    turned_away: int | None
    """People sent away during the records because all cars were out; None where nobody recorded it."""


def finding(
    replayed: Replay,
    car_type: str,
    *,
    cars_now: int,
    cars_then: int,
    first_day: np.datetime64,
    last_day: np.datetime64,
    turned_away: int | None,
) -> Finding:
    """What a replay of one type says of `cars_then`, for records that begin and end with these days.

    Raises:
        ValueError: the period is empty, or a refused trip begins outside it.
    """
    refused = replayed.refused(cars_then)
    days = (last_day.astype('datetime64[D]') - first_day.astype('datetime64[D]')).astype(np.int64) + 1
    return Finding(
        car_type=car_type,
        cars_now=cars_now,
        cars_then=cars_then,
        trips=len(replayed.trips),
        refused=int(refused.sum()),
        days=int(days),
        yearly=yearly_refusals(replayed.trips.day[refused], first_day, last_day),
        turned_away=turned_away,
    )


def honest_sentence(finding: Finding) -> str:
    """The result with its share, its source, its interval, and what it cannot know.

    Records of less than a quarter of a year give no yearly number; less than a year is said. Drivers whom the desk sent
    away are not among the trips, which makes every number too low: that is said as well.
    """
    lead = _('{type}{now}台→{then}台: ').format(type=finding.car_type, now=finding.cars_now, then=finding.cars_then)
    if not finding.trips:
        return lead + _('貸出の記録がないため、見込みは出せません')
    if finding.days < FEWEST_DAYS:
        return lead + _too_short(finding) + _unseen(finding)
    return lead + _result(finding) + _unseen(finding)


def _result(finding: Finding) -> str:
    source = _('({period}の再現、95%区間 {low}–{high}件)').format(
        period=_period(finding.days), low=floor(finding.yearly.low), high=ceil(finding.yearly.high)
    )
    short = _('。1年分に満たない記録からの換算です') if finding.days < SHORT_OF_A_YEAR else ''
    if not finding.refused:
        return _('希望時刻に貸出できない見込みの利用はありません(年間0件)') + source + short
    result = _('年間{count}({share})は希望時刻に貸出できない見込み').format(
        count=_count(finding.yearly.expected), share=_share(finding.refused / finding.trips)
    )
    return result + source + short


def _too_short(finding: Finding) -> str:
    return _('記録が{days}日分しかないため、年間の見込みは出せません(この期間の再現では{refused}件)').format(
        days=finding.days, refused=finding.refused
    )


def _unseen(finding: Finding) -> str:
    if finding.turned_away is None:
        return _('。空きがなく貸出できなかった件数は記録がないため、実際はこれより多いことがあります')
    if finding.turned_away:
        return _('。ほかに空きがなく貸出できなかった利用が{count}件あり、実際はこれより多くなります').format(
            count=finding.turned_away
        )
    return ''


def _count(expected: float) -> str:
    if expected < 1:
        return _('1件未満')
    return _('{count}件').format(count=f'{round(expected):,}')


def _share(share: float) -> str:
    percent = share * 100
    if percent < 0.1:
        return _('0.1%未満')
    return f'{percent:.1f}%'


def _period(days: int) -> str:
    months = round(days / DAYS_OF_YEAR * 12)
    years, rest = divmod(months, 12)
    if not rest:
        return _('過去{years}年').format(years=years)
    if not years:
        return _('過去{months}か月').format(months=rest)
    return _('過去{years}年{months}か月').format(years=years, months=rest)
