"""What staff see of people who went on to the shelter of another box, over forms without a socket."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.app.shelters.across.told import OTHER_SHELTER
from tests.pages.staff.across_box import HEADQUARTERS_NUMBER, OFFICER_NUMBER
from tests.pages.staff.conftest import StaffBox, run, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')
ACROSS, DOUBLES = '/staff/shelters/across', '/staff/shelters/handouts/doubles'
BENEFITS = '/staff/shelters/handouts/benefits'
SCREENSHOTS = Path(__file__).parents[2] / 'screenshots'


@pytest.fixture(scope='module')
def across_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    yield from run('across_box.py', tmp_path_factory.mktemp('across'))


async def _context(browser: Browser, box: StaffBox, number: str) -> BrowserContext:
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    await (await signed_in(context, box, number)).close()
    return context


@pytest_asyncio.fixture(loop_scope='session', scope='module')
async def officer(browser: Browser, across_box: StaffBox) -> AsyncIterator[Page]:
    context = await _context(browser, across_box, OFFICER_NUMBER)
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope='session', scope='module')
async def headquarters(browser: Browser, across_box: StaffBox) -> AsyncIterator[Page]:
    context = await _context(browser, across_box, HEADQUARTERS_NUMBER)
    yield await context.new_page()
    await context.close()


async def test_home_leads_to_those_who_were_received_elsewhere_and_one_press_ends_a_stay(
    officer: Page, across_box: StaffBox
) -> None:
    await officer.goto(f'{across_box.address}/staff')
    await expect(officer.get_by_text('他の避難所で受付されました: 3人')).to_be_visible()
    await officer.goto(across_box.address + ACROSS)
    panels = officer.locator('section.panel')
    await expect(panels).to_have_count(3)
    await expect(officer.locator('main#main')).not_to_contain_text(OTHER_SHELTER)
    await panels.first.get_by_role('button', name='退所にする').click()
    await expect(officer.get_by_role('status').first).to_contain_text('退所を記録しました')
    await expect(panels).to_have_count(2)


async def test_the_page_of_a_person_says_so_too(officer: Page, across_box: StaffBox) -> None:
    await officer.goto(across_box.address + ACROSS)
    await officer.locator('section.panel a').last.click()
    await expect(officer.locator('main#main')).to_contain_text('他の避難所で受付されました')


async def test_both_claims_are_shown_and_only_headquarters_read_where_the_other_was(
    officer: Page, headquarters: Page, across_box: StaffBox
) -> None:
    for page in (officer, headquarters):
        await page.goto(across_box.address + DOUBLES)
        part = page.get_by_role('region', name='ほかの避難所の箱との二重の受取り')
        await expect(part.get_by_role('row')).to_have_count(7)
        where = OTHER_SHELTER if page is headquarters else 'ほかの避難所'
        await expect(part.get_by_role('row').nth(1)).to_contain_text(where)
    await expect(officer.locator('main#main')).not_to_contain_text(OTHER_SHELTER)


async def test_a_benefit_that_was_claimed_elsewhere_asks_for_a_reason(headquarters: Page, across_box: StaffBox) -> None:
    await headquarters.goto(across_box.address + BENEFITS)
    await headquarters.locator('table a').first.click()
    await expect(headquarters.locator('main#main')).to_contain_text('ほかの避難所の箱でも、同じ給付が申請されています')
    await expect(headquarters.get_by_label('ほかの申請があっても承認する理由')).to_be_visible()


async def test_the_pages_fit_a_tablet_held_upright(officer: Page, across_box: StaffBox) -> None:
    for path in (ACROSS, DOUBLES):
        for width, height in ((1280, 800), (800, 1280)):
            await officer.set_viewport_size({'width': width, 'height': height})
            await officer.goto(across_box.address + path)
            overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
            assert await officer.evaluate(overflow) <= 0
            await officer.screenshot(path=SCREENSHOTS / f'across_{path.rsplit("/", 1)[1]}_{width}.png', full_page=True)
