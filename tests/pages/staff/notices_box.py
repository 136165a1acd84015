"""An open shelter with somebody who leaves, its officer, and the screens that residents see."""

import sys
from pathlib import Path

from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.values import LeftFor
from pages.public import signage
from pages.staff import shelters
from tests.pages.staff import shelters_box, staff_box
from tests.support.shelter import OFFICER, opened_shelter, register


async def furnish(box: Box) -> None:
    """The people of the shelter pages, and one who said that they go home."""
    await shelters_box.furnish(box)
    shelter = await opened_shelter(box, '野町小学校')
    leaving = await register(box, shelter, PersonDetails(name='金沢 一'))
    (stay,) = await box.shelters.stays.of(leaving.evacuee.id)
    await box.shelters.leavings.declare(leaving.evacuee.id, stay, LeftFor.HOME, OFFICER)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.PARTS = (*staff_box.PARTS, shelters, signage)
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
