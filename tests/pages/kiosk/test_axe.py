"""axe-core finds nothing serious on any screen of the three desks."""

from collections.abc import Iterable

import pytest
from playwright.async_api import Page, expect

from pages.kiosk.attendance_words import screen_of
from tests.pages.kiosk import car_views, shelter_views, views
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.shelter_tablet import WITHOUT_MOTION, shared_shelter_desk, shelter_desk, shelter_page, shows
from tests.support.accessibility import serious

pytestmark = pytest.mark.asyncio(loop_scope='session')

__all__ = ['shared_shelter_desk', 'shelter_desk', 'shelter_page']

AT_ONCE = 8


def portions(names: Iterable[str]) -> list[list[str]]:
    """A few names for each test, so that none takes long."""
    listed = list(names)
    return [listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE)]


@pytest.mark.parametrize('names', portions(views.EVERY_STATE), ids=lambda names: names[0])
async def test_every_screen_of_the_attendance_desk(page: Page, desk: DeskProcess, names: list[str]) -> None:
    await page.add_style_tag(content=WITHOUT_MOTION)
    found = {}
    for name in names:
        view = views.EVERY_STATE[name]
        desk.show(view)
        await expect(page.locator('.screen')).to_contain_text(screen_of(view).title)
        found[name] = await serious(page)
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize('names', portions(car_views.EVERY_STEP), ids=lambda names: names[0])
async def test_every_step_of_the_car_desk(car_page: Page, car_desk: DeskProcess, names: list[str]) -> None:
    await car_page.add_style_tag(content=WITHOUT_MOTION)
    found = {}
    for name in names:
        view = car_views.EVERY_STEP[name]
        car_desk.show(view)
        step = 'failure' if view.storage_failed else view.step.value
        await expect(car_page.locator('.kiosk')).to_have_attribute('data-step', step)
        found[name] = await serious(car_page)
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize('names', portions(shelter_views.EVERY_STEP), ids=lambda names: names[0])
async def test_every_step_of_the_reception_desk(
    shelter_page: Page, shelter_desk: DeskProcess, names: list[str]
) -> None:
    await shelter_page.add_style_tag(content=WITHOUT_MOTION)
    found = {}
    for name in names:
        view = shelter_views.EVERY_STEP[name]
        await shows(shelter_page, shelter_desk, view)
        found[name] = await serious(shelter_page)
    assert {name: each for name, each in found.items() if each} == {}
