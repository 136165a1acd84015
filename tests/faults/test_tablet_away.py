"""A tablet that loses the box, or a box that dies, costs no tap and keeps no name."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, WebSocket, expect

from tests.support.kiosk import DESK_SETTINGS, SURNAMES, City, kiosk, staff_numbers, touch, until
from tests.support.process import RunningBox, running_box
from tests.virtual_card.pcscd import PrivatePcscd

pytestmark = [pytest.mark.asyncio(loop_scope='session'), pytest.mark.timeout(300)]

SHORTEST_RECONNECT = {'MACHIBAKO_SERVER__RECONNECT_SECONDS': '10'}
EVERYBODY = ['1001', '1002', '1003']


@pytest.mark.parametrize(
    ('away_seconds', 'settings'), [(25, {}), (35, SHORTEST_RECONNECT)], ids=['25 s', 'longer than the box waits']
)
async def test_taps_while_the_tablet_is_away_are_recorded_shown_on_return_and_then_forgotten(
    browser: Browser, pcsc: PrivatePcscd, city: City, away_seconds: float, settings: dict[str, str]
) -> None:
    reader = pcsc.link('Desk A')
    with running_box(city.data, extra={**pcsc.client_settings, **DESK_SETTINGS, **settings}) as box:
        async with kiosk(browser, box, city.enrolment_code) as page:
            received = listen(page)
            await page.context.set_offline(True)
            away_until = asyncio.get_running_loop().time() + away_seconds
            await expect(page.get_by_role('alert')).to_be_visible()
            for card in city.cards:
                await touch(reader, card)
            await until(lambda: staff_numbers(box.punches(city.token)) == EVERYBODY)
            await asyncio.sleep(max(0.0, away_until - asyncio.get_running_loop().time()))
            assert names_in(await page.content()) == []

            await page.context.set_offline(False)
            missed = page.locator('.screen-missed')
            await expect(missed).to_contain_text('通信が切れていた間のタッチも記録しました', timeout=60_000)
            for surname in SURNAMES:
                await expect(missed).to_contain_text(surname)

            await expect(missed).to_be_empty()
            assert names_in(await page.content()) == []
            received.clear()
            await page.context.set_offline(True)
            await expect(page.get_by_role('alert')).to_be_visible()
            await page.context.set_offline(False)
            await expect(page.get_by_role('alert')).to_be_hidden(timeout=60_000)
            await page.reload()
            await expect(page.locator('.screen-title')).to_have_text('カードをタッチしてください')
            assert received
            assert names_in(''.join(received)) == []
        assert staff_numbers(box.punches(city.token)) == EVERYBODY


async def test_the_page_comes_back_by_itself_after_the_box_was_killed_and_started_again(
    browser: Browser, pcsc: PrivatePcscd, city: City
) -> None:
    reader, (first, second, _third) = pcsc.link('Desk A'), city.cards
    extra = {**pcsc.client_settings, **DESK_SETTINGS}
    box = RunningBox(city.data, extra=extra)
    try:
        box.wait_until_ready()
        async with kiosk(browser, box, city.enrolment_code) as page:
            await touch(reader, first)
            await expect(page.locator('.screen-name')).to_have_text('山田')
            box.kill()
            await expect(page.get_by_role('alert')).to_be_visible()
            assert '山田' not in await page.locator('body').inner_text()

            box = RunningBox(city.data, port=box.port, extra=extra)
            await asyncio.to_thread(box.wait_until_ready)
            await expect(page.get_by_role('alert')).to_be_hidden(timeout=60_000)
            await expect(page.locator('.screen-title')).to_have_text('カードをタッチしてください')
            await touch(reader, second)
            await expect(page.locator('.screen-name')).to_have_text('佐藤')
            assert staff_numbers(box.punches(city.token)) == ['1001', '1002']
    finally:
        box.stop()


def names_in(text: str) -> list[str]:
    """Whose names stand there."""
    return [surname for surname in SURNAMES if surname in text]


def listen(page: Page) -> list[str]:
    """Every frame that the page receives over its web socket from now on."""
    frames: list[str] = []

    def opened(socket: WebSocket) -> None:
        socket.on('framereceived', lambda payload: frames.append(str(payload)))

    page.on('websocket', opened)
    return frames
