"""Handing out at a tablet in a real Chromium: readable in every answer, and each press asks for its own."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from app.messages.languages import Language
from app.shelters.handouts.values import Answer
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.handout_views import (
    EVERY_HANDOUT,
    GIVEN,
    HANDOUT,
    REFUSALS,
    SUPPER,
    handing,
    refused,
)
from tests.pages.kiosk.shelter_tablet import (
    LANDSCAPE,
    PORTRAIT,
    WITHOUT_MOTION,
    has_asked,
    objections_to,
    shared_shelter_desk,
    shelter_desk,
    shelter_page,
    shows,
)
from tests.support.accessibility import serious

pytestmark = pytest.mark.asyncio(loop_scope='session')

__all__ = ['shared_shelter_desk', 'shelter_desk', 'shelter_page']

LOOKS = [(Language.JAPANESE, LANDSCAPE), (Language.JAPANESE, PORTRAIT), (Language.PORTUGUESE, LANDSCAPE)]
"""Portuguese has the longest words."""


async def press(page: Page, name: str) -> None:
    """Press the button with exactly these words."""
    await page.get_by_role('button', name=name, exact=True).click()


@pytest.mark.parametrize(('language', 'size'), LOOKS)
async def test_every_answer_is_readable_and_reachable(
    shelter_page: Page, shelter_desk: DeskProcess, language: Language, size: tuple[int, int]
) -> None:
    assert await objections_to(shelter_page, shelter_desk, EVERY_HANDOUT, language, size) == {}


async def test_axe_finds_nothing_serious(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shelter_page.add_style_tag(content=WITHOUT_MOTION)
    found = {}
    for name in ('items', 'handout_empty', 'given_household', 'refused_allergen_long'):
        await shows(shelter_page, shelter_desk, EVERY_HANDOUT[name])
        found[name] = await serious(shelter_page)
    assert {name: each for name, each in found.items() if each} == {}


async def test_what_is_handed_out_is_chosen_with_one_press(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, EVERY_HANDOUT['items'])
    await press(shelter_page, '夕食(アルファ化米)(残り 77食)')
    await has_asked(shelter_page, shelter_desk, ['ChooseItem', str(SUPPER.id)])


async def test_a_given_meal_is_one_large_answer_and_the_next_code_is_heard(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, handing(GIVEN, waiting=3))
    await expect(shelter_page.locator('.answer-title')).to_have_text('夕食(アルファ化米) 1食を渡してください')
    await press(shelter_page, '世帯のほかの3人分も渡す')
    await has_asked(shelter_page, shelter_desk, ['GiveHousehold', '*'])
    await shelter_page.keyboard.type('WB-7F3A91C2')
    await shelter_page.keyboard.press('Enter')
    await has_asked(shelter_page, shelter_desk, ['GiveHousehold', '*'], ['scan', 'WB-7F3A91C2'])


@pytest.mark.parametrize(
    ('words', 'asked'),
    [
        ('番号で渡す', ['Show', 'number']),
        ('登録のない方に渡す', ['GiveWithoutName', '*']),
        ('配る物を変える', ['another_item']),
        ('配布', ['ChooseMode', 'handout']),
    ],
)
async def test_each_press_of_the_line_asks_for_its_own(
    shelter_page: Page, shelter_desk: DeskProcess, words: str, asked: list[str]
) -> None:
    await shows(shelter_page, shelter_desk, HANDOUT)
    await press(shelter_page, words)
    await has_asked(shelter_page, shelter_desk, asked)


async def test_what_stands_against_it_is_said_with_one_next_step(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, refused(REFUSALS[Answer.TOO_SOON], waiting=2))
    await expect(shelter_page.get_by_role('alert')).to_contain_text('10:00に受け取っています')
    await expect(shelter_page.get_by_role('alert')).to_contain_text('次に渡せるのは 14:00 からです')
    await shelter_page.get_by_role('button', name='直前の1件を取り消す').click()
    await has_asked(shelter_page, shelter_desk, ['take_back_handout'])


async def test_what_another_box_gave_is_said_and_one_press_gives_it_all_the_same(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, refused(replace(REFUSALS[Answer.TOO_SOON], elsewhere=True)))
    await expect(shelter_page.get_by_role('alert')).to_contain_text('ほかの避難所で10:00に受け取った記録があります')
    await press(shelter_page, 'それでも渡す')
    await has_asked(shelter_page, shelter_desk, ['GiveAllTheSame', '*'])


async def test_residents_are_offered_no_number(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, EVERY_HANDOUT['handout_residents'])
    await expect(shelter_page.get_by_role('button', name='番号で渡す')).to_have_count(0)
