"""Readers that leave, cards that stay silent and tablets that are taken back: seen at once, and over by themselves."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, BrowserContext, Page, WebSocket, expect

from tests.end_to_end.furnished_desk import Desk, done
from tests.support.kiosk import enrol, tablet, touch, until
from tests.virtual_card.faults import Faults
from tests.virtual_card.pcscd import PrivatePcscd

pytestmark = [pytest.mark.asyncio(loop_scope='session'), pytest.mark.timeout(300)]

PASSWORD = 'kani-matsuri-2026-tsubaki'
REVOKED_WITHIN_SECONDS = 5
IDLE = 'カードをタッチしてください'


async def test_a_killed_pcscd_is_seen_and_the_desk_goes_on_when_it_is_back(desk: Desk, pcsc: PrivatePcscd) -> None:
    title = desk.page.locator('.screen-title')
    pcsc.kill()
    try:
        await expect(title).to_have_text('カードの読み取りが止まっています')
        await expect(desk.page.locator('.screen-whom')).to_contain_text('総務課 内線2210')
        assert await desk.reader_state() == 'no_service'
        assert (await asyncio.to_thread(desk.box.health))['status'] == 'degraded'
    finally:
        pcsc.restart()
    await expect(title).to_have_text(IDLE)
    assert await desk.reader_state() == 'ready'
    await touch(pcsc.link('Desk A'), desk.sato)
    await expect(desk.page.locator('.screen-name')).to_have_text('佐藤')


async def test_a_reader_that_is_unplugged_is_seen_and_the_desk_goes_on_when_it_is_back(
    desk: Desk, pcsc: PrivatePcscd
) -> None:
    title = desk.page.locator('.screen-title')
    pcsc.unplug('Desk A')
    try:
        await expect(title).to_have_text('カードリーダーが見つかりません')
        assert await desk.reader_state() == 'missing'
    finally:
        pcsc.plug_all()
    await expect(title).to_have_text(IDLE)
    await touch(pcsc.link('Desk A'), desk.sato)
    await expect(desk.page.locator('.screen-name')).to_have_text('佐藤')


async def test_a_card_that_never_answers_shows_the_reader_as_stuck_until_it_is_taken_away(
    desk: Desk, pcsc: PrivatePcscd
) -> None:
    title = desk.page.locator('.screen-title')
    await expect(title).to_have_text(IDLE)
    await asyncio.to_thread(pcsc.link('Desk A').insert, desk.yamada, faults=Faults(mute_at=2))
    await expect(title).to_have_text('カードリーダーが動いていません')
    assert await desk.reader_state() == 'stuck'
    await asyncio.to_thread(pcsc.link('Desk A').remove)
    await expect(title).to_have_text(IDLE)
    assert await desk.reader_state() == 'ready'
    await touch(pcsc.link('Desk A'), desk.sato)
    await expect(desk.page.locator('.screen-name')).to_have_text('佐藤')


async def test_the_socket_of_a_revoked_tablet_is_dropped_within_five_seconds_and_the_tablet_says_so(
    desk: Desk, browser: Browser
) -> None:
    done(desk.box, 'desk', 'add', '西玄関', '--job', 'attendance', '--reader', 'pcsc:Desk B 00 00')
    async with tablet(browser) as obedient, tablet(browser) as stubborn, tablet(browser) as office:
        obeying, _ = await enrolled(obedient, desk)
        staying, socket = await enrolled(stubborn, desk)
        await staying.route('**/kiosk', lambda route: route.fulfill(status=204))
        desks = await office.new_page()
        await set_up_administrator(desks, desk)
        await desks.goto(f'{desk.box.url}/staff/desks')
        await revoke_first_tablet(desks)
        heading = obeying.get_by_role('heading')
        await expect(heading).to_have_text('この端末は登録されていません', timeout=REVOKED_WITHIN_SECONDS * 1000)
        await revoke_first_tablet(desks)
        await until(socket.is_closed, REVOKED_WITHIN_SECONDS)
    await expect(desk.page.locator('.screen-title')).to_have_text(IDLE)


async def enrolled(context: BrowserContext, desk: Desk) -> tuple[Page, WebSocket]:
    """A tablet of the desk 西玄関, and its web socket."""
    page = await context.new_page()
    async with page.expect_websocket() as opening:
        await enrol(page, done(desk.box, 'desk', 'enrol', '西玄関').strip())
    return page, await opening.value


async def revoke_first_tablet(desks: Page) -> None:
    """Take back the tablet of 西玄関 that was enrolled first."""
    card = desks.get_by_role('article', name='西玄関')
    await expect(card.locator('.tablet').first).to_be_visible()
    before = await card.locator('.tablet').count()
    await card.get_by_role('button', name='登録を取り消す').first.click()
    await desks.get_by_role('alertdialog').get_by_role('button', name='登録を取り消す').click()
    await expect(card.locator('.tablet')).to_have_count(before - 1)


async def set_up_administrator(page: Page, desk: Desk) -> None:
    """Make the first administrator with the code that the box printed, and sign in."""
    (code,) = re.findall(r'登録コード (\w+)', desk.box.output())
    await page.goto(f'{desk.box.url}/setup')
    for label, value in (('登録コード', code), ('職員番号', '9001'), ('氏名', '管理 花子')):
        await page.get_by_label(label).fill(value)
    await page.get_by_label('パスワード', exact=True).fill(PASSWORD)
    await page.get_by_label('パスワード(もう一度)').fill(PASSWORD)
    await page.get_by_role('button', name='登録する').click()
    await page.get_by_label('職員番号').fill('9001')
    await page.get_by_label('パスワード').fill(PASSWORD)
    await page.get_by_role('button', name='サインインする').click()
    await page.wait_for_url('**/staff**')
