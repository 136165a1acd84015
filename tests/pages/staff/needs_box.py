"""The box of `staff_box.py`, with a shelter that 120 people came to."""

import sys
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from app.access.principals import Role
from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.needs.facts import Condition, Fact, Found
from app.shelters.places import Area, ShelterEntry
from app.shelters.values import AreaKind, PersonClass, ShelterState
from pages.staff import shelters
from tests.pages.staff import staff_box
from tests.support.shelter import OFFICER, opened_shelter, register

_usual = staff_box._furnish
OFFICER_NUMBER = '2001'


async def furnish(box: Box) -> None:
    """The usual people, an officer of the shelter, one shelter that is crowded and one of a drill."""
    await _usual(box)
    roles = {Role.SHELTER_OFFICER}
    await box.access.accounts.create(OFFICER_NUMBER, roles, OFFICER, password=staff_box.PASSWORD)
    shelter = await opened_shelter(box, '弥生さくら小学校')
    await register(box, shelter)
    for area in ('体育館', '和室'):
        await box.shelters.register.put_area(Area(id=_id(area), shelter=shelter.id, name=area, area_m2=150), OFFICER)
    isolation = Area(id=_id('保健室'), shelter=shelter.id, name='保健室', kind=AreaKind.ISOLATION, area_m2=40)
    await box.shelters.register.put_area(isolation, OFFICER)
    for person in range(120):
        person_class = PersonClass.MAN if person % 2 else PersonClass.WOMAN
        await box.shelters.counts.press(Press(shelter=shelter.id, person_class=person_class), OFFICER)
    facts = {
        Fact.TOILETS_WOMEN: Found(2),
        Fact.TOILETS_MEN: Found(2),
        Fact.BEDS: Found(30),
        Fact.WATER_DRINKING: Found(600),
        Fact.POWER: Found(condition=Condition.GOOD),
        Fact.SEWER: Found(condition=Condition.BAD),
    }
    await box.shelters.needs.facts.enter(shelter.id, facts, OFFICER, practice=False)
    entry = ShelterEntry(code='E-drill', name='訓練用体育館')
    drill = await box.shelters.register.add(entry, OFFICER, practice=True)
    await box.shelters.register.set_state(drill.id, ShelterState.OPENED, OFFICER)


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
