"""The box of `staff_box.py`, with a pool of cars that was used for a year."""

import sys
from datetime import timedelta
from pathlib import Path

from app import clock
from app.runtime import Box
from tests.pages.staff import staff_box
from tests.support.fleet import furnish_pool

DAYS = 400


_usual = staff_box._furnish


async def furnish(box: Box) -> None:
    """The usual people, 12 ordinary and 4 small cars, and their trips until yesterday."""
    await _usual(box)
    await furnish_pool(box, clock.today() - timedelta(days=DAYS), DAYS)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
