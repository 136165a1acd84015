"""The reception desk is readable and reachable in every step: WCAG 2.2 AA, targets from a wheelchair."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Page

from app.messages.languages import Language
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.shelter_tablet import shared_shelter_desk, shelter_desk, shelter_page, shows
from tests.pages.kiosk.shelter_views import EVERY_STEP

pytestmark = pytest.mark.asyncio(loop_scope='session')

__all__ = ['shared_shelter_desk', 'shelter_desk', 'shelter_page']

SCREENSHOTS = Path(__file__).parents[2] / 'screenshots'
LAYOUT_CHECK = Path(__file__).with_name('layout_check.js').read_text(encoding='utf-8')
LANDSCAPE, PORTRAIT = (1280, 800), (800, 1280)
LONGEST = Language.PORTUGUESE


@pytest.mark.parametrize('size', [LANDSCAPE, PORTRAIT], ids=lambda size: f'{size[0]}x{size[1]}')
@pytest.mark.parametrize('language', [Language.JAPANESE, LONGEST])
async def test_every_step_is_readable_and_reachable(
    shelter_page: Page, shelter_desk: DeskProcess, size: tuple[int, int], language: Language
) -> None:
    await shelter_page.set_viewport_size({'width': size[0], 'height': size[1]})
    await shelter_page.add_style_tag(content='* { transition: none !important; }')
    objections = {}
    for name, view in EVERY_STEP.items():
        await shows(shelter_page, shelter_desk, replace(view, language=language))
        await shelter_page.wait_for_timeout(80)
        objections[name] = await shelter_page.evaluate(LAYOUT_CHECK)
        SCREENSHOTS.mkdir(exist_ok=True)
        await shelter_page.screenshot(path=SCREENSHOTS / f'shelter_{name}_{language}_{size[0]}x{size[1]}.png')
    assert {name: found for name, found in objections.items() if found} == {}
