"""The tablet of a reception desk in the language of whoever faces it."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from app.messages.languages import Language
from app.shelters.desk_screens import Problem, Step
from app.shelters.values import ShelterState
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.shelter_tablet import (
    WITHOUT_MOTION,
    has_asked,
    shared_shelter_desk,
    shelter_desk,
    shelter_page,
    shows,
)
from tests.pages.kiosk.shelter_views import CARD, WAITING
from tests.support.accessibility import serious

pytestmark = pytest.mark.asyncio(loop_scope='session')

__all__ = ['shared_shelter_desk', 'shelter_desk', 'shelter_page']


async def test_a_language_is_chosen_with_two_presses_each_written_in_itself(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, WAITING)
    await shelter_page.get_by_role('button', name='Language: 日本語').click()
    await expect(shelter_page.locator('.language-choice:visible')).to_have_text([each.own_name for each in Language])
    assert await serious(shelter_page) == []
    await shelter_page.get_by_role('button', name='Tiếng Việt', exact=True).click()
    await has_asked(shelter_page, shelter_desk, ['ChooseLanguage', 'vi'])
    await expect(shelter_page.locator('.language-choice:visible')).to_have_count(0)


async def test_the_list_of_languages_makes_way_for_whoever_touches_a_card(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, WAITING)
    await shelter_page.get_by_role('button', name='Language: 日本語').click()
    await shows(shelter_page, shelter_desk, CARD)
    await expect(shelter_page.locator('.language-choice:visible')).to_have_count(0)


async def test_a_wrong_pin_is_answered_in_the_language_with_the_tries_that_are_left(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    wrong = replace(CARD, step=Step.PIN, problem=Problem.PIN_WRONG, tries_left=2, number=2)
    await shows(shelter_page, shelter_desk, replace(wrong, language=Language.VIETNAMESE))
    await expect(shelter_page.locator('.desk-problem')).to_contain_text('Sai mã PIN')
    await expect(shelter_page.locator('.desk-tries')).to_have_text('Còn 2 lần')
    await expect(shelter_page.locator('.shelter-body')).to_have_attribute('lang', 'vi')
    await expect(shelter_page.locator('.connection-title')).to_have_text('Mất kết nối')
    await shows(shelter_page, shelter_desk, WAITING)
    await expect(shelter_page.locator('.prompt-title')).to_have_text('カードかQRをタッチしてください')
    await expect(shelter_page.locator('.shelter-body')).to_have_attribute('lang', 'ja')


async def test_the_opening_by_residents_goes_on_in_the_language_that_was_chosen(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    closed = replace(WAITING, step=Step.CLOSED, shelter_state=ShelterState.NOT_OPENED, language=Language.KOREAN)
    await shows(shelter_page, shelter_desk, closed)
    link = shelter_page.get_by_role('link', name='주민이 개설')
    await expect(link).to_have_attribute('href', '/open?lang=ko')


@pytest.mark.parametrize('language', [Language.PORTUGUESE, Language.TRADITIONAL_CHINESE])
async def test_nothing_serious_is_found_in_another_language(
    shelter_page: Page, shelter_desk: DeskProcess, language: Language
) -> None:
    await shelter_page.add_style_tag(content=WITHOUT_MOTION)
    for view in (WAITING, replace(CARD, step=Step.PIN, problem=Problem.PIN_WRONG, tries_left=2)):
        await shows(shelter_page, shelter_desk, replace(view, language=language))
        assert await serious(shelter_page) == []


async def test_at_200_percent_every_press_can_be_reached_by_scrolling(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shelter_page.set_viewport_size({'width': 640, 'height': 400})
    await shows(shelter_page, shelter_desk, replace(WAITING, language=Language.PORTUGUESE))
    for name in ('Pessoa sem cartão', 'Consultar pelo número', 'Language: Português'):
        button = shelter_page.get_by_role('button', name=name)
        await button.scroll_into_view_if_needed()
        await expect(button).to_be_in_viewport(ratio=0.9)
        await button.click(trial=True)
    await shelter_page.get_by_role('button', name='Language: Português').click()
    await shelter_page.get_by_role('button', name='한국어', exact=True).click()
    await has_asked(shelter_page, shelter_desk, ['ChooseLanguage', 'ko'])
