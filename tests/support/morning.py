"""Eight o'clock of a morning on which nothing moves but what a test moves; import the fixture to use it."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from app import clock
from app.clock import TOKYO, SettableClock

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=TOKYO)


@pytest.fixture(autouse=True)
def morning() -> Iterator[SettableClock]:
    """The clock of the box, which a test may turn."""
    settable = SettableClock(MORNING)
    with clock.use(settable):
        yield settable
