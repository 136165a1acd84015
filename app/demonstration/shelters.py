"""Shelters of the demonstration city: an open one with invented people, and a few real ones that nobody is in.

The real ones are as the national list says them (free use with credit).
"""

import asyncio
import uuid
from collections.abc import Sequence
from uuid import UUID

from app import clock
from app.desks.register import Job
from app.journal.line import Actor
from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.drill.invented import InventedPerson, invent
from app.shelters.drill.serving import class_seen
from app.shelters.evacuees import Registration
from app.shelters.list_import import CREDITS
from app.shelters.list_table import Layout
from app.shelters.places import Area, ShelterEntry
from app.shelters.stays import Arrival
from app.shelters.values import ShelterKind, ShelterState

CREDIT = CREDITS[Layout.DESIGNATED]
SHELTERS = (
    ('E1720100005111', '緑小学校', '石川県金沢市みどり1-166', 36.570128, 136.590705, ShelterKind.DESIGNATED),
    ('E1720100007111', '緑中学校', '石川県金沢市みどり2-3', 36.570517, 136.584446, ShelterKind.DESIGNATED),
    ('E1720100583111', '新竪町公民館', '石川県金沢市鱗町62', 36.555893, 136.6569, ShelterKind.DESIGNATED),
    ('E1720100059121', '鶴寿園', '石川県金沢市額谷町ヌ1', 36.509812, 136.629495, ShelterKind.WELFARE),
)


GYMNASIUM = ShelterEntry(
    code='DEMO-1',
    name='百万石体育館(架空)',
    district='架空',
    address='石川県金沢市架空町1-1',
    latitude=36.5613,
    longitude=136.6562,
    capacity=200,
    area_m2=720.0,
)
AREAS = ('アリーナ北', 'アリーナ南')
RECEPTION, READER = '避難所受付', 'sim:避難所受付'
PEOPLE, PROTECTED, VISITORS, COUNTED_ONLY = 48, 1, 4, 9


async def furnish_shelters(box: Box) -> None:
    """Add them; the box stands in the open one, which has a reception. What the list does not say is not known."""
    actor = Actor.system()
    await box.shelters.register.add_all([_entry(*each) for each in SHELTERS], actor)
    gymnasium = await box.shelters.register.add(GYMNASIUM, actor, here=True)
    areas = [Area(id=uuid.uuid4(), shelter=gymnasium.id, name=name, capacity=100, area_m2=360.0) for name in AREAS]
    for area in areas:
        await box.shelters.register.put_area(area, actor)
    await box.shelters.register.set_state(gymnasium.id, ShelterState.OPENED, actor)
    await box.desks.add(RECEPTION, Job.SHELTER, READER, actor)
    people = invent(7, PEOPLE + COUNTED_ONLY, protected=PROTECTED, visitors=VISITORS, today=clock.today())
    await asyncio.gather(*(_count(box, gymnasium.id, person, actor) for person in people))
    await _receive(box, gymnasium.id, areas, people[:PEOPLE], actor)


async def _count(box: Box, shelter: UUID, person: InventedPerson, actor: Actor) -> None:
    press = Press(shelter=shelter, person_class=class_seen(person), attempt=str(uuid.uuid4()))
    await box.shelters.counts.press(press, actor)


async def _receive(
    box: Box, shelter: UUID, areas: Sequence[Area], people: Sequence[InventedPerson], actor: Actor
) -> None:
    for person in people:
        area = areas[person.index % len(areas)].id
        arrival = Arrival(shelter=shelter, area=area, visitor=person.visitor)
        await box.shelters.evacuees.register(Registration(arrival=arrival, details=person.details), actor)


def _entry(code: str, name: str, address: str, latitude: float, longitude: float, kind: ShelterKind) -> ShelterEntry:
    return ShelterEntry(
        code=code, name=name, kind=kind, address=address, latitude=latitude, longitude=longitude, source=CREDIT
    )
