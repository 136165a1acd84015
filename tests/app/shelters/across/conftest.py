import asyncio
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from tests.app.shelters.across.city import City

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=TOKYO)


@pytest.fixture(scope='session')
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The boxes of a city that was prepared once: copying them spares each test the migrations."""
    root = tmp_path_factory.mktemp('city') / 'boxes'
    with clock.use(SettableClock(MORNING)):
        asyncio.run(City(root).prepare())
    return root


@pytest.fixture(autouse=True)
def hours() -> Iterator[SettableClock]:
    settable = SettableClock(MORNING)
    with clock.use(settable):
        yield settable


@pytest.fixture
def city(prepared: Path, tmp_path: Path) -> City:
    """Two shelters that are open, and headquarters; all have the key."""
    shutil.copytree(prepared, tmp_path / 'boxes')
    return City(tmp_path / 'boxes')
