"""Children without an adult who are at a shelter, as a matter for whoever runs it."""

from collections import Counter

from app.access.principals import Permission
from app.shelters.matters import ShelterMatter, ShelterMatterKind
from app.shelters.models import Stay
from app.shelters.registry import ShelterRegister
from app.shelters.search import PeopleSearch
from app.shelters.values import RECEIVING, StayState


async def child_matters(search: PeopleSearch, register: ShelterRegister) -> list[ShelterMatter]:
    """By shelter, how many nobody has taken over; protected ones are told to those alone who may see them."""
    shelters = {one.id: one for one in await register.all() if one.state in RECEIVING}
    if not shelters:
        return []
    alone = {each.evacuee: each.details.protected for each in await search.people() if each.details.unaccompanied}
    stays = await Stay.filter(evacuee__in=list(alone)).exclude(state=str(StayState.LEFT)) if alone else []
    counts = Counter((stay.shelter, alone[stay.evacuee]) for stay in stays if stay.shelter in shelters)
    found = [
        ShelterMatter(
            kind=ShelterMatterKind.CHILDREN_ALONE,
            shelter=shelter,
            name=shelters[shelter].entry.name,
            count=count,
            practice=shelters[shelter].practice,
            permission=Permission.SEE_PROTECTED if protected else Permission.RUN_SHELTER,
        )
        for (shelter, protected), count in counts.items()
    ]
    return sorted(found, key=lambda matter: (matter.practice, matter.name))
