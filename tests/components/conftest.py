"""The staff components in a child process for the tests of this folder."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.chromium import browser, start_pages

__all__ = ['browser']


@pytest.fixture(scope='session')
def staff_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served."""
    script = Path(__file__).with_name('staff_page.py')
    address, process = start_pages(script, tmp_path_factory.mktemp('staff'), ready='/ready')
    yield address
    process.terminate()
    process.wait(10)


@pytest_asyncio.fixture(loop_scope='session')
async def page(browser: Browser, staff_address: str) -> AsyncIterator[Page]:
    """A browser at a desk of the staff."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP', base_url=staff_address)
    yield await context.new_page()
    await context.close()
