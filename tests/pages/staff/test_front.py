"""The first page and the home of staff."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.pages.staff.conftest import CLERK, StaffBox, open_page, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')

PLACES = {
    '公用車': [
        *('車の使用状況', '運行記録', 'アルコール検知記録', '車両台帳', '運転者と守衛', 'アルコール検知器'),
        *('適切な台数', '予約の読み込み'),
    ],
    '避難所': [
        '避難所',
        '避難所の受付',
        '避難者',
        '紙の登録票の入力',
        '点呼',
        '避難所のお知らせと呼び出し',
        '避難所のニーズ',
        '配布と給付',
        '状況報告',
        '健康の記録',
        '仕事の分担と引き継ぎ',
    ],
    '災害対策本部': [
        '災害対策本部',
        '安否情報の照会',
        '避難行動要支援者',
        '保護が必要な方',
        '在宅・車中泊の方',
        '本部への写し',
        '災害の終わりと匿名化',
        'お知らせ',
    ],
    '職員とカード': ['カード', '職員名簿の取り込み', 'アカウント', '自分のアカウント'],
    '窓口と記録': ['窓口と端末', '記録簿', '廃棄リスト'],
}


async def test_a_stranger_is_sent_to_the_sign_in(staff_box: StaffBox) -> None:
    assert staff_box.get('/').headers['location'] == '/sign-in'


async def test_a_signed_in_person_is_sent_home(page: Page, staff_box: StaffBox) -> None:
    await page.goto(staff_box.address)
    assert page.url == f'{staff_box.address}/staff'


async def test_an_enrolled_tablet_is_sent_to_its_desk(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff/desks')
    await page.get_by_role('button', name='端末を登録する').first.click()
    await expect(page.locator('.enrolment-address')).to_contain_text('/enrol/')
    address = await page.locator('.enrolment-address').text_content() or ''
    enrolled = staff_box.get(address.removeprefix(staff_box.address))
    tablet = enrolled.headers['set-cookie'].split(';')[0]
    assert staff_box.get('/', tablet).headers['location'] == '/kiosk'


async def test_an_administrator_finds_everything_at_home(page: Page, staff_box: StaffBox) -> None:
    await open_page(page, staff_box, '/staff')
    for group, places in PLACES.items():
        section = page.get_by_role('region', name=group, exact=True)
        assert await section.locator('.place-label').all_text_contents() == places


async def test_a_clerk_finds_only_what_they_may_do(visitor: BrowserContext, staff_box: StaffBox) -> None:
    page = await signed_in(visitor, staff_box, CLERK)
    assert await page.locator('.place-label').all_text_contents() == ['カード', '自分のアカウント']


async def test_a_clerk_is_not_shown_what_they_may_not_do(visitor: BrowserContext, staff_box: StaffBox) -> None:
    page = await signed_in(visitor, staff_box, CLERK)
    for path in ('desks', 'staff-list', 'journal', 'journal/refused', 'journal/lines/1'):
        answer = await page.goto(f'{staff_box.address}/staff/{path}')
        assert answer is not None
        assert (path, answer.status) == (path, 403)


@pytest.mark.parametrize('path', ['', '/desks', '/cards', '/staff-list', '/journal', '/journal/lines/1'])
async def test_a_stranger_is_asked_to_sign_in_first(staff_box: StaffBox, path: str) -> None:
    answer = staff_box.get(f'/staff{path}')
    assert (answer.status_code, answer.headers['location'].split('?')[0]) == (303, '/sign-in')


async def test_an_unplugged_reader_is_named_at_home_with_what_to_do(page: Page, staff_box: StaffBox) -> None:
    staff_box.do('unplug')
    await open_page(page, staff_box, '/staff')
    await expect(page.locator('.concern').first).to_contain_text('東玄関のカードリーダー: つながっていません')
    await expect(page.locator('.concern').first).to_contain_text('から')
    await expect(page.locator('.concern').first).to_contain_text('USBケーブルを差し直してください')
    staff_box.do('plug')
    await open_page(page, staff_box, '/staff')
    await expect(page.get_by_text('つながっていません')).to_have_count(0)
