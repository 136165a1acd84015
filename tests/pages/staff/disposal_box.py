"""A box of shared cars with breath tests of 2020, whose retention has passed."""

import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from app.clock import TOKYO
from app.runtime import Box
from app.vehicles.models import AlcoholCheck
from tests.pages.staff import cars_box, staff_box


async def furnish(box: Box) -> None:
    """What the box of the cars has, and three old tests."""
    await cars_box.furnish(box)
    driver = await box.staff.find_by_number('1003')
    assert driver is not None
    for number in range(3):
        await AlcoholCheck.create(
            sequence=1_000_000 + number, id=uuid4(), phase='before', driver=driver.id, confirmer=driver.id,
            checked_at=datetime(2020, 3, 29 + number, 23, 30, tzinfo=TOKYO), method='face_to_face',
            value=Decimal('0'), is_positive=False,
        )  # fmt: skip


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
