"""適切な台数, over the invented trips of 400 days."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from app import clock
from tests.pages.staff.conftest import ADMINISTRATOR, CLERK, StaffBox, open_page, run, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')
FLEET = '/staff/fleet'
WAIT_MILLISECONDS = 30_000


@pytest.fixture(scope='session')
def fleet_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    """A box whose cars were used for a year."""
    yield from run('fleet_box.py', tmp_path_factory.mktemp('fleet'))


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def manager(browser: Browser, fleet_box: StaffBox) -> AsyncIterator[BrowserContext]:
    """Somebody who may see the cars, signed in."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    await (await signed_in(context, fleet_box, ADMINISTRATOR)).close()
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope='session')
async def fleet(manager: BrowserContext) -> AsyncIterator[Page]:
    """A page that is not open yet; what its console complains of fails the test."""
    page = await manager.new_page()
    complaints: list[str] = []
    page.on('pageerror', lambda error: complaints.append(str(error)))
    page.on('console', lambda message: complaints.append(message.text) if message.type == 'error' else None)
    yield page
    await page.close()
    assert complaints == []


async def test_the_sentence_stands_first_and_everything_behind_it_below(fleet: Page, fleet_box: StaffBox) -> None:
    await open_page(fleet, fleet_box, FLEET)
    await expect(fleet.locator('.fleet-sentence')).to_contain_text('普通車13台→12台')
    await expect(fleet.locator('.js-plotly-plot .main-svg').first).to_be_visible(timeout=WAIT_MILLISECONDS)
    assert await fleet.locator('.js-plotly-plot').count() == 2
    picture = fleet.get_by_role('img', name='曜日と時間帯ごとの平均台数')
    await expect(picture).to_be_visible()


async def test_five_cars_fewer_list_the_trips_that_found_none(fleet: Page, fleet_box: StaffBox) -> None:
    await open_page(fleet, fleet_box, FLEET)
    await fleet.get_by_label('減らす台数').fill('5')
    await fleet.get_by_label('1回(円)').fill('3000')
    await fleet.get_by_role('button', name='計算する').click()
    await expect(fleet.locator('.fleet-sentence')).to_contain_text('普通車13台→8台')
    await expect(fleet.locator('.fleet-sentence')).to_contain_text('95%区間')
    await expect(fleet.get_by_text('費用が最も少ないのは')).to_be_visible()
    refused = fleet.get_by_role('region', name='貸出できない見込みの利用')
    rows = await refused.locator('tbody tr').count()
    assert rows > 0
    first = await refused.locator('tbody tr').first.inner_text()
    if await refused.get_by_role('link', name='次へ').count():
        await refused.get_by_role('link', name='次へ').click()
        await expect(refused.locator('tbody tr').first).not_to_have_text(first)


async def test_half_an_hour_of_patience_refuses_fewer(fleet: Page, fleet_box: StaffBox) -> None:
    counts = []
    for shift in ('0', '60'):
        await open_page(fleet, fleet_box, f'{FLEET}?fewer=5&shift={shift}')
        region = fleet.get_by_role('region', name='貸出できない見込みの利用')
        # Until it is computed, the page opens itself anew.
        await expect(region).to_be_visible(timeout=60_000)
        range_words = await region.locator('.table-range').all_inner_texts()
        counts.append(int(range_words[0].split('件')[0].replace(',', '')) if range_words else 0)
    assert counts[1] < counts[0]


async def test_every_table_and_the_report_can_be_taken_along(manager: BrowserContext, fleet_box: StaffBox) -> None:
    for part in ('refused', 'sizes', 'peaks', 'curve', 'heat', 'cars'):
        answer = await manager.request.get(f'{fleet_box.address}{FLEET}/table?part={part}&fewer=5')
        assert answer.status == 200
        assert (await answer.body()).startswith(b'\xef\xbb\xbf')
    answer = await manager.request.get(f'{fleet_box.address}{FLEET}/report?fewer=5', timeout=60_000)
    assert answer.status == 200
    assert (await answer.body()).startswith(b'%PDF')


async def test_nonsense_in_the_address_is_said_and_the_usual_stands(fleet: Page, fleet_box: StaffBox) -> None:
    await open_page(fleet, fleet_box, f'{FLEET}?fewer=many&first=2026-13-01&type=tank&page=x')
    await expect(fleet.locator('.message-warning')).to_contain_text('過去3年')
    await expect(fleet.locator('.fleet-sentence')).to_contain_text('普通車13台→12台')


async def test_a_period_without_trips_says_so(fleet: Page, fleet_box: StaffBox) -> None:
    await open_page(fleet, fleet_box, f'{FLEET}?first=2001-01-01&last=2001-12-31')
    await expect(fleet.get_by_text('この期間の運行記録がありません')).to_be_visible()


async def test_a_few_days_give_no_yearly_number(fleet: Page, fleet_box: StaffBox) -> None:
    first = clock.today() - timedelta(days=10)
    await open_page(fleet, fleet_box, f'{FLEET}?fewer=9&first={first}')
    await expect(fleet.locator('.fleet-sentence')).to_contain_text('10日分しかないため')


@pytest.mark.parametrize('width', [800, 1280])
async def test_nothing_is_wider_than_the_screen(fleet: Page, fleet_box: StaffBox, width: int) -> None:
    await fleet.set_viewport_size({'width': width, 'height': 1280 if width == 800 else 800})
    await open_page(fleet, fleet_box, f'{FLEET}?fewer=5')
    await expect(fleet.locator('.js-plotly-plot .main-svg').first).to_be_visible(timeout=WAIT_MILLISECONDS)
    assert await fleet.evaluate('document.documentElement.scrollWidth') <= width


async def test_other_pages_do_not_load_the_charts(fleet: Page, fleet_box: StaffBox) -> None:
    asked: list[str] = []
    fleet.on('request', lambda request: asked.append(request.url))
    await open_page(fleet, fleet_box, '/staff')
    await expect(fleet.get_by_role('link', name='適切な台数').first).to_be_visible()
    assert [url for url in asked if 'plotly' in url] == []


async def test_the_page_is_for_those_who_read_trips(visitor: BrowserContext, fleet_box: StaffBox) -> None:
    clerk = await signed_in(visitor, fleet_box, CLERK)
    for path in (FLEET, f'{FLEET}/report', f'{FLEET}/table'):
        answer = await clerk.goto(f'{fleet_box.address}{path}')
        assert answer is not None
        assert answer.status == 403
