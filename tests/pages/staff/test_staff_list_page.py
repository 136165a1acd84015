"""Taking over a staff list."""

import pytest
from playwright.async_api import FilePayload, Page, expect

from pages.staff.staff_list import LARGEST_LIST_BYTES, UPLOAD
from tests.app.documents.workbooks import as_workbook
from tests.pages.staff.conftest import StaffBox, open_page

pytestmark = pytest.mark.asyncio(loop_scope='session')
HEADER = '職員番号,氏名,フリガナ,所属\n'


async def send(page: Page, box: StaffBox, content: bytes, name: str = '../名簿.csv') -> None:
    await open_page(page, box, '/staff/staff-list')
    file = FilePayload(name=name, mimeType='', buffer=content)
    await page.locator('input[type=file]').set_input_files(file)
    await page.get_by_role('button', name='内容を確かめる').click()
    await page.wait_for_url('**/staff/staff-list')


async def test_a_list_is_looked_at_before_it_is_taken_over(page: Page, staff_box: StaffBox) -> None:
    await send(
        page,
        staff_box,
        f'{HEADER}5001,<b>北</b>\u3000一,キタ,市民課\n2001,試験\u30002001,シケン,道路管理課\n'.encode('cp932'),
    )
    await expect(page.locator('.figure-number')).to_have_text(['1人', '1人', '0人'])
    await expect(page.locator('.data-table')).to_contain_text('<b>北</b>')
    await page.get_by_role('button', name='取り込む').click()
    await expect(page.locator('.message-done')).to_contain_text('追加 1人、変更 1人')


async def test_a_spreadsheet_is_taken_as_a_csv_is(page: Page, staff_box: StaffBox) -> None:
    rows = [('職員番号', '氏名', 'フリガナ', '所属'), (5002, '南 二', 'ミナミ', '市民課')]
    await send(page, staff_box, as_workbook(rows), '名簿.xlsx')
    await expect(page.locator('.figure-number')).to_have_text(['1人', '0人', '0人'])
    await expect(page.locator('.data-table')).to_contain_text('5002')


async def test_a_spreadsheet_that_is_none_says_what_to_do(page: Page, staff_box: StaffBox) -> None:
    await send(page, staff_box, as_workbook([('職員番号',)])[:-300], '名簿.xlsx')
    await expect(page.locator('.problems')).to_contain_text('保存し直してください')


async def test_a_wrong_list_changes_nothing_and_names_every_line(page: Page, staff_box: StaffBox) -> None:
    await send(page, staff_box, f'{HEADER}6001,北,キタ,市民課\n6001,南,ミナミ,市民課\n6002,=1+1,ア,市民課\n'.encode())
    await expect(page.locator('.message-failure')).to_contain_text('何も変わっていません')
    await expect(page.locator('.problems > li')).to_have_count(2)
    await open_page(page, staff_box, '/staff/cards')
    await page.get_by_label('職員番号、氏名またはフリガナ').fill('6001')
    await page.keyboard.press('Enter')
    await expect(page.get_by_text('見つかりませんでした')).to_be_visible()


async def test_an_empty_file_says_so(page: Page, staff_box: StaffBox) -> None:
    await send(page, staff_box, b'')
    await expect(page.locator('.problems')).to_contain_text('空です')


async def test_a_list_that_changes_nothing_offers_no_button(page: Page, staff_box: StaffBox) -> None:
    await send(page, staff_box, f'{HEADER}2002,試験\u30002002,シケン,市民課\n'.encode())
    await expect(page.get_by_text('変わるところはありません')).to_be_visible()
    await expect(page.get_by_role('button', name='取り込む')).to_have_count(0)


async def test_a_list_that_is_too_large_is_refused_before_it_is_read(cookie: str, staff_box: StaffBox) -> None:
    content = b'x' * (LARGEST_LIST_BYTES + 1)
    assert staff_box.post(UPLOAD, content, cookie, staff_box.address).status_code == 413


async def test_a_list_from_another_site_is_refused(cookie: str, staff_box: StaffBox) -> None:
    assert staff_box.post(UPLOAD, b'x', cookie, 'https://elsewhere.example').status_code == 403
