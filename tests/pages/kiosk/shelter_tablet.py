"""The scripted reception desk and its tablet."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from app.messages.languages import Language
from app.shelters.desk_screens import ShelterDeskView
from tests.pages.kiosk.conftest import DeskProcess, open_desk, start_desk
from tests.pages.kiosk.shelter_views import WAITING

SCREENSHOTS = Path(__file__).parents[2] / 'screenshots'
LAYOUT_CHECK = Path(__file__).with_name('layout_check.js').read_text(encoding='utf-8')
LANDSCAPE, PORTRAIT = (1280, 800), (800, 1280)
WITHOUT_MOTION = '* { transition: none !important; animation: none !important; }'


@pytest.fixture(scope='session')
def shared_shelter_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskProcess]:
    """The one scripted reception desk of this folder."""
    desk = start_desk(tmp_path_factory.mktemp('shelter'), 'scripted_shelter.py')
    yield desk
    desk.process.terminate()
    desk.process.wait(10)


@pytest.fixture
def shelter_desk(shared_shelter_desk: DeskProcess) -> DeskProcess:
    """The reception desk with nobody at it and nothing asked of it yet."""
    put(shared_shelter_desk, WAITING)
    shared_shelter_desk.forget_calls()
    return shared_shelter_desk


@pytest_asyncio.fixture(loop_scope='session')
async def shelter_page(browser: Browser, shelter_desk: DeskProcess) -> AsyncIterator[Page]:
    """The reception desk's page on a tablet of 1280 x 800."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    page = await context.new_page()
    await open_desk(page, shelter_desk)
    yield page
    await context.close()


def put(desk: DeskProcess, view: ShelterDeskView) -> None:
    """Let the desk show a view."""
    desk.show(view)


async def shows(page: Page, desk: DeskProcess, view: ShelterDeskView) -> None:
    """Let the desk show a view, and wait until the page does."""
    put(desk, view)
    step = 'failure' if view.storage_failed else view.step.value
    await expect(page.locator('.kiosk')).to_have_attribute('data-step', step)


async def objections_to(
    page: Page, desk: DeskProcess, views: Mapping[str, ShelterDeskView], language: Language, size: tuple[int, int]
) -> dict[str, object]:
    """What is not readable or not reachable in these views, by their names; a picture of each is kept."""
    await page.set_viewport_size({'width': size[0], 'height': size[1]})
    await page.add_style_tag(content=WITHOUT_MOTION)
    SCREENSHOTS.mkdir(exist_ok=True)
    found: dict[str, object] = {}
    for name, view in views.items():
        await shows(page, desk, replace(view, language=language))
        await page.wait_for_timeout(80)
        found[name] = await page.evaluate(LAYOUT_CHECK)
        await page.screenshot(path=SCREENSHOTS / f'shelter_{name}_{language}_{size[0]}x{size[1]}.png')
    return {name: objections for name, objections in found.items() if objections}


async def has_asked(page: Page, desk: DeskProcess, *calls: list[str]) -> None:
    """Wait until the page has asked exactly this of its controller; `*` stands for anything."""
    for _attempt in range(50):
        if _match(desk.calls(), calls):
            return
        await page.wait_for_timeout(50)
    assert desk.calls() == list(calls)


def _match(asked: list[list[object]], wanted: tuple[list[str], ...]) -> bool:
    return len(asked) == len(wanted) and all(
        len(one) == len(other) and all(want in (got, '*') for got, want in zip(one, other, strict=True))
        for one, other in zip(asked, wanted, strict=True)
    )
