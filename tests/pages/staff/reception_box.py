"""A box with a reception desk and a call for help, and its staff pages in a process of its own."""

import sys
from pathlib import Path

from app.desks.register import Job
from app.runtime import Box
from app.shelters.calls import Help
from app.shelters.places import Area, ShelterEntry
from app.shelters.values import Urgency
from pages.staff import shelters
from tests.pages.staff import shelters_box, staff_box
from tests.pages.staff.staff_box import ACTOR

AREA = 'A列'


async def furnish(box: Box) -> None:
    """The shelters of the other tests, a desk, and somebody with oxygen at the entrance."""
    await shelters_box.furnish(box)
    here = await box.shelters.register.here()
    assert here is not None
    await box.shelters.register.put_area(Area(id=here.id, shelter=here.id, name=AREA), ACTOR)
    await box.shelters.register.add(ShelterEntry(code='E-other', name='長坂台小学校'), ACTOR)
    await box.desks.add('受付1', Job.SHELTER, 'sim:受付1', ACTOR)
    for urgency in (Urgency.OXYGEN, Urgency.INJURY):
        await box.shelters.reception.calls.call(Help(shelter=here.id, urgency=urgency), ACTOR)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
