"""A car goes out and comes back on the real desk, pressed and typed as at a guard room."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.pages.kiosk.conftest import DeskProcess, open_desk, start_desk
from tests.pages.kiosk.guard_room import SURNAME

pytestmark = pytest.mark.asyncio(loop_scope='session')

COUNT_PRESSES = """() => { window.presses = 0;
    document.addEventListener('click', event => event.target.closest('button') && (window.presses += 1), true) }"""
MOST_PRESSES = 6


@pytest.fixture(scope='module')
def guard_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    """The process with the box."""
    room = start_desk(tmp_path_factory.mktemp('guard_room'), 'guard_room.py')
    yield room
    room.process.terminate()
    room.process.wait(10)


@pytest_asyncio.fixture(loop_scope='session')
async def tablet(browser: Browser, guard_room: DeskProcess) -> AsyncIterator[Page]:
    """The tablet, with the guard on duty and nobody at the desk."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    page = await context.new_page()
    await open_desk(page, guard_room)
    await tap(guard_room, 'guard')
    await expect(page.get_by_text('守衛 北')).to_be_visible()
    yield page
    await context.close()


async def tap(room: DeskProcess, who: str) -> None:
    async with httpx.AsyncClient() as client:
        (await client.post(f'{room.address}/script/tap/{who}')).raise_for_status()


async def record(room: DeskProcess) -> dict[str, Any]:
    async with httpx.AsyncClient() as client:
        found: dict[str, Any] = (await client.get(f'{room.address}/script/calls')).json()
        return found


async def shows(page: Page, step: str) -> None:
    await expect(page.locator('.kiosk')).to_have_attribute('data-step', step, timeout=15_000)


async def press(page: Page, name: str) -> None:
    await page.get_by_role('button', name=name, exact=True).click()


async def borrow(page: Page, room: DeskProcess) -> None:
    await tap(room, 'driver')
    await shows(page, 'car')
    await page.locator('.offer').first.click()
    await shows(page, 'details')
    await page.locator('.offer').first.click()
    await shows(page, 'breath')
    await press(page, '検知器の表示は 0.00')
    await shows(page, 'keys_out')
    await press(page, '鍵・カード・ポーチを渡しました')
    await shows(page, 'done')


async def bring_back(page: Page, room: DeskProcess) -> None:
    await tap(room, 'driver')
    await shows(page, 'breath')
    await press(page, '検知器の表示は 0.00')
    await shows(page, 'odometer')
    for key in '41999':
        await press(page, key)
    await press(page, '決定')


async def test_a_car_goes_out_and_comes_back_with_few_presses_and_one_typed_number(
    tablet: Page, guard_room: DeskProcess
) -> None:
    await tablet.evaluate(COUNT_PRESSES)
    await borrow(tablet, guard_room)
    presses = await tablet.evaluate('window.presses')
    assert presses <= MOST_PRESSES
    assert (await record(guard_room))['out'] == ['県庁']

    await bring_back(tablet, guard_room)
    await expect(tablet.get_by_text('走行 799 km になります。合っていますか')).to_be_visible()
    await press(tablet, '合っています')
    await shows(tablet, 'keys_in')
    await press(tablet, '鍵・カード・ポーチを受け取りました')
    await shows(tablet, 'done')
    await expect(tablet.get_by_text('799 km')).to_be_visible()
    assert (await record(guard_room))['out'] == []


async def test_after_the_person_is_gone_neither_the_page_nor_what_is_sent_again_holds_a_name(
    tablet: Page, guard_room: DeskProcess
) -> None:
    await tap(guard_room, 'driver')
    await shows(tablet, 'car')
    assert SURNAME in (await record(guard_room))['sent']
    await press(tablet, '取消')
    await shows(tablet, 'board')

    assert SURNAME not in await tablet.content()
    assert SURNAME not in (await record(guard_room))['sent']


async def test_an_unknown_card_right_after_a_lending_shows_nothing_of_the_driver_before(
    tablet: Page, guard_room: DeskProcess
) -> None:
    await borrow(tablet, guard_room)
    await tap(guard_room, 'stranger')
    await shows(tablet, 'problem')

    await expect(tablet.get_by_text('登録のないカードです')).to_be_visible()
    assert SURNAME not in await tablet.content()
