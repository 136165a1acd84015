"""People write their birth dates in many ways."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.birth_dates import NoBirthDate, read_birth_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    'text',
    [
        '1946-3-1',
        '1946/03/01',
        '19460301',
        '1946年3月1日',
        '昭和21年3月1日',
        'S21.3.1',
        's21/3/1',
        ' 昭和 21. 3. 1 ',
        '\uff11\uff19\uff14\uff16-\uff10\uff13-\uff10\uff11',
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert read_birth_date(text, TODAY) == date(1946, 3, 1)


@pytest.mark.parametrize(
    ('text', 'day'), [('令和元年5月1日', date(2019, 5, 1)), ('M45.1.1', date(1912, 1, 1)), ('H1.1.8', date(1989, 1, 8))]
)
def test_the_first_year_of_an_era_and_the_oldest_era(text: str, day: date) -> None:
    assert read_birth_date(text, TODAY) == day


@pytest.mark.parametrize('text', ['1946-2-30', '2026-11-24', '1895-1-1', '3月1日', 'abc', '1946', '昭和-1-1'])
def test_what_is_no_birth_date_is_refused(text: str) -> None:
    with pytest.raises(NoBirthDate):
        read_birth_date(text, TODAY)


def test_nothing_written_is_no_mistake() -> None:
    assert read_birth_date('  ', TODAY) is None


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_day_is_read_as_it_is_printed(day: date) -> None:
    assert read_birth_date(day.isoformat(), TODAY) == day


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        born = read_birth_date(text, TODAY)
    except NoBirthDate:
        return
    assert born is None or born <= TODAY
