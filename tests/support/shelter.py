"""A shelter with its first people, for tests."""

from datetime import date
from uuid import UUID

from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registered, Registration
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.values import PersonClass, Sex, ShelterState

OFFICER = Actor('officer', Assurance.CARD)
HANAKO = PersonDetails(
    name='金沢 花子',
    kana='カナザワ ハナコ',
    birth_date=date(1946, 3, 1),
    sex=Sex.FEMALE,
    address='石川県金沢市広坂1丁目1番1号',
)


async def opened_shelter(box: Box, name: str = '泉小学校', *, capacity: int | None = 300) -> ShelterInfo:
    """A designated shelter that receives people; the box stands in the first."""
    entry = ShelterEntry(code=f'E-{name}', name=name, district='泉', capacity=capacity, area_m2=700.0)
    is_first = await box.shelters.register.here() is None
    shelter = await box.shelters.register.add(entry, OFFICER, here=is_first)
    return await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)


async def register(box: Box, shelter: ShelterInfo, details: PersonDetails = HANAKO) -> Registered:
    """Somebody is registered as staying in the shelter."""
    return await box.shelters.evacuees.register(
        Registration(arrival=Arrival(shelter=shelter.id), details=details), OFFICER
    )


async def counted(
    box: Box,
    shelter: ShelterInfo,
    people: int,
    person_class: PersonClass = PersonClass.MAN,
    *,
    area: UUID | None = None,
    practice: bool | None = None,
) -> None:
    """So many presses of a counter; in a drill, if the shelter holds one and nothing else is said."""
    in_drill = shelter.practice if practice is None else practice
    for _person in range(people):
        press = Press(shelter=shelter.id, person_class=person_class, area=area, practice=in_drill)
        await box.shelters.counts.press(press, OFFICER)
