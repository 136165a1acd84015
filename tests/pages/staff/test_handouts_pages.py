"""Handing out, stock, requests and benefits, over the socketless forms of an officer and of headquarters."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from tests.app.files.pictures import jpeg
from tests.pages.staff.conftest import CLERK, StaffBox, at_work, new_tab, run, signed_in
from tests.pages.staff.handouts_box import HEADQUARTERS_NUMBER, OFFICER_NUMBER

pytestmark = pytest.mark.asyncio(loop_scope='session')
HANDOUTS = '/staff/shelters/handouts'
STOCK, REQUESTS, ITEMS = f'{HANDOUTS}/stock', f'{HANDOUTS}/requests', f'{HANDOUTS}/items'
BENEFITS, DOUBLES = f'{HANDOUTS}/benefits', f'{HANDOUTS}/doubles'
PATHS = (HANDOUTS, STOCK, REQUESTS, ITEMS, f'{ITEMS}/new', BENEFITS, DOUBLES)
SCREENSHOTS = Path(__file__).parents[2] / 'screenshots'


@pytest.fixture(scope='session')
def handouts_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    yield from run('handouts_box.py', tmp_path_factory.mktemp('handouts'))


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def officer(browser: Browser, handouts_box: StaffBox) -> AsyncIterator[BrowserContext]:
    async with at_work(browser, handouts_box, OFFICER_NUMBER) as context:
        yield context


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def headquarters(browser: Browser, handouts_box: StaffBox) -> AsyncIterator[BrowserContext]:
    async with at_work(browser, handouts_box, HEADQUARTERS_NUMBER) as context:
        yield context


@pytest_asyncio.fixture(loop_scope='session')
async def tab(officer: BrowserContext) -> AsyncIterator[Page]:
    async with new_tab(officer) as page:
        yield page


@pytest_asyncio.fixture(loop_scope='session')
async def desk_of_headquarters(headquarters: BrowserContext) -> AsyncIterator[Page]:
    async with new_tab(headquarters) as page:
        yield page


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def numbers(headquarters: BrowserContext, handouts_box: StaffBox) -> list[str]:
    """Of Hanako, of Taro with his allergy, and of somebody protected."""
    page = await headquarters.new_page()
    await page.goto(f'{handouts_box.address}/staff/evacuees')
    shown = set(re.findall(r'[A-Z]{3}-\d{4}-\d', await page.content()))
    found = sorted(shown - {'KRM-0041-7'})
    await page.close()
    return found


def region(page: Page, name: str) -> Locator:
    """The part of the page with this name."""
    return page.get_by_role('region', name=name, exact=True)


async def give(page: Page, number: str, item: str) -> None:
    """Fill in the form of an officer."""
    await page.get_by_label('物', exact=True).select_option(label=item)
    await page.get_by_label('番号', exact=True).fill(number)
    await page.get_by_role('button', name='渡した記録をする').click()


async def test_an_officer_gives_by_number_and_takes_it_back(
    tab: Page, handouts_box: StaffBox, numbers: list[str]
) -> None:
    await tab.goto(handouts_box.address + HANDOUTS)
    await give(tab, numbers[0], '夕食')
    await expect(tab.get_by_role('status').first).to_contain_text('渡した記録をしました')
    await expect(region(tab, 'きょう配った数')).to_contain_text('夕食')
    row = region(tab, '渡した記録').get_by_role('row', name='夕食')
    await row.get_by_role('button', name='取り消す').click()
    await expect(row).to_contain_text('取り消し済み')


async def test_an_allergen_stops_until_the_officer_gives_a_reason(
    tab: Page, handouts_box: StaffBox, numbers: list[str]
) -> None:
    await tab.goto(handouts_box.address + HANDOUTS)
    await give(tab, numbers[1], '夕食')
    await expect(tab.get_by_role('alert')).to_contain_text('アレルギー / 卵')
    await tab.get_by_label('「アレルギー」でも渡す理由').fill('卵のおかずを除いて渡す')
    await tab.get_by_role('button', name='渡した記録をする').click()
    await expect(region(tab, '渡した記録')).to_contain_text('卵のおかずを除いて渡す')


async def test_a_protected_person_is_the_same_as_nobody_to_an_officer(
    tab: Page, desk_of_headquarters: Page, handouts_box: StaffBox, numbers: list[str]
) -> None:
    answers = []
    for number in (numbers[2], 'ZZZ-0000-0'):
        await tab.goto(handouts_box.address + HANDOUTS)
        await give(tab, number, '夕食')
        answers.append(await tab.get_by_role('alert').inner_text())
    assert answers[0] == answers[1]
    await desk_of_headquarters.goto(handouts_box.address + HANDOUTS)
    await give(desk_of_headquarters, numbers[2], '夕食')
    await expect(region(desk_of_headquarters, '渡した記録')).to_contain_text(numbers[2])
    await tab.goto(handouts_box.address + HANDOUTS)
    await expect(region(tab, '渡した記録')).not_to_contain_text(numbers[2])


async def test_an_item_is_added_with_its_rules_and_used_no_more(tab: Page, handouts_box: StaffBox) -> None:
    await tab.goto(f'{handouts_box.address}{ITEMS}/new')
    await tab.get_by_label('名前').fill('紙おむつ')
    await tab.get_by_label('1日に渡す回数').fill('2')
    await tab.get_by_label('乳幼児').check()
    await tab.get_by_role('button', name='保存する').click()
    row = tab.get_by_role('row', name='紙おむつ')
    await expect(row).to_contain_text('1人につき、1日2回まで')
    await expect(row).to_contain_text('対象: 乳幼児')
    await row.get_by_role('link').click()
    await tab.get_by_role('button', name='この品目を使わないようにする').click()
    await expect(tab.get_by_role('row', name='夕食')).to_be_visible()
    await expect(tab.get_by_role('row', name='紙おむつ')).to_have_count(0)


async def test_a_benefit_without_an_amount_is_refused_by_name(tab: Page, handouts_box: StaffBox) -> None:
    await tab.goto(f'{handouts_box.address}{ITEMS}/new')
    await tab.get_by_label('名前').fill('義援金')
    await tab.get_by_label('種類').select_option(label='給付金・見舞金')
    await tab.get_by_role('button', name='保存する').click()
    await expect(tab.get_by_role('alert')).to_contain_text('1円以上の額')


async def test_stock_comes_is_counted_and_warns(tab: Page, handouts_box: StaffBox) -> None:
    await tab.goto(handouts_box.address + STOCK)
    now = region(tab, 'いまの在庫')
    await expect(now.get_by_role('row', name='夕食')).to_contain_text('まもなく期限')
    await expect(now.get_by_role('row', name='飲料水')).to_contain_text('在庫がありません')
    await tab.get_by_label('物', exact=True).select_option(label='飲料水')
    await tab.get_by_label('数', exact=True).fill('24')
    await tab.get_by_role('button', name='記録する', exact=True).click()
    await expect(now.get_by_role('row', name='飲料水')).to_contain_text('24本')
    await expect(now.get_by_role('row', name='飲料水')).to_contain_text('要請を作る数より少ない')
    await tab.get_by_label('内容').select_option(label='廃棄した・ほかへ移した')
    await tab.get_by_label('数', exact=True).fill('1')
    await tab.get_by_role('button', name='記録する', exact=True).click()
    await expect(tab.get_by_role('alert')).to_contain_text('理由を200文字まで')


async def test_a_request_goes_from_the_shelter_to_headquarters_and_arrives(
    tab: Page, desk_of_headquarters: Page, handouts_box: StaffBox
) -> None:
    await tab.goto(handouts_box.address + REQUESTS)
    await tab.get_by_label('一覧にない物の名前').fill('発電機')
    await tab.get_by_label('数', exact=True).fill('3')
    await tab.get_by_role('button', name='下書きを作る').click()
    request = region(tab, '発電機')
    await request.get_by_role('button', name='本部へ送る').click()
    await expect(request).to_contain_text('本部へ送った')
    await expect(request.get_by_role('button', name='承認する')).to_have_count(0)
    await desk_of_headquarters.goto(handouts_box.address + REQUESTS)
    there = region(desk_of_headquarters, '発電機')
    await there.get_by_label('承認する数').fill('2')
    await there.get_by_role('button', name='承認する').click()
    await there.get_by_role('button', name='発送した').click()
    await expect(there).to_contain_text('発送済み')
    await tab.reload()
    await request.get_by_role('button', name='届いた').click()
    await expect(region(tab, '終わった要請')).to_contain_text('すべて届いた')


async def test_a_benefit_is_applied_for_shown_approved_by_another_and_paid(
    tab: Page, desk_of_headquarters: Page, handouts_box: StaffBox, numbers: list[str]
) -> None:
    await tab.goto(handouts_box.address + BENEFITS)
    await tab.get_by_label('申請する方の番号').fill(numbers[0])
    await tab.get_by_label('銀行').fill('北陸銀行')
    await tab.get_by_role('button', name='申請を受け付ける').click()
    await expect(tab.get_by_role('alert')).to_contain_text('口座:')
    await tab.get_by_label('銀行').fill('')
    await tab.get_by_role('button', name='申請を受け付ける').click()
    await expect(region(tab, '判断')).to_contain_text('災害対策本部の担当者が判断します')
    await desk_of_headquarters.goto(tab.url)
    await desk_of_headquarters.get_by_role('button', name='承認する').click()
    await expect(desk_of_headquarters.get_by_role('alert')).to_contain_text('確認書類の写真がありません')
    photo = FilePayload(name='risai.jpg', mimeType='image/jpeg', buffer=jpeg())
    await tab.get_by_label('写真').set_input_files(photo)
    await tab.get_by_role('button', name='写真を追加する').click()
    await expect(tab.get_by_text('写真を追加しました')).to_be_visible()
    picture = await tab.get_by_role('link', name='写真を見る 1').get_attribute('href')
    assert (await (await tab.context.request.get(f'{handouts_box.address}{picture}')).body()).startswith(b'\xff\xd8')
    await desk_of_headquarters.goto(tab.url.partition('?')[0])
    await desk_of_headquarters.get_by_role('button', name='承認する').click()
    await expect(desk_of_headquarters.get_by_text('判断を記録しました')).to_be_visible()
    paper = await desk_of_headquarters.get_by_role('link', name='受領書').get_attribute('href')
    answer = await desk_of_headquarters.context.request.get(f'{handouts_box.address}{paper}', timeout=60_000)
    assert (await answer.body()).startswith(b'%PDF')
    await desk_of_headquarters.goto(handouts_box.address + BENEFITS)
    await desk_of_headquarters.get_by_role('button', name='承認した分を支払いへ渡す').click()
    for form, start in (('Excel(XLSX)', b'PK'), ('CSV', b'\xef\xbb\xbf')):
        href = await desk_of_headquarters.get_by_role('link', name=form).get_attribute('href')
        file = await desk_of_headquarters.context.request.get(f'{handouts_box.address}{href}', timeout=60_000)
        assert (await file.body()).startswith(start)
    await desk_of_headquarters.goto(handouts_box.address + BENEFITS)
    await expect(region(desk_of_headquarters, '申請')).to_contain_text('支払いへ渡した')


async def test_an_officer_cannot_decide_for_headquarters(tab: Page, handouts_box: StaffBox) -> None:
    await tab.goto(handouts_box.address + REQUESTS)
    await tab.get_by_label('一覧にない物の名前').fill('毛布乾燥機')
    await tab.get_by_label('数', exact=True).fill('1')
    await tab.get_by_role('button', name='下書きを作る').click()
    request = region(tab, '毛布乾燥機')
    await request.get_by_role('button', name='本部へ送る').click()
    await expect(request).to_contain_text('本部へ送った')
    action = await request.locator('form').first.get_attribute('action')
    headers = {'Origin': handouts_box.address}
    command = f'{handouts_box.address}{action}/command'
    answer = await tab.context.request.post(command, form={'act': 'approve'}, headers=headers)
    assert answer.status == 403
    await tab.reload()
    await expect(request).to_contain_text('本部へ送った')
    await request.get_by_role('button', name='取り下げる').click()
    await expect(region(tab, '終わった要請')).to_contain_text('毛布乾燥機')


async def test_the_application_of_somebody_protected_is_to_an_officer_as_if_there_were_none(
    tab: Page, desk_of_headquarters: Page, handouts_box: StaffBox, numbers: list[str]
) -> None:
    page = desk_of_headquarters
    await page.goto(handouts_box.address + BENEFITS)
    await page.get_by_label('申請する方の番号').fill(numbers[2])
    await page.get_by_role('button', name='申請を受け付ける').click()
    await expect(region(page, '申請の内容')).to_contain_text(numbers[2])
    await expect(page.locator('body')).not_to_contain_text('秘密')
    for address in (page.url, f'{handouts_box.address}{BENEFITS}/00000000-0000-4000-8000-000000000000'):
        await tab.goto(address)
        await expect(tab.get_by_text('この申請はありません')).to_be_visible()
    await tab.goto(handouts_box.address + BENEFITS)
    await expect(region(tab, '申請')).not_to_contain_text(numbers[2])


async def test_a_second_claim_is_seen_at_both_shelters(tab: Page, handouts_box: StaffBox, numbers: list[str]) -> None:
    await tab.goto(handouts_box.address + DOUBLES)
    row = tab.get_by_role('row', name='毛布')
    for words in (numbers[0], '泉公民館', '弥生さくら小学校', '渡す回数の上限'):
        await expect(row).to_contain_text(words)


async def test_the_home_page_says_what_waits_for_whom(
    tab: Page, desk_of_headquarters: Page, handouts_box: StaffBox
) -> None:
    await tab.goto(f'{handouts_box.address}/staff')
    await expect(region(tab, '要対応')).to_contain_text('弥生さくら小学校: まもなく期限の物が1品あります')
    await tab.goto(handouts_box.address + REQUESTS)
    await tab.get_by_label('一覧にない物の名前').fill('担架')
    await tab.get_by_label('数', exact=True).fill('1')
    await tab.get_by_role('button', name='下書きを作る').click()
    await region(tab, '担架').get_by_role('button', name='本部へ送る').click()
    await expect(region(tab, '担架')).to_contain_text('本部へ送った')
    await desk_of_headquarters.goto(f'{handouts_box.address}/staff')
    await expect(region(desk_of_headquarters, '要対応')).to_contain_text('避難所からの要請が答えを待っています: 1件')
    await tab.goto(f'{handouts_box.address}/staff')
    await expect(region(tab, '要対応')).not_to_contain_text('答えを待っています')


@pytest.mark.parametrize('width', [800, 1280])
async def test_nothing_is_wider_than_the_screen(desk_of_headquarters: Page, handouts_box: StaffBox, width: int) -> None:
    page = desk_of_headquarters
    await page.set_viewport_size({'width': width, 'height': 1280 if width == 800 else 800})
    SCREENSHOTS.mkdir(exist_ok=True)
    for path in PATHS:
        await page.goto(handouts_box.address + path)
        await expect(page.get_by_role('heading', level=1)).to_be_visible()
        assert await page.evaluate('document.documentElement.scrollWidth') <= width, path
        name = path.removeprefix(HANDOUTS).replace('/', '_') or '_list'
        await page.screenshot(path=SCREENSHOTS / f'handouts{name}_{width}.png', full_page=True)


async def test_the_pages_are_for_those_who_run_a_shelter(visitor: BrowserContext, handouts_box: StaffBox) -> None:
    clerk = await signed_in(visitor, handouts_box, CLERK)
    for path in PATHS:
        answer = await clerk.goto(handouts_box.address + path)
        assert answer is not None
        assert answer.status == 403
