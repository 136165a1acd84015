"""What was typed into forms about cars, as values; nonsense becomes a sentence for the person."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from app import clock
from app.clock import TOKYO
from app.language import _
from app.vehicles.run_record import month_of

MOST_DIGITS = 7
YEARS = range(1990, 2200)
"""Years of records and deadlines; other days of an address are nonsense."""


class WrongValue(Exception):
    """Something cannot be taken; the text says what, for the person."""


def day_of(typed: str, label: str) -> date | None:
    """A day; empty: none.

    Raises:
        WrongValue: it is no day.
    """
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise WrongValue(_('{label}: 日付を選んでください。').format(label=label)) from None


def time_of(typed: str, label: str) -> datetime | None:
    """A time in Tokyo as `datetime-local` posts it; empty: none.

    Raises:
        WrongValue: it is no time.
    """
    if not typed.strip():
        return None
    try:
        return datetime.fromisoformat(typed.strip()).replace(tzinfo=TOKYO)
    except ValueError:
        raise WrongValue(_('{label}: 日時を選んでください。').format(label=label)) from None


def number_of(typed: str, label: str) -> int | None:
    """A whole number of at least 0; empty: none.

    Raises:
        WrongValue: it is no such number.
    """
    plain = typed.strip().replace(',', '')
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > MOST_DIGITS:
        raise WrongValue(_('{label}: 0以上の整数を入れてください。').format(label=label))
    return int(plain)


def decimal_of(typed: str, label: str) -> Decimal | None:
    """A number of at least 0; empty: none.

    Raises:
        WrongValue: it is no such number.
    """
    if not typed.strip():
        return None
    try:
        value = Decimal(typed.strip())
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value < 10**MOST_DIGITS:
        raise WrongValue(_('{label}: 0以上の数を入れてください。').format(label=label))
    return value


def asked_month(typed: str) -> tuple[date, date]:
    """First and last day of a month written 2026-11; nonsense means this month."""
    day = asked_day(f'{typed}-01') or clock.today()
    return month_of(day.year, day.month)


def asked_day(typed: str) -> date | None:
    """A day of an address; nonsense is none."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def month_value(first_day: date) -> str:
    """A month as an input of that kind holds it."""
    return f'{first_day.year:04}-{first_day.month:02}'


def local_value(at: datetime | None) -> str:
    """A time as `datetime-local` holds it."""
    return at.astimezone(TOKYO).strftime('%Y-%m-%dT%H:%M') if at else ''


def is_ticked(form: Mapping[str, str], name: str) -> bool:
    """Whether a box was ticked."""
    return form.get(name) == '1'


def is_plain(text: str) -> bool:
    """Whether a line of text has no control characters; full-width blanks are none."""
    return not any(unicodedata.category(letter).startswith('C') for letter in text)
