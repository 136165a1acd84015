"""A tablet that loses the box, and the clock that it shows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from app.clock import TOKYO
from tests.pages.kiosk.conftest import DeskProcess, open_desk, start_desk
from tests.pages.kiosk.views import IDLE, answered

pytestmark = pytest.mark.asyncio(loop_scope='session')

WEEKDAYS = '月火水木金土日'
WRONG_TABLET_CLOCK = """
    const RealDate = Date;
    window.Date = class extends RealDate {
        constructor(...args) { super(...(args.length ? args : [RealDate.UTC(2001, 0, 1)])); }
        static now() { return RealDate.UTC(2001, 0, 1); }
    };
"""


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[DeskProcess]:
    """A process that the test may kill."""
    desk = start_desk(tmp_path)
    yield desk
    desk.process.kill()
    desk.process.wait(10)


async def test_a_lost_connection_says_what_to_do_and_whom_to_call(page: Page) -> None:
    await page.context.set_offline(True)
    banner = page.get_by_role('alert')
    await expect(banner).to_contain_text('通信が切れています')
    await expect(banner).to_contain_text('総務課 内線2210')
    await expect(page.get_by_role('button', name='出勤')).to_be_hidden()
    await expect(page.locator('.clock-time')).to_be_visible()


async def test_no_name_stays_on_a_tablet_that_is_cut_off(page: Page, desk: DeskProcess) -> None:
    desk.show(answered())
    await expect(page.get_by_text('山田')).to_be_visible()
    await page.context.set_offline(True)
    await expect(page.get_by_text('山田')).to_be_hidden()


async def test_the_banner_goes_when_the_box_answers_again(page: Page) -> None:
    await page.context.set_offline(True)
    await expect(page.get_by_role('alert')).to_be_visible()
    await page.context.set_offline(False)
    await expect(page.get_by_role('alert')).to_be_hidden()
    await expect(page.get_by_role('button', name='出勤')).to_be_visible()


async def test_a_box_that_died_is_noticed(browser: Browser, own_desk: DeskProcess) -> None:
    own_desk.show(IDLE)
    page = await browser.new_page()
    await open_desk(page, own_desk)
    own_desk.process.kill()
    await expect(page.get_by_role('alert')).to_be_visible(timeout=15000)
    await page.close()


async def test_the_red_screen_stays_when_the_box_dies_after_it(browser: Browser, own_desk: DeskProcess) -> None:
    own_desk.show(IDLE)
    page = await browser.new_page()
    await open_desk(page, own_desk)
    own_desk.show(replace(IDLE, storage_failed=True))
    await expect(page.get_by_role('heading')).to_have_text('記録できません。紙に記入してください')
    own_desk.process.kill()
    await expect(page.get_by_role('alert')).to_be_visible(timeout=15000)
    await expect(page.get_by_role('heading')).to_have_text('記録できません。紙に記入してください')
    await expect(page.locator('.screen-whom')).to_have_text('連絡先 総務課 内線2210')
    await page.close()


async def test_the_clock_is_the_box_s_in_tokyo_whatever_the_tablet_believes(
    browser: Browser, desk: DeskProcess
) -> None:
    context = await browser.new_context(timezone_id='America/New_York')
    confused = await context.new_page()
    await confused.add_init_script(WRONG_TABLET_CLOCK)
    await open_desk(confused, desk)
    now = datetime.now(TOKYO)
    times = [f'{at.hour}:{at.minute:02}' for at in (now, now + timedelta(minutes=1))]
    await expect(confused.locator('.clock-time')).to_have_text(re.compile('^(' + '|'.join(times) + ')$'))
    await expect(confused.locator('.clock-date')).to_have_text(
        re.compile(f'^{now.month}月{now.day}日\\([{WEEKDAYS}]\\)$')
    )
    await context.close()
