"""Readable and reachable in every state, on every tablet that is meant: WCAG 2.2 AA, targets from a wheelchair."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from pages.kiosk.attendance_words import screen_of
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.views import EVERY_STATE, IDLE

pytestmark = pytest.mark.asyncio(loop_scope='session')

SCREENSHOTS = Path(__file__).parents[2] / 'screenshots'
LAYOUT_CHECK = Path(__file__).with_name('layout_check.js').read_text(encoding='utf-8')
SIZES = ((1280, 800), (800, 1280), (390, 844))


@pytest.mark.parametrize('large', [False, True], ids=['usual', 'large'])
@pytest.mark.parametrize('size', SIZES, ids=lambda size: f'{size[0]}x{size[1]}')
async def test_every_state_is_readable_and_reachable(
    page: Page, desk: DeskProcess, size: tuple[int, int], large: bool
) -> None:
    await page.set_viewport_size({'width': size[0], 'height': size[1]})
    await page.add_style_tag(content='* { transition: none !important; }')
    objections = {}
    for name, view in EVERY_STATE.items():
        desk.show(replace(view, large=large))
        await expect(page.locator('.screen')).to_contain_text(screen_of(view).title)
        await expect(page.locator('.kiosk')).to_have_attribute('data-symbol', screen_of(view).symbol)
        objections[name] = await page.evaluate(LAYOUT_CHECK)
        await _keep(page, f'attendance_{name}_{size[0]}x{size[1]}{"_large" if large else ""}')
    assert {name: found for name, found in objections.items() if found} == {}


@pytest.mark.parametrize('name', ['idle', 'in', 'question', 'renewal_number', 'storage_failed'])
async def test_at_twice_the_zoom_every_button_can_still_be_reached(page: Page, desk: DeskProcess, name: str) -> None:
    await page.set_viewport_size({'width': 640, 'height': 400})
    desk.show(EVERY_STATE[name])
    await expect(page.locator('.kiosk')).to_have_attribute('data-screen', screen_of(EVERY_STATE[name]).layout)
    for button in await page.get_by_role('button').all():
        await button.scroll_into_view_if_needed()
        await expect(button).to_be_in_viewport(ratio=0.95)


async def test_the_check_itself_objects_to_what_is_small_pale_high_or_covered(page: Page) -> None:
    await page.add_style_tag(
        content="""
        .screen-title { color: #ccc !important; font-size: 12px !important; }
        .choices { position: fixed; top: 0; }
        .clock-date { position: fixed; top: 40px; left: 40px; }
        """
    )
    objections = ' / '.join(await page.evaluate(LAYOUT_CHECK))
    for objection in ('12 px', 'contrast', 'above the lower two thirds', 'lies on'):
        assert objection in objections


async def test_the_keyboard_reaches_each_choice_and_shows_where_it_is(page: Page) -> None:
    await page.keyboard.press('Tab')
    focused = page.locator(':focus-visible')
    await expect(focused).to_have_text('出勤')
    assert await focused.evaluate('element => parseFloat(getComputedStyle(element).outlineWidth)') >= 3


async def test_nothing_moves_for_those_who_asked_for_rest(page: Page) -> None:
    await page.emulate_media(reduced_motion='reduce')
    duration = await page.get_by_role('button', name='出勤').evaluate(
        'element => Math.max(...getComputedStyle(element).transitionDuration.split(",").map(parseFloat))'
    )
    assert duration < 0.001


async def test_large_letters_are_larger(page: Page, desk: DeskProcess) -> None:
    sizes = []
    for large in (False, True):
        desk.show(replace(IDLE, reader='missing', large=large))
        await expect(page.locator('.kiosk')).to_have_attribute('data-large', str(large).lower())
        sizes.append(await page.locator('.screen-next').evaluate('e => parseFloat(getComputedStyle(e).fontSize)'))
    assert sizes[1] > sizes[0] * 1.2


async def _keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f'{name}.png')
