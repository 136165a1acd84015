"""Dates as a city office writes them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clock import TOKYO

WEEKDAYS = '月火水木金土日'
FISCAL_YEAR_BEGINS = 4


@dataclass(frozen=True, slots=True)
class Era:
    """A Japanese era, from its first day on."""

    name: str
    letter: str
    first_day: date


ERAS = (
    Era('令和', 'R', date(2019, 5, 1)),
    Era('平成', 'H', date(1989, 1, 8)),
    Era('昭和', 'S', date(1926, 12, 25)),
    Era('大正', 'T', date(1912, 7, 30)),
    Era('明治', 'M', date(1873, 1, 1)),
)
"""The newest first; 明治 from the day on which Japan counts Gregorian dates (明治6年)."""
_MEIJI_YEARS_BEFORE = 5


def era_of(day: date) -> tuple[Era, int] | None:
    """The era of a day and the year in it, 1 for 元年; None before 1873."""
    for era in ERAS:
        if day >= era.first_day:
            before = _MEIJI_YEARS_BEFORE if era.letter == 'M' else 0
            return era, day.year - era.first_day.year + 1 + before
    return None


def long_date(day: date, *, era: bool = False) -> str:
    """`2026年11月23日(月)`, with the era `令和8年11月23日(月)`."""
    return f'{year_name(day, era=era)}{day.month}月{day.day}日({weekday(day)})'


def short_date(day: date, *, era: bool = False) -> str:
    """For columns: `2026/11/23(月)`, with the era `R8.11.23(月)`."""
    found = era_of(day) if era else None
    if found is None:
        return f'{day.year}/{day.month}/{day.day}({weekday(day)})'
    return f'{found[0].letter}{found[1]}.{day.month}.{day.day}({weekday(day)})'


def year_name(day: date, *, era: bool = False) -> str:
    """`2026年` or `令和8年`; the first year of an era is 元年."""
    found = era_of(day) if era else None
    if found is None:
        return f'{day.year}年'
    return f'{found[0].name}{"元" if found[1] == 1 else found[1]}年'


def weekday(day: date) -> str:
    """One letter: 月 to 日."""
    return WEEKDAYS[day.weekday()]


def clock_time(at: time | timedelta) -> str:
    """`8:05`; a time after the midnight of the day it belongs to is `翌1:30`, later days `翌々日1:30`, `3日後1:30`."""
    if isinstance(at, time):
        return f'{at.hour}:{at.minute:02}'
    days, seconds = divmod(int(at.total_seconds()), 86400)
    hour, minute = divmod(seconds // 60, 60)
    return f'{_later_day(days)}{hour}:{minute:02}'


def counted_time(at: time | timedelta) -> str:
    """For files: hours go on after midnight, `25:30`; seconds only where there are any."""
    seconds = at.hour * 3600 + at.minute * 60 + at.second if isinstance(at, time) else int(at.total_seconds())
    sign, seconds = ('-', -seconds) if seconds < 0 else ('', seconds)
    minutes, rest = divmod(seconds, 60)
    text = f'{sign}{minutes // 60:02}:{minutes % 60:02}'
    return f'{text}:{rest:02}' if rest else text


def duration(length: timedelta) -> str:
    """Hours and minutes, `12:05`; a negative one `△0:30`."""
    minutes = int(abs(length.total_seconds())) // 60
    text = f'{minutes // 60}:{minutes % 60:02}'
    return f'△{text}' if length < timedelta(0) and minutes else text


def in_tokyo(at: datetime) -> datetime:
    """The same moment as people in the city read it.

    Raises:
        ValueError: it has no zone, so nobody knows which moment it is.
    """
    if at.tzinfo is None:
        raise ValueError('a time without zone')
    return at.astimezone(TOKYO)


def fiscal_year(day: date) -> int:
    """The fiscal year of a day: from 1 April (地方自治法 208条)."""
    return day.year if day.month >= FISCAL_YEAR_BEGINS else day.year - 1


def fiscal_year_days(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year."""
    return date(year, FISCAL_YEAR_BEGINS, 1), date(year + 1, FISCAL_YEAR_BEGINS, 1) - timedelta(days=1)


def fiscal_year_name(year: int, *, era: bool = True) -> str:
    """`令和8年度`; a year in which the era changed after April carries the new one (2019 is 令和元年度)."""
    return f'{year_name(date(year, 12, 31), era=era)}度'


def _later_day(days: int) -> str:
    named = {0: '', 1: '翌', 2: '翌々日', -1: '前日'}
    return named.get(days, f'{days}日後' if days > 0 else f'{-days}日前')
