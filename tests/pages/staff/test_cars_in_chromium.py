"""What only a browser can tell of the car pages: that long names fit, and that typed markup stays text."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.pages.staff.conftest import StaffBox, run, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')
PAGES = (
    '/staff/cars',
    '/staff/trips',
    '/staff/trips/checks',
    '/staff/alcohol',
    '/staff/cars/timeline',
    '/staff/drivers',
)


@pytest.fixture(scope='module')
def cars_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    yield from run('cars_box.py', tmp_path_factory.mktemp('cars'))


@pytest_asyncio.fixture(loop_scope='session', scope='module')
async def manager(browser: Browser, cars_box: StaffBox) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    yield await signed_in(context, cars_box, '1001')
    await context.close()


@pytest.mark.parametrize('width', [1280, 420])
async def test_no_page_is_wider_than_its_window_though_names_are_long(
    manager: Page, cars_box: StaffBox, width: int
) -> None:
    await manager.set_viewport_size({'width': width, 'height': 800})
    for path in PAGES:
        await manager.goto(cars_box.address + path)
        over = await manager.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        assert over <= 0, path


async def test_what_a_driver_typed_is_text_in_tables_and_in_bars(manager: Page, cars_box: StaffBox) -> None:
    await manager.set_viewport_size({'width': 1280, 'height': 800})
    await manager.goto(f'{cars_box.address}/staff/trips')
    await expect(manager.get_by_role('cell', name='<b>県庁</b>').first).to_be_visible()
    await manager.goto(f'{cars_box.address}/staff/cars/timeline')
    assert await manager.locator('.line-day b').count() == 0
    await expect(manager.locator('.line-day .line-late')).to_have_text('<b>県庁</b>')
