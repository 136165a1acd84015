"""A desk in practice says so on every screen, in words and in a frame, and a real one never does."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, ViewportSize, expect

from pages.kiosk.attendance_words import screen_of
from tests.pages.kiosk import car_views, views
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.shelter_tablet import WITHOUT_MOTION
from tests.support.accessibility import serious

pytestmark = pytest.mark.asyncio(loop_scope='session')

WORDS = '練習中(記録されません)'
FRAME = 'getComputedStyle(document.querySelector(".kiosk"), "::after").borderTopWidth'
ATTENDANCE = ('idle', 'in', 'question', 'renewal_number', 'reader_stuck', 'storage_failed')
CARS = ('board', 'breath', 'positive', 'keys_out', 'done_out')
ZOOMED: ViewportSize = {'width': 640, 'height': 400}


@pytest.mark.parametrize('practice', [True, False])
async def test_every_screen_of_the_attendance_desk(page: Page, desk: DeskProcess, practice: bool) -> None:
    for name in ATTENDANCE:
        view = replace(views.EVERY_STATE[name], practice=practice)
        desk.show(view)
        await expect(page.locator('.screen')).to_contain_text(screen_of(view).title)
        await expect(page.get_by_text(WORDS)).to_be_visible(visible=practice)
        assert (await page.evaluate(FRAME) == '10px') is practice


@pytest.mark.parametrize('practice', [True, False])
async def test_every_step_of_the_car_desk(car_page: Page, car_desk: DeskProcess, practice: bool) -> None:
    for name in CARS:
        view = replace(car_views.EVERY_STEP[name], practice=practice)
        car_desk.show(view)
        await expect(car_page.locator('.kiosk')).to_have_attribute('data-step', view.step.value)
        await expect(car_page.get_by_text(WORDS)).to_be_visible(visible=practice)
        assert (await car_page.evaluate(FRAME) == '10px') is practice


async def test_the_marks_are_legible_and_cover_no_press_at_200_percent(page: Page, desk: DeskProcess) -> None:
    await page.add_style_tag(content=WITHOUT_MOTION)
    desk.show(replace(views.IDLE, practice=True))
    await expect(page.get_by_text(WORDS)).to_be_visible()
    assert await serious(page) == []
    await page.set_viewport_size(ZOOMED)
    for button in await page.get_by_role('button').all():
        await button.scroll_into_view_if_needed()
        await button.click(trial=True)


async def test_a_car_desk_in_practice_can_be_used_at_200_percent(car_page: Page, car_desk: DeskProcess) -> None:
    await car_page.add_style_tag(content=WITHOUT_MOTION)
    car_desk.show(replace(car_views.EVERY_STEP['keys_out'], passengers=1, practice=True))
    await expect(car_page.get_by_text(WORDS)).to_be_visible()
    assert await serious(car_page) == []
    await car_page.set_viewport_size(ZOOMED)
    for button in await car_page.locator('.car-step').get_by_role('button').all():
        await button.scroll_into_view_if_needed()
        await button.click(trial=True)
