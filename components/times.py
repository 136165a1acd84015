"""Times as people read them."""

from datetime import date, datetime

from app.clock import TOKYO
from app.language import _


def hour_and_minute(at: datetime) -> str:
    """Asia/Tokyo, without a leading zero: 8:27."""
    local = at.astimezone(TOKYO)
    return f'{local.hour}:{local.minute:02}'


def short_time(at: datetime, today: date) -> str:
    """8:27 today, 11/24 8:27 on another day, in Asia/Tokyo."""
    day = at.astimezone(TOKYO).date()
    time = hour_and_minute(at)
    return time if day == today else f'{day.month}/{day.day} {time}'


def day_with_weekday(day: date) -> str:
    """2026年11月23日(月)."""
    return _('{year}年{month}月{day}日({weekday})').format(
        year=day.year, month=day.month, day=day.day, weekday=_weekday(day)
    )


def narrow_day(day: date) -> str:
    """2026/11/23(月), where a column has no room for more."""
    return f'{day.year}/{day.month}/{day.day}({_weekday(day)})'


def day_and_time(at: datetime) -> str:
    """2026年11月23日(月) 8:27, in Asia/Tokyo."""
    return f'{day_with_weekday(at.astimezone(TOKYO).date())} {hour_and_minute(at)}'


def narrow_day_and_time(at: datetime) -> str:
    """2026/11/23(月) 8:27 in Asia/Tokyo, where a column has no room for more."""
    return f'{narrow_day(at.astimezone(TOKYO).date())} {hour_and_minute(at)}'


def day_and_second(at: datetime) -> str:
    """2026年11月23日(月) 8:27:05, in Asia/Tokyo."""
    return f'{day_and_time(at)}:{at.second:02}'


def _weekday(day: date) -> str:
    return (_('月'), _('火'), _('水'), _('木'), _('金'), _('土'), _('日'))[day.weekday()]
