"""A scripted desk in a child process for the tests of this folder."""

import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page
from pydantic import TypeAdapter

from app.attendance.screens import DeskView
from app.shelters.desk_screens import ShelterDeskView
from app.vehicles.screens import CarDeskView
from tests.chromium import browser, start_pages

__all__ = ['browser']


@dataclass(slots=True)
class DeskProcess:
    """The child process, and what the tests tell it."""

    address: str
    process: subprocess.Popen[bytes]
    http: httpx.Client
    """One connection for all: a new client each time reads the certificates of the machine anew."""

    def show(self, view: DeskView | CarDeskView | ShelterDeskView) -> None:
        """Let the desk show a view."""
        self._put(TypeAdapter(type(view)).dump_json(view))

    def calls(self) -> list[list[object]]:
        """What the page has asked of its controller, oldest first."""
        calls: list[list[object]] = self.http.get('/script/calls').json()
        return calls

    def forget_calls(self) -> None:
        """Begin to listen anew."""
        self.http.delete('/script/calls').raise_for_status()

    def _put(self, body: bytes) -> None:
        self.http.put('/script/view', content=body).raise_for_status()


def start_desk(state: Path, script: str = 'scripted_desk.py') -> DeskProcess:
    """Start a scripted desk and wait until it answers."""
    address, process = start_pages(Path(__file__).with_name(script), state, ready='/script/calls')
    return DeskProcess(address, process, httpx.Client(base_url=address, timeout=60))


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


@pytest.fixture(scope='session')
def shared_car_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    """The one scripted car desk of this folder."""
    desk = start_desk(tmp_path_factory.mktemp('cars'), 'scripted_cars.py')
    yield desk
    desk.process.terminate()
    desk.process.wait(10)


@pytest.fixture
def car_desk(shared_car_desk: DeskProcess) -> DeskProcess:
    """The shared car desk with nobody at it and nothing asked of it yet."""
    shared_car_desk.show(CarDeskView(desk_name='第一守衛室'))
    shared_car_desk.forget_calls()
    return shared_car_desk


@pytest_asyncio.fixture(loop_scope='session')
async def car_page(browser: Browser, car_desk: DeskProcess) -> AsyncIterator[Page]:
    """The car desk's page on a tablet of 1280 x 800."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    page = await context.new_page()
    await open_desk(page, car_desk)
    yield page
    await context.close()


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
