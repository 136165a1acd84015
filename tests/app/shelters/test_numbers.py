"""The numbers that people are called by."""

from hypothesis import given
from hypothesis import strategies as st

from app.shelters.numbers import check_digit, number_of, read_number

SERIALS = st.integers(min_value=1, max_value=120_000)
PREFIXES = st.from_regex('[A-Z0-9]{0,3}[A-Z]', fullmatch=True)


@given(PREFIXES, SERIALS)
def test_a_number_is_read_as_it_was_given(prefix: str, serial: int) -> None:
    assert read_number(number_of(prefix, serial)) == number_of(prefix, serial)


@given(PREFIXES, SERIALS)
def test_it_is_read_without_hyphens_in_small_and_in_full_width_letters(prefix: str, serial: int) -> None:
    number = number_of(prefix, serial)
    full_width = ''.join(chr(ord(character) + 0xFEE0) for character in number)
    assert read_number(number.replace('-', '').lower()) == number
    assert read_number(full_width) == number


@given(PREFIXES, SERIALS, st.integers(0, 3), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_nearly_always(prefix: str, serial: int, place: int, change: int) -> None:
    number = number_of(prefix, serial)
    digits = list(number.split('-')[1])
    digits[place] = str((int(digits[place]) + change) % 10)
    wrong = f'{prefix}-{"".join(digits)}-{number[-1]}'
    assert read_number(wrong) in (None, wrong)
    assert read_number(wrong) != number


@given(st.text(max_size=30))
def test_anything_else_is_no_number(text: str) -> None:
    found = read_number(text)
    assert found is None or read_number(found) == found


def test_a_bought_wristband_that_is_numbered_with_zeros_is_no_number_of_a_box() -> None:
    assert read_number('WB000124') is None
    assert read_number('WB-0012-' + str(check_digit('WB-0012'))) is not None
