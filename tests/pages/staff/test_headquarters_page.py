"""Headquarters look at 220 shelters, on a map and in a table."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import APIResponse, Browser, BrowserContext, Page, expect

from tests.pages.staff.conftest import StaffBox, run, signed_in
from tests.pages.staff.headquarters_box import HEADQUARTERS_NUMBER, LONG_NAME, OFFICER_NUMBER

pytestmark = pytest.mark.asyncio(loop_scope='session')
BOARD = '/staff/headquarters'


@pytest.fixture(scope='session')
def city_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    yield from run('headquarters_box.py', tmp_path_factory.mktemp('headquarters'))


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def headquarters(browser: Browser, city_box: StaffBox) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    await (await signed_in(context, city_box, HEADQUARTERS_NUMBER)).close()
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope='session')
async def tab(headquarters: BrowserContext) -> AsyncIterator[Page]:
    page = await headquarters.new_page()
    yield page
    await page.close()


async def post(tab: Page, box: StaffBox, path: str, **form: str) -> APIResponse:
    """What a form of headquarters is answered."""
    headers = {'Origin': box.address}
    data: dict[str, str | float | bool] = dict(form)
    return await tab.context.request.post(f'{box.address}{BOARD}{path}', form=data, headers=headers, timeout=60_000)


async def test_the_sums_tell_what_is_open_and_what_is_the_matter(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(city_box.address + BOARD)
    sums = tab.get_by_role('region', name='全体')
    await expect(sums).to_contain_text('125か所')
    await expect(sums).to_contain_text('うち住民による開設 1')
    await expect(sums).to_contain_text('5,100人')
    await expect(sums).to_contain_text('人数が未確認 1か所')


async def test_what_another_box_tells_counts_and_says_how_old_it_is(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(f'{city_box.address}{BOARD}?order=people')
    boxes = tab.get_by_role('row', name='泉野小学校の箱')
    await expect(boxes.first).to_contain_text('分前の数字')
    await expect(boxes.first).to_contain_text('古い数字です')
    row = tab.get_by_role('region', name='避難所ごと').get_by_role('row', name='第151避難所小学校')
    await expect(row).to_contain_text('泉野小学校の箱')
    await expect(row).to_contain_text('77人')


async def test_a_call_for_help_stands_first_then_what_residents_opened(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(city_box.address + BOARD)
    rows = tab.get_by_role('region', name='避難所ごと').locator('tbody tr')
    await expect(rows).to_have_count(50)
    await expect(rows.nth(0)).to_contain_text('緊急の応援 1件')
    await expect(rows.nth(1)).to_contain_text('住民が開設、職員の引き継ぎ待ち')
    await expect(tab.get_by_text('220件中 1–50')).to_be_visible()


async def test_the_map_has_every_shelter_and_names_what_can_be_named(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(city_box.address + BOARD)
    drawing = tab.get_by_role('img', name='避難所の地図')
    await expect(drawing).to_be_visible()
    assert await drawing.locator('g > title').count() == 220
    await tab.get_by_label('状態').select_option('full')
    await tab.get_by_role('button', name='表示する').click()
    await expect(
        tab.get_by_role('img', name='避難所の地図').locator('text', has_text='第3避難所小学校')
    ).to_be_visible()


async def test_a_filter_is_kept_and_what_matches_nothing_says_so(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(city_box.address + BOARD)
    await tab.get_by_label('校下').select_option('長町')
    await tab.get_by_label('並べ方').select_option('people')
    await tab.get_by_role('button', name='表示する').click()
    await expect(tab.get_by_label('校下')).to_have_value('長町')
    first = tab.get_by_role('region', name='避難所ごと').locator('tbody tr').first
    await expect(first).to_contain_text('第68避難所小学校')
    await tab.goto(f'{city_box.address}{BOARD}?district=どこにもない')
    await expect(tab.get_by_text('当てはまる避難所はありません')).to_be_visible()
    await expect(tab.get_by_text('緯度と経度の分かる避難所がありません。')).to_be_visible()


async def test_a_drill_is_looked_at_apart_and_says_so(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(city_box.address + BOARD)
    await tab.get_by_role('link', name='訓練の数字を見る').click()
    await expect(tab.get_by_text('訓練', exact=True)).to_be_visible()
    await expect(tab.get_by_role('region', name='避難所ごと').locator('tbody tr')).to_have_count(1)


@pytest.mark.parametrize('width', [800, 1280])
async def test_nothing_is_wider_than_the_screen_however_long_a_name(tab: Page, city_box: StaffBox, width: int) -> None:
    await tab.set_viewport_size({'width': width, 'height': 1280 if width == 800 else 800})
    await tab.goto(city_box.address + BOARD)
    await expect(tab.get_by_role('link', name=LONG_NAME)).to_be_visible()
    assert await tab.evaluate('document.documentElement.scrollWidth') <= width


async def test_the_page_is_for_headquarters_alone(visitor: BrowserContext, city_box: StaffBox) -> None:
    officer = await signed_in(visitor, city_box, OFFICER_NUMBER)
    for path in ('', '/files', '/ledger', '/handing-over'):
        answer = await officer.goto(city_box.address + BOARD + path)
        assert answer is not None
        assert answer.status == 403


async def test_each_template_makes_a_file_and_says_that_its_columns_are_not_confirmed(
    tab: Page, city_box: StaffBox
) -> None:
    await tab.goto(city_box.address + BOARD)
    await tab.get_by_role('link', name='ほかのシステムへ渡すファイル').click()
    card = tab.get_by_role('region', name='クロスゼロ 避難所の開設状況(CSV)')
    await expect(card).to_contain_text('列は未確認です')
    await expect(card.get_by_role('button', name='ファイルを作る')).to_be_visible()
    answer = await post(tab, city_box, '/files/export', template='x_zero')
    assert "filename*=UTF-8''x_zero_" in answer.headers['content-disposition']
    lines = (await answer.body()).decode('utf-8-sig').splitlines()
    assert lines[0].startswith('避難所ID,避難所名,開設状況')
    assert len(lines) == 127


async def test_the_ledger_asks_for_a_purpose_and_is_a_workbook(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(f'{city_box.address}{BOARD}/ledger')
    purpose = tab.get_by_label('提供先と目的')
    await purpose.evaluate("field => { field.required = false; field.value = '' }")
    await tab.get_by_role('button', name='台帳を出力する').click()
    await expect(tab.get_by_role('alert')).to_contain_text('提供先と目的を')
    for kind, start in (('xlsx', b'PK'), ('csv', b'\xef\xbb\xbf')):
        answer = await post(tab, city_box, '/ledger/take', purpose='福祉課、生活再建の支援', format=kind)
        assert (await answer.body()).startswith(start)


async def test_handing_over_makes_a_paper_that_the_next_one_is_compared_with(tab: Page, city_box: StaffBox) -> None:
    await tab.goto(f'{city_box.address}{BOARD}/handing-over')
    await expect(tab.get_by_text('まだ引き継ぎがありません')).to_be_visible()
    answer = await post(tab, city_box, '/handing-over/print')
    assert (await answer.body()).startswith(b'%PDF')
    await tab.reload()
    await expect(tab.get_by_role('region', name='これまでの引き継ぎ')).to_contain_text('125か所')
    await expect(tab.get_by_label('どの引き継ぎと比べるか')).to_be_visible()
