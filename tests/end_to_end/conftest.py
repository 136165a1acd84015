"""One furnished desk for all tests of this folder."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.chromium import browser
from tests.end_to_end.furnished_desk import Desk, furnished_desk
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.pcscd import PrivatePcscd

__all__ = ['browser']

expect.set_options(timeout=20_000)


@pytest_asyncio.fixture(loop_scope='session', scope='package')
async def desk(
    browser: Browser,
    session_pcsc: PrivatePcscd,
    card_authority: CardAuthority,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Desk]:
    """The desk 東玄関, whose tablet is open."""
    async with furnished_desk(browser, session_pcsc, card_authority, tmp_path_factory.mktemp('desk')) as furnished:
        yield furnished
