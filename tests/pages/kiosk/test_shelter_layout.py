"""The reception desk is readable and reachable in every step: WCAG 2.2 AA, targets from a wheelchair."""

import pytest
from playwright.async_api import Page

from app.messages.languages import Language
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.shelter_tablet import (
    LANDSCAPE,
    PORTRAIT,
    objections_to,
    shared_shelter_desk,
    shelter_desk,
    shelter_page,
)
from tests.pages.kiosk.shelter_views import EVERY_STEP

pytestmark = pytest.mark.asyncio(loop_scope='session')

__all__ = ['shared_shelter_desk', 'shelter_desk', 'shelter_page']

LONGEST = Language.PORTUGUESE


@pytest.mark.parametrize('size', [LANDSCAPE, PORTRAIT], ids=lambda size: f'{size[0]}x{size[1]}')
@pytest.mark.parametrize('language', [Language.JAPANESE, LONGEST])
async def test_every_step_is_readable_and_reachable(
    shelter_page: Page, shelter_desk: DeskProcess, size: tuple[int, int], language: Language
) -> None:
    assert await objections_to(shelter_page, shelter_desk, EVERY_STEP, language, size) == {}
