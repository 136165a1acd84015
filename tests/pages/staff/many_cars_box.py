"""The box of `staff_box.py` with more cars and trips than any page shows at once."""

import sys
from pathlib import Path

from app.access.principals import Role
from app.runtime import Box
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR, PASSWORD
from tests.support.many_trips import furnish_many

CARS, TRIPS = 600, 3_000
ADMINISTRATOR = '00000'


async def furnish(box: Box) -> None:
    """600 cars and 3,000 trips of a month."""
    await furnish_many(box, cars=CARS, trips=TRIPS, people=30, days=28)
    await box.access.accounts.create(ADMINISTRATOR, {Role.ADMINISTRATOR}, ACTOR, password=PASSWORD)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
