"""A scripted desk in a child process, and one Chromium, for the tests of this folder."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from app.attendance.screens import DeskView
from tests.pages.kiosk.views import VIEW

PROJECT = Path(__file__).parents[3]
CHROMIUM = '/usr/bin/chromium'
CHROMIUM_FLAGS = (
    '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking '
    '--disable-component-update --disable-sync'
).split()


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
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != 'PYTEST_CURRENT_TEST'}
    environment |= {'PYTHONPATH': str(PROJECT), 'NICEGUI_STORAGE_PATH': str(state)}
    script = Path(__file__).with_name('scripted_desk.py')
    process = subprocess.Popen([sys.executable, str(script), str(port)], env=environment, cwd=state)
    desk = DeskProcess(f'http://127.0.0.1:{port}', process)
    for _ in range(300):
        try:
            desk.calls()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return desk
    process.kill()
    raise RuntimeError('The scripted desk did not start')


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


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def browser() -> AsyncIterator[Browser]:
    """One headless Chromium."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        await chromium.close()


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
