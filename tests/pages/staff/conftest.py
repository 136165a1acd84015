"""Two boxes in child processes, a real one and a demonstration, and a browser that is signed in."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page

from tests.chromium import browser, start_pages
from tests.pages.staff.staff_box import PASSWORD

__all__ = ['browser']

HERE = Path(__file__).parent
ADMINISTRATOR, CLERK = '1001', '1002'


@dataclass(frozen=True, slots=True)
class StaffBox:
    """A running box, and the hands of the people around it."""

    address: str

    def get(self, path: str, cookie: str = '') -> httpx.Response:
        """What another browser is answered, with this cookie."""
        return httpx.get(f'{self.address}{path}', headers={'Cookie': cookie} if cookie else {}, timeout=60)

    def post(self, path: str, content: bytes, cookie: str, origin: str) -> httpx.Response:
        """What a form is answered that was sent from a page of this origin."""
        headers = {'Cookie': cookie, 'Origin': origin}
        return httpx.post(f'{self.address}{path}', files={'list': ('list.csv', content)}, headers=headers, timeout=60)

    def do(self, act: str, **parts: str) -> None:
        """Tap a card, pull a cable."""
        answer = httpx.post(f'{self.address}/script/{act}', params=parts, headers={'Origin': self.address}, timeout=60)
        answer.raise_for_status()


def run(script: str, state: Path) -> Iterator[StaffBox]:
    """A child process for as long as the session lasts."""
    address, process = start_pages(HERE / script, state, ready='/sign-in')
    yield StaffBox(address)
    process.terminate()
    process.wait(15)


@pytest.fixture(scope='session')
def staff_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    """The real one."""
    yield from run('staff_box.py', tmp_path_factory.mktemp('staff'))


@pytest.fixture(scope='session')
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    """The demonstration."""
    yield from run('demonstration_box.py', tmp_path_factory.mktemp('demonstration'))


@pytest_asyncio.fixture(loop_scope='session')
async def visitor(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A browser that nobody is signed in with."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def session(browser: Browser, staff_box: StaffBox) -> AsyncIterator[BrowserContext]:
    """The administrator, signed in once for all tests."""
    async with at_work(browser, staff_box, ADMINISTRATOR) as context:
        yield context


@pytest_asyncio.fixture(loop_scope='session')
async def page(session: BrowserContext, staff_box: StaffBox) -> AsyncIterator[Page]:
    """The administrator, on a page that is not open yet."""
    async with new_tab(session) as page:
        yield page


@pytest_asyncio.fixture(loop_scope='session')
async def cookie(session: BrowserContext) -> str:
    """The administrator's cookie, as a browser sends it."""
    return '; '.join(f'{one.get("name")}={one.get("value")}' for one in await session.cookies())


@asynccontextmanager
async def at_work(browser: Browser, box: StaffBox, number: str) -> AsyncIterator[BrowserContext]:
    """The browser of the person with this number, signed in."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    await (await signed_in(context, box, number)).close()
    yield context
    await context.close()


@asynccontextmanager
async def new_tab(context: BrowserContext) -> AsyncIterator[Page]:
    """A tab that is closed again."""
    page = await context.new_page()
    yield page
    await page.close()


async def signed_in(context: BrowserContext, box: StaffBox, number: str) -> Page:
    """Sign in as the person with this number."""
    page = await context.new_page()
    await page.goto(f'{box.address}/sign-in')
    await page.fill('input[name=number]', number)
    await page.fill('input[name=password]', PASSWORD)
    await page.click('button[type=submit]')
    await page.wait_for_url(f'{box.address}/staff')
    return page


async def open_page(page: Page, box: StaffBox, path: str) -> None:
    """Go there, and wait until the socket answers."""
    await page.goto(f'{box.address}{path}')
    await page.wait_for_function('window.did_handshake')
