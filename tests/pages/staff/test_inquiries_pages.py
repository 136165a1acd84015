"""The pages of inquiries, of protected people and of those who need help, in a browser."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.pages.staff.conftest import StaffBox, run, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')
INQUIRIES, PROTECTED, VULNERABLE = (f'/staff/shelters/{page}' for page in ('inquiries', 'protected', 'vulnerable'))
NOTHING = 'お尋ねの方について、お答えできる情報はありません。'


@pytest.fixture(scope='module')
def inquiries_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    yield from run('inquiries_box.py', tmp_path_factory.mktemp('inquiries'))


@pytest_asyncio.fixture(loop_scope='session', scope='module')
async def headquarters(browser: Browser, inquiries_box: StaffBox) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    yield await signed_in(context, inquiries_box, '1001')
    await context.close()


async def ask(page: Page, box: StaffBox, name: str, relation: str = 'household') -> None:
    await page.goto(box.address + INQUIRIES)
    fields = {
        'inquirer_name': '加賀 太郎',
        'inquirer_address': '富山市新桜町7-38',
        'name': name,
        'birth_date': '1946-03-01',
        'reason': '連絡が取れない',
    }
    for field, words in fields.items():
        await page.fill(f'[name={field}]', words)
    await page.select_option('[name=identity]', 'licence')
    await page.select_option('[name=relation]', relation)
    await page.get_by_role('button', name='答えを見る').click()
    await page.wait_for_url(re.compile(f'{INQUIRIES}/[0-9a-f-]{{36}}$'))


async def test_a_relative_is_told_where_somebody_is_and_the_telling_is_recorded(
    headquarters: Page, inquiries_box: StaffBox
) -> None:
    await ask(headquarters, inquiries_box, '金沢花子')
    await expect(headquarters.locator('.answer-words')).to_contain_text('泉小学校にいます')
    await headquarters.get_by_role('button', name='伝えた', exact=True).click()
    await expect(headquarters.get_by_text('伝えました')).to_be_visible()
    await headquarters.goto(inquiries_box.address + INQUIRIES)
    await expect(headquarters.get_by_role('link', name='金沢花子').first).to_be_visible()


async def bytes_of_answer(page: Page, box: StaffBox, name: str) -> tuple[str, int]:
    """The page as the server sends it, without ids, times and the name that was asked for."""
    await ask(page, box, name)
    cookies = '; '.join(f'{one.get("name")}={one.get("value")}' for one in await page.context.cookies())
    answer = box.get(page.url.removeprefix(box.address), cookies)
    plain = re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}|\d{1,2}:\d\d', '*', answer.text).replace(name, '*')
    return re.sub(r'[?&]\w*=?[0-9a-f]{6,}|"token": *"\w+"', '*', plain), len(answer.content)


async def test_the_page_for_a_protected_person_is_that_for_an_absent_one_byte_by_byte(
    headquarters: Page, inquiries_box: StaffBox
) -> None:
    protected, length = await bytes_of_answer(headquarters, inquiries_box, '能登春香')
    absent, length_of_absent = await bytes_of_answer(headquarters, inquiries_box, '白山春代')
    assert NOTHING in protected
    assert protected == absent
    assert length == length_of_absent


async def test_what_is_missing_is_said_and_what_was_typed_stays(headquarters: Page, inquiries_box: StaffBox) -> None:
    await headquarters.goto(inquiries_box.address + INQUIRIES)
    for field in ('inquirer_name', 'inquirer_address', 'name', 'reason'):
        await headquarters.fill(f'[name={field}]', f'試験 {field}')
    await headquarters.get_by_role('button', name='答えを見る').click()
    await expect(headquarters.get_by_role('alert')).to_contain_text('本人であることを確かめ')
    await expect(headquarters.locator('[name=reason]')).to_have_value('試験 reason')


async def test_the_answer_is_printed(headquarters: Page, inquiries_box: StaffBox) -> None:
    await ask(headquarters, inquiries_box, '白山春代')
    async with headquarters.expect_download() as download:
        await headquarters.get_by_role('link', name='回答を印刷する').click()
    assert (await (await download.value).path()).read_bytes().startswith(b'%PDF')


async def test_only_those_who_agreed_are_published(headquarters: Page, inquiries_box: StaffBox) -> None:
    await headquarters.goto(inquiries_box.address + INQUIRIES)
    async with headquarters.expect_download() as download:
        await headquarters.get_by_role('link', name='CSV(UTF-8)').click()
    words = (await (await download.value).path()).read_text(encoding='utf-8-sig')
    assert '金沢 花子' in words
    assert '広坂' in words
    assert '能登' not in words
    assert '髙田' not in words
    assert '1-1-1' not in words


async def test_a_shelter_officer_reaches_none_of_these_pages(browser: Browser, inquiries_box: StaffBox) -> None:
    context = await browser.new_context(locale='ja-JP')
    page = await signed_in(context, inquiries_box, '1002')
    for path in (INQUIRIES, PROTECTED, VULNERABLE):
        answer = await page.goto(inquiries_box.address + path)
        assert answer is not None
        assert answer.status == 403
    await context.close()


async def test_a_protected_record_opens_with_a_reason_and_not_in_another_session(
    headquarters: Page, inquiries_box: StaffBox, browser: Browser
) -> None:
    await headquarters.goto(inquiries_box.address + PROTECTED)
    number = await headquarters.locator('td').first.inner_text()
    await expect(headquarters.get_by_text('能登')).to_have_count(0)
    await headquarters.fill('[name=number]', number)
    await headquarters.fill('[name=reason]', '薬の受け渡し')
    await headquarters.get_by_role('button', name='実行する').click()
    await expect(headquarters.get_by_text('能登 春香')).to_be_visible()
    address = headquarters.url
    other: BrowserContext = await browser.new_context(locale='ja-JP')
    page = await signed_in(other, inquiries_box, '1001')
    await page.goto(address)
    await expect(page.get_by_text('記録は閉じました')).to_be_visible()
    await other.close()


async def test_the_list_opens_with_a_disaster_and_closes_with_its_end(
    headquarters: Page, inquiries_box: StaffBox
) -> None:
    page = headquarters
    await page.goto(inquiries_box.address + VULNERABLE)
    await expect(page.get_by_text('名簿は閉じています。')).to_be_visible()
    await expect(page.get_by_text('名簿 3人')).to_be_visible()
    await expect(page.get_by_text('金沢 花子')).to_have_count(0)

    await page.fill('[name=name]', '令和8年地震')
    await page.fill('[name=reason]', '震度6弱')
    await page.get_by_role('button', name='宣言して名簿を開く').click()
    await expect(page.get_by_role('link', name='金沢 花子')).to_be_visible()
    await page.get_by_role('link', name='金沢 花子').click()
    await page.get_by_role('button', name='同じ人', exact=True).click()
    await expect(page.get_by_text('同じ人だと確かめてあります')).to_be_visible()

    await page.goto(inquiries_box.address + VULNERABLE)
    await page.get_by_role('link', name='髙田 一').click()
    await page.select_option('[name=result]', 'needs_rescue')
    await page.fill('[name=note]', '2階で動けない')
    await page.get_by_role('button', name='結果を記録する').click()
    await expect(page.get_by_role('cell', name='救助が必要')).to_be_visible()
    async with page.expect_download() as download:
        await page.get_by_role('link', name='電話連絡票を印刷する').click()
    assert (await (await download.value).path()).read_bytes().startswith(b'%PDF')

    await page.check('[name=sure]')
    await page.get_by_role('button', name='終えて名簿を閉じる').click()
    await expect(page.get_by_text('名簿を閉じました')).to_be_visible()
    await expect(page.get_by_text('髙田')).to_have_count(0)


@pytest.mark.parametrize('width', [1280, 800])
async def test_no_page_is_wider_than_its_window(headquarters: Page, inquiries_box: StaffBox, width: int) -> None:
    await headquarters.set_viewport_size({'width': width, 'height': 800})
    for path in (INQUIRIES, PROTECTED, VULNERABLE):
        await headquarters.goto(inquiries_box.address + path)
        over = await headquarters.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        assert over <= 0, path
