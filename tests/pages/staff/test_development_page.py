"""Simulated cards: there in a demonstration, and nowhere else."""

import pytest
from playwright.async_api import BrowserContext, expect

from app.runtime import Condition
from app.settings import Settings
from app.storage.layout import DataDirectory
from tests.pages.staff.conftest import StaffBox, open_page

pytestmark = pytest.mark.asyncio(loop_scope='session')


async def test_a_real_box_has_no_such_page(staff_box: StaffBox) -> None:
    assert staff_box.get('/dev/cards').status_code == 404


async def test_a_real_box_refuses_to_open_the_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    from pages import development

    condition = Condition(settings=Settings(), directory=DataDirectory(tmp_path_factory.mktemp('real')))
    with pytest.raises(ValueError, match='demonstration'):
        development.register(condition)


async def test_it_opens_without_a_sign_in_and_says_that_all_is_invented(
    visitor: BrowserContext, demonstration: StaffBox
) -> None:
    page = await visitor.new_page()
    await open_page(page, demonstration, '/dev/cards')
    await expect(page.get_by_text('すべて架空のものです')).to_be_visible()


async def test_a_pressed_card_is_a_tap_at_the_chosen_reader(visitor: BrowserContext, demonstration: StaffBox) -> None:
    page = await visitor.new_page()
    await open_page(page, demonstration, '/dev/cards')
    await page.get_by_role('button', name='1002').click()
    await expect(page.get_by_text('1002 をタッチしました')).to_be_visible()


async def test_a_pulled_cable_shows_and_no_card_is_read(visitor: BrowserContext, demonstration: StaffBox) -> None:
    page = await visitor.new_page()
    await open_page(page, demonstration, '/dev/cards')
    await page.get_by_role('button', name='ケーブルを抜く').click()
    await expect(page.locator('.reader-row .state')).to_have_text('つながっていません')
    await page.get_by_role('button', name='2枚重ね').click()
    await expect(page.get_by_text('2枚重ね は読まれませんでした')).to_be_visible()
    await page.get_by_role('button', name='ケーブルを差す').click()
    await expect(page.locator('.reader-row .state')).to_have_text('使えます')
