"""axe-core finds nothing serious on any page that staff are led to, nor on those for everybody."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from app.demonstration.city import SIGN_INS
from tests.chromium import browser
from tests.support.accessibility import serious
from tests.support.process import RunningBox, running_box

pytestmark = pytest.mark.asyncio(loop_scope='session')

__all__ = ['browser']

FOR_EVERYBODY = ('/sign-in', '/open', '/shelters', '/shelters/map', '/subscribe', '/family', '/point')
SETTLED_MILLISECONDS = 300


@pytest.fixture(scope='module')
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBox]:
    """The demonstration city with its cars and its open shelter."""
    with running_box(tmp_path_factory.mktemp('city') / 'box', demo=True) as box:
        yield box


@pytest_asyncio.fixture(loop_scope='session')
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A browser of its own."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    yield await context.new_page()
    await context.close()


@pytest.mark.parametrize('path', FOR_EVERYBODY)
async def test_on_a_page_for_everybody(page: Page, city: RunningBox, path: str) -> None:
    await page.goto(f'{city.url}{path}')
    assert await serious(page) == []


async def test_on_every_page_that_an_administrator_is_led_to(page: Page, city: RunningBox) -> None:
    await page.goto(f'{city.url}/sign-in')
    await page.fill('input[name=number]', SIGN_INS[0].number)
    await page.fill('input[name=password]', SIGN_INS[0].password)
    await page.click('button[type=submit]')
    await page.wait_for_selector('.place')
    places = await page.locator('.place').evaluate_all("links => links.map(link => link.getAttribute('href'))")
    found = {}
    for place in ['/staff', *places]:
        await page.goto(f'{city.url}{place}')
        await page.wait_for_timeout(SETTLED_MILLISECONDS)
        found[place] = await serious(page)
    assert {place: each for place, each in found.items() if each} == {}
