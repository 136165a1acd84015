from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kiosk.car_return import MOST_LITRES, MOST_YEN, NotANumber, litres_of, yen_of


@pytest.mark.parametrize(
    ('typed', 'litres'),
    [('23.5', '23.50'), ('23.5L', '23.50'), ('23.5l', '23.50'), ('40', '40.00'), ('0', '0.00')],
)  # fmt: skip
def test_litres_are_taken_as_people_type_them(typed: str, litres: str) -> None:
    assert litres_of(typed) == Decimal(litres)


@pytest.mark.parametrize(('typed', 'yen'), [('4120', 4120), ('4,120円', 4120), ('\uff14\uff11\uff12\uff10', 4120)])
def test_yen_are_taken_as_people_type_them(typed: str, yen: int) -> None:
    assert yen_of(typed) == yen


def test_nothing_typed_is_not_zero() -> None:
    assert litres_of(' ') is None
    assert yen_of('') is None


@pytest.mark.parametrize('typed', ['about', '-3', '1000', 'NaN', 'Infinity', '1e9', '2.3.4'])
def test_what_no_tank_holds_is_not_taken(typed: str) -> None:
    with pytest.raises(NotANumber):
        litres_of(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_an_amount_or_refused(typed: str) -> None:
    try:
        litres, yen = litres_of(typed), yen_of(typed)
    except NotANumber:
        return
    assert litres is None or 0 <= litres <= MOST_LITRES
    assert yen is None or 0 <= yen <= MOST_YEN
