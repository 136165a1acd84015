"""The journal in the hands of an administrator."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.pages.staff.conftest import StaffBox, open_page

pytestmark = pytest.mark.asyncio(loop_scope='session')


async def test_the_newest_line_says_that_the_journal_is_being_read(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/journal')
    row = page.locator('.data-table tbody tr').first
    await expect(row).to_contain_text('記録簿を閲覧')
    await expect(row).to_contain_text('山田\u3000太郎(パスワード)')


async def test_paging_writes_no_further_line(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/journal')
    await expect(page.locator('.table-range')).to_contain_text('1–50')
    newest = await page.locator('.cell-link').first.text_content()
    await page.get_by_role('button', name='次へ').click()
    await expect(page.locator('.table-range')).to_contain_text('51–100')
    await page.get_by_role('button', name='前へ').click()
    await expect(page.locator('.cell-link').first).to_have_text(newest or '')


async def test_a_filter_has_an_address_of_its_own(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/journal')
    await page.get_by_label('内容').select_option(label='職員を追加')
    await page.get_by_label('対象の職員番号').fill('１００３')
    await page.get_by_role('button', name='絞り込む').click()
    await expect(page).to_have_url(re.compile('kind=people.staff_added&number='))
    await expect(page.locator('.data-table tbody tr')).to_have_count(1)
    await expect(page.get_by_label('対象の職員番号')).to_have_value('1003')


@pytest.mark.parametrize(
    ('query', 'message'),
    [
        ('number=9999', '職員番号 9999 の職員は見つかりません'),
        ('first=yesterday', '日付を読み取れません'),
        ('first=2026-12-01&last=2026-11-01', '期間の始まりが終わりより後になっています'),
    ],
)
async def test_a_filter_that_cannot_be_understood_finds_nothing_and_says_why(
    page: Page, staff_box: StaffBox, query: str, message: str
) -> None:
    await open_page(page, staff_box, f'/staff/journal?{query}')
    await expect(page.get_by_text(message)).to_be_visible()
    await expect(page.get_by_text('当てはまる記録はありません')).to_be_visible()


async def test_one_line_is_shown_whole_with_its_place_in_the_chain(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/journal?kind=people.staff_added&number=1002')
    await page.locator('.cell-link').first.click()
    for words in ('職員を追加', '髙田\u3000さくら', 'タカタ\u3000サクラ', '本体', '前の行のハッシュ'):
        await expect(page.get_by_text(words).first).to_be_visible()
    assert re.fullmatch('[0-9a-f]{64}', await page.locator('.fact dd.code').last.text_content() or '')


@pytest.mark.parametrize('number', ['999999', '0', '-1', 'x', '9' * 40])
async def test_a_line_that_does_not_exist_is_said_to_be_none(page: Page, staff_box: StaffBox, number: str) -> None:
    answer = await page.goto(f'{staff_box.address}/staff/journal/lines/{number}')
    assert answer is not None
    assert answer.status == 404
    await expect(page.get_by_text('この番号の記録はありません')).to_be_visible()


async def test_the_check_says_plainly_that_nothing_was_changed(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/journal')
    await page.get_by_role('button', name='改ざん確認を始める').click()
    await expect(page.locator('.message-done')).to_contain_text('改ざんは見つかりませんでした')


async def test_refused_acts_stand_on_the_second_tab(page: Page, staff_box: StaffBox) -> None:
    await page.request.post(f'{staff_box.address}/staff/desks', headers={'Origin': 'https://elsewhere.example'})
    staff_box.do('sweep')
    await open_page(page, staff_box, '/staff/journal')
    await page.get_by_role('link', name='受け付けなかった操作').click()
    await expect(page.locator('.data-table tbody tr').first).to_contain_text('ページを開けなかった')
