"""The pieces that staff pages share, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from components.data_table import Column

pytestmark = pytest.mark.asyncio(loop_scope='session')

SCREENSHOTS = Path(__file__).parents[1] / 'screenshots'


async def test_a_table_shows_one_page_and_how_many_rows_there_are(page: Page) -> None:
    await page.goto('/attendance')
    await expect(page.get_by_text('120件中 1–50')).to_be_visible()
    await expect(page.locator('.data-table tbody tr')).to_have_count(50)
    await page.screenshot(path=SCREENSHOTS / 'staff_table.png')


async def test_the_next_page_is_fetched_when_it_is_asked_for_and_the_last_has_no_next(page: Page) -> None:
    await page.goto('/attendance')
    for shown in ('120件中 51–100', '120件中 101–120'):
        await page.get_by_role('button', name='次へ').click()
        await expect(page.get_by_text(shown)).to_be_visible()
        await page.wait_for_timeout(700)
    await expect(page.get_by_role('button', name='次へ')).to_have_attribute('aria-disabled', 'true')
    await page.get_by_role('button', name='前へ').click()
    await expect(page.get_by_text('120件中 51–100')).to_be_visible()


async def test_markup_in_a_cell_stays_text(page: Page) -> None:
    await page.goto('/attendance')
    await expect(page.get_by_role('cell', name='<b>山田</b>')).to_be_visible()


async def test_a_table_without_rows_says_what_brings_some(page: Page) -> None:
    await page.goto('/desks')
    await expect(page.get_by_text('デスクがありません')).to_be_visible()
    await expect(page.locator('.data-table')).to_be_hidden()


async def test_an_act_is_asked_about_and_done_only_on_yes(page: Page) -> None:
    await page.goto('/attendance')
    for button, outcome in (('やめる', '残した'), ('取り消す', '取り消した')):
        await page.get_by_role('button', name='端末の登録を取り消す').click()
        await page.get_by_role('alertdialog').get_by_role('button', name=button).click()
        await expect(page.locator('.answer')).to_have_text(outcome)
        await page.wait_for_timeout(700)


async def test_closing_the_question_with_the_keyboard_means_no(page: Page) -> None:
    await page.goto('/attendance')
    await page.get_by_role('button', name='端末の登録を取り消す').click()
    await expect(page.get_by_role('alertdialog')).to_be_visible()
    await page.keyboard.press('Escape')
    await expect(page.locator('.answer')).to_have_text('残した')


async def test_signing_in_posts_without_the_socket(page: Page) -> None:
    async def refuse(socket: WebSocketRoute) -> None:
        await socket.close()

    await page.route_web_socket(re.compile('.*'), refuse)
    await page.goto('/sign-in')
    await page.get_by_label('職員番号').fill('1234')
    await page.get_by_label('パスワード').fill('correct horse')
    await page.get_by_role('button', name='サインイン').click()
    await expect(page.locator('body')).to_contain_text(
        '{"csrf":"abc","staff_number":"1234","password":"correct horse"}'
    )


async def test_a_refused_form_says_so_above_the_fields(page: Page) -> None:
    await page.goto('/sign-in?error=職員番号かパスワードが違います')
    await expect(page.get_by_role('alert')).to_have_text('職員番号かパスワードが違います')


async def test_the_first_key_leads_past_the_navigation(page: Page) -> None:
    await page.goto('/attendance')
    await expect(page.get_by_role('heading', name='出勤・退勤')).to_be_visible()
    await page.keyboard.press('Tab')
    await expect(page.get_by_role('link', name='本文へ移動')).to_be_focused()
    await page.keyboard.press('Enter')
    await expect(page.get_by_role('main')).to_be_focused()


async def test_the_open_page_is_marked_in_the_navigation(page: Page) -> None:
    await page.goto('/attendance')
    await expect(page.get_by_role('navigation').get_by_role('link', name='出勤・退勤')).to_have_attribute(
        'aria-current', 'page'
    )


async def test_few_pages_are_all_seen_in_the_navigation(page: Page) -> None:
    await page.goto('/attendance')
    await expect(page.get_by_role('navigation').get_by_role('link', name='記録の台帳')).to_be_visible()


async def test_of_many_pages_those_beside_the_open_one_are_seen_and_the_others_a_press_away(page: Page) -> None:
    await page.goto('/roll-call')
    navigation = page.get_by_role('navigation')
    await expect(navigation.get_by_role('link', name='点呼')).to_be_visible()
    await expect(navigation.get_by_role('link', name='台帳1')).to_be_hidden()
    await navigation.get_by_text('公用車').click()
    await expect(navigation.get_by_role('link', name='台帳1')).to_be_visible()


@pytest.mark.parametrize('field', [':onclick', '氏名', 'two words', ''])
async def test_a_column_name_from_outside_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match='not a fixed column name'):
        Column(field=field, label='氏名')


async def test_what_is_being_typed_stays_when_the_page_is_drawn_anew(page: Page) -> None:
    await page.goto('/typing')
    entry = page.locator('#note')
    await expect(entry).to_have_value('前に書いたこと')
    await entry.fill('いま書いていること')
    await page.get_by_role('button', name='描き直す').click()
    await expect(page.locator('.drawn')).to_have_text('描き直した')
    await expect(entry).to_have_value('いま書いていること')
