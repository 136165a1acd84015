"""What may stand in a cell."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.documents.cells import (
    CUT_MARK,
    DANGEROUS,
    LONGEST_TEXT,
    clean_text,
    harmless_text,
    looks_like_formula,
    office_number,
    plain_number,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=50)


@pytest.mark.parametrize('first', sorted(DANGEROUS))
def test_text_that_begins_like_a_formula_gets_an_apostrophe(first: str) -> None:
    assert harmless_text(f'{first}1+1').startswith("'")


@pytest.mark.parametrize('text', [' =1+1', '\u3000＝1', '\u200b=1', '\ufeff@x', '\x01-1', ' \t+1'])
def test_blanks_and_invisible_signs_do_not_hide_a_formula(text: str) -> None:
    assert harmless_text(text).startswith("'")


@pytest.mark.parametrize('text', ['山田\u3000太郎', '', 'a=1', '第1-2号', "'=", '0', '△5', 'ー'])
def test_other_text_stays_as_it_was_typed(text: str) -> None:
    assert harmless_text(text) == text


@given(ANY_TEXT)
@example('\0=1')
@example('\r\n=1')
def test_no_typed_text_leaves_as_a_formula(text: str) -> None:
    assert not looks_like_formula(harmless_text(text))


@given(ANY_TEXT)
def test_clean_text_can_be_written_in_utf8_and_stays_the_same_when_cleaned_again(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode()
    assert clean_text(cleaned) == cleaned


@given(ANY_TEXT)
def test_clean_text_has_no_control_character_but_the_line_break(text: str) -> None:
    assert all(letter == '\n' or not ('\0' <= letter < ' ' or '\x7f' <= letter < '\xa0') for letter in clean_text(text))


def test_a_variation_selector_and_a_joined_emoji_stay() -> None:
    text = '葛\U000e0100城 👩\u200d🚒'
    assert clean_text(text) == text


def test_signs_that_turn_the_direction_of_the_rest_are_left_out() -> None:
    assert clean_text('xls\u202ecod.exe\u2066') == 'xlscod.exe'


@pytest.mark.parametrize('letter', ['あ', '𠮷'])
def test_text_longer_than_a_cell_of_excel_is_cut_and_says_so(letter: str) -> None:
    cut = clean_text(letter * 40_000)
    assert cut.endswith(letter + CUT_MARK)
    assert LONGEST_TEXT - 2 <= len(cut.encode('utf-16-le')) // 2 <= LONGEST_TEXT


@pytest.mark.parametrize(
    ('number', 'decimals', 'text'),
    [
        (0, 0, '0'),
        (-22261, 0, '△22,261'),
        (22261, 0, '22,261'),
        (Decimal('21.25'), 1, '21.3'),
        (Decimal('-0.04'), 1, '0.0'),
        (Decimal('-0.05'), 1, '△0.1'),
        (10**40, 0, f'{10**40:,}'),
    ],
)
def test_numbers_on_paper_are_written_as_offices_write_them(number: int | Decimal, decimals: int, text: str) -> None:
    assert office_number(number, decimals) == text


@given(
    st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.floats(allow_nan=False, allow_infinity=False)
)
def test_a_number_in_a_file_reads_back_as_the_same_number_without_an_exponent(number: int | float | Decimal) -> None:
    text = plain_number(number)
    assert 'e' not in text.lower()
    assert Decimal(text) == Decimal(str(number))
