"""Signing in, and being sent away, in a real browser under the real headers."""

import pytest
from playwright.async_api import Browser, expect

from tests.pages.access.guarded_site import PASSWORD

pytestmark = pytest.mark.asyncio(loop_scope='session')


async def test_a_person_signs_in_presses_and_is_sent_away_when_the_session_ends(browser: Browser, site: str) -> None:
    context = await browser.new_context(locale='ja-JP')
    page = await context.new_page()
    await page.goto(f'{site}/staff')
    await page.fill('[name=number]', '1001')
    await page.fill('[name=password]', PASSWORD)
    await page.press('[name=password]', 'Enter')
    await page.wait_for_url(f'{site}/staff')
    requests = context.request
    before = (await (await requests.get(f'{site}/script/state')).json())['presses']['staff']
    await page.click('text=staff')
    await expect_presses(requests, site, 'staff', len(before) + 1)
    await requests.get(f'{site}/script/end/1001')
    await page.wait_for_url(f'{site}/sign-in')
    await context.close()


async def test_a_tablet_that_is_revoked_shows_so_by_itself(browser: Browser, site: str) -> None:
    context = await browser.new_context(locale='ja-JP')
    page = await context.new_page()
    code = await (await context.request.get(f'{site}/script/code')).json()
    await page.goto(f'{site}/enrol/{code}')
    await page.wait_for_url(f'{site}/kiosk')
    await expect(page.get_by_text('kiosk', exact=True)).to_be_visible()
    before = (await (await context.request.get(f'{site}/script/state')).json())['presses']['kiosk']
    await page.click('text=kiosk')
    await expect_presses(context.request, site, 'kiosk', len(before) + 1)
    await context.request.get(f'{site}/script/revoke')
    await expect(page.get_by_text('この端末は登録されていません')).to_be_visible(timeout=5000)
    await context.close()


async def expect_presses(requests, site: str, button: str, times: int) -> None:
    """Wait until the site knows of so many presses."""
    for _attempt in range(200):
        state = await (await requests.get(f'{site}/script/state')).json()
        if len(state['presses'][button]) >= times:
            return
    raise AssertionError(state['presses'])
