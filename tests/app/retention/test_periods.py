"""From when on records may be disposed of."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.retention.periods import due_before, month_after
from app.retention_settings import LEGAL_MINIMUM, RetentionSettings
from app.settings import SettingsError, load_settings
from app.storage.vault import RecordClass

DEFAULTS = RetentionSettings()


def test_an_alcohol_check_of_november_goes_after_the_november_of_the_next_year() -> None:
    assert due_before(RecordClass.ALCOHOL, DEFAULTS, date(2026, 11, 30)) == date(2025, 11, 1)
    assert due_before(RecordClass.ALCOHOL, DEFAULTS, date(2026, 12, 1)) == date(2025, 12, 1)


def test_a_punch_waits_a_month_longer_for_its_payday() -> None:
    assert due_before(RecordClass.ATTENDANCE, DEFAULTS, date(2026, 12, 1)) == date(2021, 11, 1)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2199, 12, 31)), st.integers(-600, 600))
def test_months_are_counted_without_losing_any(day: date, months: int) -> None:
    first = month_after(day, 0)
    assert (first.year, first.month, first.day) == (day.year, day.month, 1)
    assert month_after(month_after(day, months), -months) == first


@pytest.mark.parametrize('name', sorted(LEGAL_MINIMUM))
def test_a_retention_below_the_law_stops_the_start_and_names_the_setting(tmp_path: Path, name: str) -> None:
    years = LEGAL_MINIMUM[name].years
    (tmp_path / 'machibako.toml').write_text(f'[retention]\n{name} = {years - 1}\n', encoding='utf-8')
    with pytest.raises(SettingsError, match=f'retention.{name}.*at least {years}') as refused:
        load_settings(tmp_path)
    assert '\n' not in str(refused.value)
    (tmp_path / 'machibako.toml').write_text(f'[retention]\n{name} = {years}\n', encoding='utf-8')
    assert getattr(load_settings(tmp_path).retention, name) == years
