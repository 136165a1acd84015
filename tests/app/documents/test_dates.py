"""Dates as a city office writes them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.dates import (
    clock_time,
    counted_time,
    duration,
    fiscal_year,
    fiscal_year_days,
    fiscal_year_name,
    in_tokyo,
    long_date,
    short_date,
)


@pytest.mark.parametrize(
    ('day', 'text'),
    [
        (date(2026, 11, 23), '令和8年11月23日(月)'),
        (date(2019, 5, 1), '令和元年5月1日(水)'),
        (date(2019, 4, 30), '平成31年4月30日(火)'),
        (date(1989, 1, 8), '平成元年1月8日(日)'),
        (date(1989, 1, 7), '昭和64年1月7日(土)'),
        (date(1926, 12, 25), '昭和元年12月25日(土)'),
        (date(1912, 7, 29), '明治45年7月29日(月)'),
        (date(1873, 1, 1), '明治6年1月1日(水)'),
        (date(1872, 12, 31), '1872年12月31日(火)'),
    ],
)
def test_a_date_carries_the_era_of_its_day(day: date, text: str) -> None:
    assert long_date(day, era=True) == text


def test_a_date_in_a_column_is_short_and_has_its_weekday() -> None:
    day = date(2026, 4, 1)
    assert (short_date(day), short_date(day, era=True)) == ('2026/4/1(水)', 'R8.4.1(水)')


@pytest.mark.parametrize(
    ('at', 'people', 'files'),
    [
        (time(8, 5), '8:05', '08:05'),
        (time(0, 0), '0:00', '00:00'),
        (timedelta(hours=25, minutes=30), '翌1:30', '25:30'),
        (timedelta(hours=24), '翌0:00', '24:00'),
        (timedelta(hours=49), '翌々日1:00', '49:00'),
        (timedelta(hours=73), '3日後1:00', '73:00'),
        (timedelta(hours=-1), '前日23:00', '-01:00'),
        (time(8, 5, 9), '8:05', '08:05:09'),
    ],
)
def test_a_time_after_midnight_is_the_next_day_for_people_and_counts_on_in_files(
    at: time | timedelta, people: str, files: str
) -> None:
    assert (clock_time(at), counted_time(at)) == (people, files)


def test_a_negative_duration_is_shown_as_offices_show_it() -> None:
    assert duration(-timedelta(minutes=30)) == '△0:30'
    assert duration(timedelta(hours=30, minutes=5)) == '30:05'


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match='zone'):
        in_tokyo(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_moment_is_read_in_tokyo() -> None:
    assert in_tokyo(datetime(2026, 3, 31, 15, 0, tzinfo=UTC)).date() == date(2026, 4, 1)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_lies_in_its_fiscal_year(day: date) -> None:
    first, last = fiscal_year_days(fiscal_year(day))
    assert first <= day <= last
    assert (last - first).days in (364, 365)


@pytest.mark.parametrize(
    ('year', 'name'), [(2026, '令和8年度'), (2019, '令和元年度'), (2018, '平成30年度'), (1988, '昭和63年度')]
)
def test_a_fiscal_year_carries_the_era_that_offices_gave_it(year: int, name: str) -> None:
    assert fiscal_year_name(year) == name
