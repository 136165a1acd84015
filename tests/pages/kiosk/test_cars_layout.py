"""The car desk is readable and reachable in every step: WCAG 2.2 AA, targets from a wheelchair."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.pages.kiosk.car_views import EVERY_STEP
from tests.pages.kiosk.conftest import DeskProcess

pytestmark = pytest.mark.asyncio(loop_scope='session')

SCREENSHOTS = Path(__file__).parents[2] / 'screenshots'
LAYOUT_CHECK = Path(__file__).with_name('layout_check.js').read_text(encoding='utf-8')
SIZES = ((1280, 800), (800, 1280))


@pytest.mark.parametrize('size', SIZES, ids=lambda size: f'{size[0]}x{size[1]}')
async def test_every_step_is_readable_and_reachable(
    car_page: Page, car_desk: DeskProcess, size: tuple[int, int]
) -> None:
    await car_page.set_viewport_size({'width': size[0], 'height': size[1]})
    await car_page.add_style_tag(content='* { transition: none !important; }')
    objections = {}
    for name, view in EVERY_STEP.items():
        car_desk.show(view)
        step = 'failure' if view.storage_failed else view.step.value
        await expect(car_page.locator('.kiosk')).to_have_attribute('data-step', step)
        await expect(car_page.locator('.car')).to_have_count(len(view.rows) or await car_page.locator('.car').count())
        await car_page.wait_for_timeout(60)
        objections[name] = await car_page.evaluate(LAYOUT_CHECK)
        await _keep(car_page, f'cars_{name}_{size[0]}x{size[1]}')
    assert {name: found for name, found in objections.items() if found} == {}


async def _keep(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f'{name}.png')
