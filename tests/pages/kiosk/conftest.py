"""A scripted desk in a child process for the tests of this folder."""

import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from app.attendance.screens import DeskView
from tests.chromium import browser, start_pages
from tests.pages.kiosk.views import VIEW

__all__ = ['browser']


@dataclass(slots=True)
class DeskProcess:
    """The child process, and what the tests tell it."""

    address: str
    process: subprocess.Popen[bytes]

    def show(self, view: DeskView) -> None:
        """Let the desk show a view."""
        self._put(VIEW.dump_json(view))

    def calls(self) -> list[list[object]]:
        """What the page has asked of its controller, oldest first."""
        calls: list[list[object]] = httpx.get(f'{self.address}/script/calls').json()
        return calls

    def forget_calls(self) -> None:
        """Begin to listen anew."""
        httpx.delete(f'{self.address}/script/calls').raise_for_status()

    def _put(self, body: bytes) -> None:
        httpx.put(f'{self.address}/script/view', content=body).raise_for_status()


def start_desk(state: Path) -> DeskProcess:
    """Start a scripted desk and wait until it answers."""
    address, process = start_pages(Path(__file__).with_name('scripted_desk.py'), state, ready='/script/calls')
    return DeskProcess(address, process)


@pytest.fixture(scope='session')
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    """The one process of this folder."""
    desk = start_desk(tmp_path_factory.mktemp('desk'))
    yield desk
    desk.process.terminate()
    desk.process.wait(10)


@pytest.fixture
def desk(shared_desk: DeskProcess) -> DeskProcess:
    """The shared desk, idle and with nothing asked of it yet."""
    shared_desk.show(DeskView(desk_name='本庁舎1階 通用口', whom_to_call='総務課 内線2210'))
    shared_desk.forget_calls()
    return shared_desk


@pytest_asyncio.fixture(loop_scope='session')
async def page(browser: Browser, desk: DeskProcess) -> AsyncIterator[Page]:
    """The desk's page on a tablet of 1280 x 800."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    page = await context.new_page()
    await open_desk(page, desk)
    yield page
    await context.close()


async def open_desk(page: Page, desk: DeskProcess) -> None:
    """Load the page and wait until its socket answers."""
    await page.goto(f'{desk.address}/kiosk')
    await page.wait_for_selector('.clock-time:not(:empty)')
    await page.wait_for_function('window.did_handshake')
