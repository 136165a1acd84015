"""Codes on sealed paper: readable, found however they are typed, and never kept."""

import sqlite3
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runtime import Box
from app.shelters.sealed_codes import CODE_LENGTH, LETTERS, check_letter, new_code, read_code, shown_code
from tests.support.shelter import OFFICER, opened_shelter

codes = st.text(alphabet=LETTERS, min_size=CODE_LENGTH - 1, max_size=CODE_LENGTH - 1).map(
    lambda body: body + check_letter(body)
)


def test_no_letter_of_a_code_can_be_taken_for_another() -> None:
    assert not set(LETTERS) & set('01OIBSZ')
    assert all(read_code(new_code()) for _each in range(200))


@given(codes)
def test_a_code_is_read_in_any_width_case_and_grouping(code: str) -> None:
    wide = ''.join(chr(ord(letter) + 0xFEE0) for letter in code)
    for typed in (code, code.lower(), shown_code(code), f' {code[:3]} {code[3:]} ', wide):
        assert read_code(typed) == code


@given(codes, st.integers(0, CODE_LENGTH - 1), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_always_noticed(code: str, place: int, letter: str) -> None:
    wrong = code[:place] + letter + code[place + 1 :]
    assert (read_code(wrong) is not None) == (wrong == code)


@given(codes, st.integers(0, CODE_LENGTH - 2))
def test_two_letters_in_the_wrong_order_are_always_noticed(code: str, place: int) -> None:
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read_code(wrong) is not None) == (wrong == code)


@given(st.text(max_size=200))
def test_nonsense_is_no_code(typed: str) -> None:
    found = read_code(typed)
    assert found is None or set(found) <= set(LETTERS)


async def test_a_code_stands_nowhere_in_the_box(box: Box) -> None:
    shelter = await opened_shelter(box)
    (made,) = await box.shelters.opening.codes.make([shelter.id], OFFICER)
    assert made.code not in repr(made)
    with sqlite3.connect(box.directory.database) as connection:
        dump = '\n'.join(connection.iterdump())
    assert made.code not in dump


async def test_a_shelter_has_one_living_code(box: Box) -> None:
    shelter = await opened_shelter(box)
    codes = box.shelters.opening.codes
    (first,) = await codes.make([shelter.id], OFFICER)
    (second,) = await codes.make([shelter.id], OFFICER)
    assert await codes.find(first.code) is None
    living = await codes.find(shown_code(second.code))
    assert living is not None
    assert living.shelter == shelter.id
    assert await codes.shelters_with_code() == {shelter.id}


async def test_codes_for_a_shelter_that_is_not_there_are_not_made(box: Box) -> None:
    shelter = await opened_shelter(box)
    with pytest.raises(LookupError):
        await box.shelters.opening.codes.make([shelter.id, uuid4()], OFFICER)
    assert await box.shelters.opening.codes.of(shelter.id) is None
