"""Codes that lead to nobody yet: of this box, of another box, mistyped, bought elsewhere, or no codes at all."""

from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.codes import code_svg
from app.runtime import Box
from app.shelters.desk_screens import Problem, Step, Told
from app.shelters.models import Evacuee
from app.shelters.printed_codes import LENGTH, LETTERS, CodeOrigin, PrintedCodes, typed_code
from app.shelters.tokens import Token
from app.storage.vault import Vault
from tests.support.reception import open_reception, registered
from tests.support.shelter import OFFICER, opened_shelter, register

SMALLEST_QR_HOLDS = 20


@pytest.fixture(scope='module')
def codes(tmp_path_factory: pytest.TempPathFactory) -> PrintedCodes:
    return PrintedCodes(vault(tmp_path_factory.mktemp('own')), UUID(int=1))


@pytest.fixture(scope='module')
def others(tmp_path_factory: pytest.TempPathFactory) -> PrintedCodes:
    return PrintedCodes(vault(tmp_path_factory.mktemp('other')), UUID(int=2))


def vault(folder: Path) -> Vault:
    return Vault(folder / 'keys', folder / 'key', folder / 'erasures')


def test_codes_cannot_be_confused_or_guessed(codes: PrintedCodes) -> None:
    made = {codes.new_code() for _code in range(1_000)}
    assert len(made) == 1_000
    assert all(len(code) == LENGTH and not set(code) & set('0O1I8B5S2ZGQ') for code in made)
    assert LENGTH <= SMALLEST_QR_HOLDS
    assert code_svg(made.pop())


def test_a_code_tells_which_box_made_it(codes: PrintedCodes, others: PrintedCodes) -> None:
    code = codes.new_code()
    assert codes.read(code).origin is CodeOrigin.OWN
    assert others.read(code).origin is CodeOrigin.OTHER_BOX
    typed = codes.read(f' {code[:6].lower()}-{code[6:]} ')
    assert (typed.text, typed.origin) == (code, CodeOrigin.OWN)
    assert typed_code(code.lower()) == code


def test_a_code_of_a_box_with_the_same_letters_is_forged(tmp_path: Path, codes: PrintedCodes) -> None:
    same_letters = PrintedCodes(vault(tmp_path), UUID(int=1 + len(LETTERS) ** 3))
    assert codes.read(same_letters.new_code()).origin is CodeOrigin.MISTYPED


@given(st.integers(3, LENGTH - 1), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_noticed(codes: PrintedCodes, place: int, letter: str) -> None:
    code = codes.new_code()
    wrong = code[:place] + letter + code[place + 1 :]
    assert (codes.read(wrong).origin is CodeOrigin.OWN) is (wrong == code)


@given(st.text(max_size=90))
def test_no_text_is_taken_for_a_code_of_ours(codes: PrintedCodes, text: str) -> None:
    assert codes.read(text).origin in {CodeOrigin.BOUGHT, CodeOrigin.NONE, CodeOrigin.MISTYPED}


@pytest.mark.parametrize(
    ('text', 'origin'),
    [
        ('WB-7F3A91C2', CodeOrigin.BOUGHT),
        ('HELLO-WORLD', CodeOrigin.NONE),
        ('abcdefghij', CodeOrigin.NONE),
        ('12345', CodeOrigin.NONE),
        ('https://example.com/1', CodeOrigin.NONE),
        ('HNJ', CodeOrigin.MISTYPED),
    ],
)
def test_what_others_number_has_a_digit(codes: PrintedCodes, text: str, origin: CodeOrigin) -> None:
    assert codes.read(text).origin is origin


async def test_a_blank_card_of_this_box_is_registered_and_one_of_another_box_is_not(
    box: Box, others: PrintedCodes
) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    own = box.shelters.tokens.codes.new_code()
    forged = own[:-1] + next(letter for letter in LETTERS if letter != own[-1])
    for text, problem in (
        (others.new_code(), Problem.OTHER_BOX),
        (forged, Problem.UNKNOWN_CODE),
        ('KANAZAWA-STATION', Problem.UNKNOWN_CODE),
    ):
        await desk.scan(text)
        assert (desk.view.step, desk.view.problem) == (Step.PROBLEM, problem)
    assert await Evacuee.all().count() == 0

    await desk.scan(own)
    assert (desk.view.step, desk.view.has_token) == (Step.NEW, True)
    await registered(desk)
    await desk.scan(own.lower())
    assert (desk.view.step, desk.view.told) == (Step.PERSON, Told.ALREADY)


async def test_a_form_of_another_box_that_was_bound_here_leads_to_its_person(box: Box, others: PrintedCodes) -> None:
    shelter, code = await opened_shelter(box), others.new_code()
    person = (await register(box, shelter)).evacuee
    await box.shelters.evacuees.bind(person.id, Token.printed(code), OFFICER)
    desk, _reader = await open_reception(box)
    await desk.scan(code)
    assert desk.view.person is not None
    assert desk.view.person.number == person.number
