"""How Garoon is, and taking over its CSV."""

import pytest
from playwright.async_api import BrowserContext, FilePayload, Page, expect

from app.vehicles.garoon.csv_import import COLUMNS
from pages.staff.reservations import UPLOAD
from tests.pages.staff.conftest import CLERK, StaffBox, open_page, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')
PATH = '/staff/reservations'


async def send(page: Page, box: StaffBox, *rows: str) -> None:
    await open_page(page, box, PATH)
    content = '\n'.join((','.join(COLUMNS), *rows)).encode('cp932')
    await page.locator('input[name=list]').set_input_files(
        FilePayload(name='予定.csv', mimeType='text/csv', buffer=content)
    )
    await page.get_by_role('button', name='内容を確かめる').click()
    await page.wait_for_url(f'**{PATH}')


async def test_a_file_is_looked_at_before_it_is_taken_over(page: Page, staff_box: StaffBox) -> None:
    good = '2026-11-24,09:00:00,2026-11-24,10:30:00,外出,<b>税務署</b>,,"1001,res-1",1002'
    await send(page, staff_box, good, good.replace('10:30:00', '25:30:00'))
    await expect(page.locator('.figure-number')).to_have_text(['1件', '0件', '0件', '0件'])
    await expect(page.locator('.data-table')).to_contain_text('<b>税務署</b>')
    await expect(page.locator('.message-warning')).to_contain_text('読み取れない行が 1 行')
    await expect(page.locator('.panel .problems')).to_contain_text('3 行目')
    await page.get_by_role('button', name='取り込む', exact=True).click()
    await expect(page.locator('.message-done')).to_contain_text('追加 1件')

    await send(page, staff_box, good)
    await expect(page.get_by_text('変わるところはありません')).to_be_visible()


async def test_a_file_that_cannot_be_read_changes_nothing(page: Page, staff_box: StaffBox) -> None:
    await send(page, staff_box)
    await open_page(page, staff_box, PATH)
    await page.locator('input[name=list]').set_input_files(
        FilePayload(name='x.csv', mimeType='text/csv', buffer=b'\xff\xfe\x00\x00')
    )
    await page.get_by_role('button', name='内容を確かめる').click()
    await expect(page.locator('.message-failure')).to_contain_text('何も変わっていません')


async def test_the_page_says_how_garoon_is(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, PATH)
    await expect(page.get_by_text('接続の設定はありません')).to_be_visible()


async def test_the_page_is_for_car_managers_alone(visitor: BrowserContext, staff_box: StaffBox, cookie: str) -> None:
    clerk = await signed_in(visitor, staff_box, CLERK)
    answer = await clerk.goto(f'{staff_box.address}{PATH}')
    assert answer is not None
    assert answer.status == 403
    assert staff_box.post(UPLOAD, b'x', cookie, 'https://elsewhere.example').status_code == 403


async def test_a_list_of_logins_takes_effect_and_one_without_its_columns_changes_nothing(
    page: Page, staff_box: StaffBox
) -> None:
    async def upload(content: str) -> None:
        await open_page(page, staff_box, PATH)
        file = FilePayload(name='利用者.csv', mimeType='text/csv', buffer=content.encode())
        await page.locator('input[name=logins]').set_input_files(file)
        await page.get_by_role('button', name='対応表を取り込む').click()

    await upload('ログイン名,従業員番号\nyamada.t,1001\nsato.h,1002\n')
    await expect(page.locator('.message-done')).to_contain_text('対応表を取り込みました')
    await expect(page.get_by_text('対応表: 2人')).to_be_visible()
    await upload('氏名\n山田\n')
    await expect(page.locator('.message-failure')).to_contain_text('何も変わっていません')
