"""The digits on the face of a card: the century is there, whether it is typed or not."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kiosk.shelter_digits import with_century

CODE = '55021720352285'


def typed(keys: str) -> str:
    """What stands on the screen after these keys; `<` takes one back."""
    return reduce(lambda shown, key: with_century(shown, '' if key == '<' else key), keys, '')


@pytest.mark.parametrize('keys', ['550217352285', CODE, '5502172<352285', '55021<17352285', '550217<7352285'])
def test_the_century_need_not_be_typed_and_may_be(keys: str) -> None:
    assert typed(keys) == CODE


@given(keys=st.text('0123456789', min_size=12, max_size=12))
def test_twelve_digits_are_a_whole_code_unless_the_year_is_2020(keys: str) -> None:
    shown = typed(keys)
    assert (len(shown) == len(CODE)) is (keys[6:8] != '20')
    assert shown[6:8] == '20'
