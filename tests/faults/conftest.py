"""Chromium and a furnished box for the tests of this folder."""

from pathlib import Path

import pytest_asyncio
from playwright.async_api import expect

from tests.chromium import browser
from tests.support.kiosk import City, prepare_city

__all__ = ['browser']

expect.set_options(timeout=20_000)


@pytest_asyncio.fixture(loop_scope='session')
async def city(tmp_path: Path) -> City:
    """Staff, cards, a desk and a token in a data directory of this test."""
    return await prepare_city(tmp_path / 'box')
