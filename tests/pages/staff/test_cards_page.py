"""Finding people, linking and ending cards."""

import pytest
from playwright.async_api import Page, expect

from components.elements import PRESS_GUARD_SECONDS
from tests.pages.staff.conftest import StaffBox, open_page
from tests.pages.staff.staff_box import LONG_NAME

pytestmark = pytest.mark.asyncio(loop_scope='session')


async def find(page: Page, box: StaffBox, typed: str) -> None:
    await open_page(page, box, '/staff/cards')
    await page.get_by_label('職員番号、氏名またはフリガナ').fill(typed)
    await page.keyboard.press('Enter')


async def begin(page: Page, pin: str) -> None:
    await page.get_by_label('数字4桁の暗証番号').fill(pin)
    await page.get_by_role('button', name='登録を始める').click()


async def test_a_person_is_found_by_half_of_the_reading(page: Page, staff_box: StaffBox) -> None:
    await find(page, staff_box, 'ﾀｶﾀ')
    await expect(page.locator('.person-name')).to_have_text('髙田\u3000さくら')
    await expect(page.locator('.card').first).to_contain_text('マイナンバーカード')
    await expect(page.locator('.card').first).to_contain_text('暗証番号で本人のカードと確かめました')


async def test_too_many_hits_say_how_many_more_there_are(page: Page, staff_box: StaffBox) -> None:
    await find(page, staff_box, 'しけん')
    await expect(page.locator('.hit')).to_have_count(20)
    await expect(page.get_by_text('ほかに 280 人います')).to_be_visible()


async def test_nobody_found_says_what_to_try(page: Page, staff_box: StaffBox) -> None:
    await find(page, staff_box, '<img src=x onerror=alert(1)>')
    await expect(page.get_by_text('見つかりませんでした')).to_be_visible()


async def test_a_very_long_name_stays_inside_the_page(page: Page, staff_box: StaffBox) -> None:
    await find(page, staff_box, '1003')
    await expect(page.locator('.person-name')).to_have_text(LONG_NAME)
    assert await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')


async def test_a_card_is_linked_by_pin_and_touch_and_ended_with_a_reason(page: Page, staff_box: StaffBox) -> None:
    await find(page, staff_box, '2001')
    await begin(page, '1234')
    await expect(page.locator('.message-note')).to_contain_text('カードをタッチしてください')
    staff_box.do('tap', card='link-and-end')
    await expect(page.locator('.message-done')).to_contain_text('登録しました')
    await expect(page.locator('.card[data-state=living]')).to_have_count(1)
    await page.get_by_role('button', name='登録を終える').click()
    await page.get_by_role('dialog').get_by_role('combobox').click()
    await page.get_by_role('option', name='紛失した').click()
    await page.get_by_role('dialog').get_by_role('button', name='登録を終える').click()
    await expect(page.locator('.card[data-state=ended]')).to_contain_text('終了(紛失した)')


async def test_a_wrong_pin_says_how_many_tries_are_left_and_the_last_one_is_never_used(
    page: Page, staff_box: StaffBox
) -> None:
    await find(page, staff_box, '2002')
    for message in ('残り 2 回', '残り 1 回', '残りが1回のため、ここでは試しませんでした'):
        await begin(page, '9999')
        await expect(page.get_by_text('カードをタッチしてください')).to_be_visible()
        staff_box.do('tap', card='wrong-pin')
        await expect(page.locator('.message-failure')).to_contain_text(message)
        await page.wait_for_timeout(PRESS_GUARD_SECONDS * 1000)
    await expect(page.locator('.message-failure')).to_contain_text('市区町村の窓口')


@pytest.mark.parametrize('pin', ['', '12', '12a4', '１２３４'])
async def test_what_is_not_four_digits_is_never_sent_to_a_card(page: Page, staff_box: StaffBox, pin: str) -> None:
    await find(page, staff_box, '2001')
    await begin(page, pin)
    await expect(page.locator('.message-failure')).to_contain_text('暗証番号は数字4桁です')


async def test_a_pin_is_forgotten_when_the_wait_begins(page: Page, staff_box: StaffBox) -> None:
    sent: list[str] = []
    page.on('websocket', lambda socket: socket.on('framereceived', lambda frame: sent.append(str(frame))))
    await find(page, staff_box, '2001')
    await begin(page, '7391')
    await expect(page.get_by_text('カードをタッチしてください')).to_be_visible()
    await page.get_by_role('button', name='取消').click()
    await expect(page.get_by_label('数字4桁の暗証番号')).to_have_value('')
    assert not any('7391' in frame for frame in sent), 'the box never sends a PIN to a browser'


async def test_a_card_of_another_person_is_not_taken_over(page: Page, staff_box: StaffBox) -> None:
    await find(page, staff_box, '2001')
    await begin(page, '1234')
    await expect(page.get_by_text('カードをタッチしてください')).to_be_visible()
    staff_box.do('tap', card='1002')
    await expect(page.locator('.message-failure')).to_contain_text('ほかの職員に登録されています')


async def test_an_unplugged_reader_is_told_before_anybody_waits(page: Page, staff_box: StaffBox) -> None:
    await find(page, staff_box, '2001')
    await expect(page.locator('.empty-state, .card').first).to_be_visible()
    staff_box.do('unplug')
    await begin(page, '1234')
    await expect(page.locator('.message-failure')).to_contain_text('つながっていません')
    staff_box.do('plug')


async def test_the_rules_say_their_law_and_where_they_are_set(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/cards')
    for words in ('公的個人認証法38条1項', '38条の4', 'machibako.toml', 'cards.tap_without_pin'):
        await expect(page.get_by_text(words).first).to_be_visible()
