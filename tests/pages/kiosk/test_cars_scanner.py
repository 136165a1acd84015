"""A scanner that types like a keyboard is heard at every step, and never by a field that is being filled in."""

import pytest
from playwright.async_api import Page, expect

from tests.pages.kiosk.car_tablet import has_asked, shows
from tests.pages.kiosk.car_views import EVERY_STEP
from tests.pages.kiosk.conftest import DeskProcess

pytestmark = pytest.mark.asyncio(loop_scope='session')

SCAN = """text => [...text, 'Enter'].forEach(key =>
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))"""
TAG = 'MBKEYABCDEFGHIJKLMNOPQRSTUVWXYZ'


@pytest.mark.parametrize('step', ['board', 'breath', 'keys_out', 'done_out'])
async def test_a_scanned_tag_reaches_the_desk_once(car_page: Page, car_desk: DeskProcess, step: str) -> None:
    await shows(car_page, car_desk, EVERY_STEP[step])
    await car_page.evaluate(SCAN, TAG)

    await has_asked(car_page, car_desk, ['scan', TAG])


async def test_what_is_typed_into_a_field_is_not_taken_for_a_tag(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['details'])
    await car_page.get_by_label('行き先', exact=True).focus()
    await car_page.evaluate(SCAN, TAG)
    await shows(car_page, car_desk, EVERY_STEP['board'])
    await car_page.evaluate(SCAN, '12')

    await has_asked(car_page, car_desk, ['scan', '12'])


async def test_a_lone_press_of_enter_is_no_scan(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['board'])
    await car_page.evaluate(SCAN, '')
    await car_page.evaluate(SCAN, TAG)

    await has_asked(car_page, car_desk, ['scan', TAG])


async def test_a_key_of_the_other_guard_room_says_where_it_belongs(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['keys_in_elsewhere'])

    await expect(car_page.locator('.car-step')).to_contain_text('鍵は第二守衛室のものです。第二守衛室へ戻してください')
