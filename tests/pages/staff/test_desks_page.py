"""Desks, readers and tablets in the hands of an administrator."""

import base64
import re

import cv2
import numpy as np
import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.pages.staff.conftest import ADMINISTRATOR, StaffBox, open_page, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')


async def test_the_state_of_a_reader_changes_while_one_looks(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/desks')
    card = page.get_by_role('article', name='東玄関')
    await expect(card.locator('.state').first).to_have_text('使えます')
    staff_box.do('unplug')
    await expect(card.locator('.state').first).to_have_text('つながっていません')
    staff_box.do('plug')
    await expect(card.locator('.state').first).to_have_text('使えます')


async def test_a_code_is_shown_with_its_address_and_enrols_one_tablet(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/desks')
    card = page.get_by_role('article', name='東玄関')
    tablets = await card.locator('.tablet').count()
    await card.get_by_role('button', name='端末を登録する').click()
    await expect(card.locator('.enrolment-address')).to_contain_text('/enrol/')
    address = await card.locator('.enrolment-address').text_content()
    await expect(card.locator('.enrolment-code')).to_have_text(re.compile(r'^\w{4} \w{4}$'))
    code = await card.locator('.enrolment-code').text_content()
    assert address is not None and code is not None
    assert address == f'{staff_box.address}/enrol/{code.replace(" ", "")}'
    assert _read(await card.locator('.qr-code').get_attribute('src') or '') == address
    path = address.removeprefix(staff_box.address)
    assert staff_box.get(path).status_code == 303
    await expect(card.locator('.tablet')).to_have_count(tablets + 1)
    assert staff_box.get(path).status_code == 403


async def test_a_revoked_tablet_is_one_no_more(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/desks')
    card = page.get_by_role('article', name='東玄関')
    await expect(card.get_by_role('button', name='端末を登録する')).to_be_visible()
    before = await card.locator('.tablet').count()
    await card.get_by_role('button', name='端末を登録する').click()
    await expect(card.locator('.enrolment-address')).to_contain_text('/enrol/')
    address = await card.locator('.enrolment-address').text_content() or ''
    enrolled = staff_box.get(address.removeprefix(staff_box.address))
    tablet = enrolled.headers['set-cookie'].split(';')[0]
    await expect(card.locator('.tablet')).to_have_count(before + 1)
    await card.get_by_role('button', name='登録を取り消す').last.click()
    await expect(page.get_by_role('alertdialog')).to_contain_text('5秒以内')
    await page.get_by_role('alertdialog').get_by_role('button', name='登録を取り消す').click()
    await expect(card.locator('.tablet')).to_have_count(before)
    assert staff_box.get('/', tablet).headers['location'] == '/sign-in'


async def test_a_desk_is_not_added_without_a_reader(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/desks')
    await page.get_by_label('名前').fill('西玄関')
    await page.get_by_role('button', name='追加する').click()
    await expect(page.locator('.message-failure')).to_contain_text('カードリーダーを選んでください')
    await expect(page.get_by_role('article')).to_have_count(1)


async def test_a_simulated_reader_serves_no_desk_of_a_real_box(page: Page, staff_box: StaffBox) -> None:
    staff_box.do('plug', reader='sim:模擬')
    await open_page(page, staff_box, '/staff/desks')
    await page.get_by_label('名前').fill('西玄関')
    await page.get_by_role('combobox', name='カードリーダー').click()
    await page.get_by_role('option', name='模擬リーダー 模擬').click()
    await page.get_by_role('button', name='追加する').click()
    await expect(page.locator('.message-failure')).to_contain_text('デモンストレーションでだけ使えます')
    await expect(page.get_by_role('article')).to_have_count(1)


async def test_a_touch_finds_the_reader_and_a_desk_is_added_and_removed(
    visitor: BrowserContext, demonstration: StaffBox
) -> None:
    page = await signed_in(visitor, demonstration, ADMINISTRATOR)
    await open_page(page, demonstration, '/staff/desks')
    await page.get_by_label('名前').fill('<b>西玄関</b>')
    await page.get_by_role('button', name='カードをタッチしてリーダーを見分ける').click()
    await expect(page.locator('.message-note')).to_contain_text('タッチしてください')
    demonstration.do('tap', reader='sim:予備')
    await expect(page.locator('.message-done')).to_contain_text('「模擬リーダー 予備」でした')
    await page.get_by_role('button', name='追加する').click()
    await expect(page.get_by_role('article', name='<b>西玄関</b>')).to_contain_text('使えます')
    await page.get_by_role('article', name='<b>西玄関</b>').get_by_role('button', name='窓口を外す').click()
    await page.get_by_role('alertdialog').get_by_role('button', name='窓口を外す').click()
    await expect(page.get_by_role('article')).to_have_count(1)


async def test_a_desk_of_the_shared_cars_can_be_added(visitor: BrowserContext, demonstration: StaffBox) -> None:
    page = await signed_in(visitor, demonstration, ADMINISTRATOR)
    await open_page(page, demonstration, '/staff/desks')
    await page.get_by_label('名前').fill('第一守衛室')
    await page.get_by_role('combobox', name='用途').click()
    await page.get_by_role('option', name='共用車の貸出・返却').click()
    await page.get_by_role('combobox', name='カードリーダー').click()
    await page.get_by_role('option', name='模擬リーダー 予備').click()
    await page.get_by_role('button', name='追加する').click()
    article = page.get_by_role('article', name='第一守衛室')
    await expect(article).to_contain_text('共用車の貸出・返却')
    await article.get_by_role('button', name='窓口を外す').click()
    await page.get_by_role('alertdialog').get_by_role('button', name='窓口を外す').click()
    await expect(page.get_by_role('article')).to_have_count(1)


async def test_a_desk_practises_for_a_set_time_and_says_until_when(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/desks')
    card = page.get_by_role('article', name='東玄関')
    await card.get_by_role('button', name='練習を始める').click()
    await expect(card).to_contain_text('時間が来ると自動で終わり')
    await card.get_by_role('button', name='30分だけ練習する').click()
    await expect(page.locator('.message-done')).to_contain_text('窓口「東玄関」は')
    await expect(card).to_contain_text('記録されません')
    await card.get_by_role('button', name='練習を終える').click()
    await expect(page.locator('.message-done')).to_contain_text('練習を終えました')
    await expect(card.get_by_role('button', name='練習を始める')).to_be_visible()
    await expect(card).not_to_contain_text('練習中')


def _read(image: str) -> str:
    png = np.frombuffer(base64.b64decode(image.partition(',')[2]), np.uint8)
    picture = cv2.imdecode(png, cv2.IMREAD_COLOR)
    assert picture is not None
    text, _corners, _straight = cv2.QRCodeDetector().detectAndDecode(picture)
    return str(text)
