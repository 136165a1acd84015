"""Shelters with as many people as places: staff decide whether to say that they are full."""

from app.shelters.matters import ShelterMatter, ShelterMatterKind
from app.shelters.needs.presence import PresenceBook
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.values import ShelterState


async def full_matters(presence: PresenceBook, register: ShelterRegister) -> list[ShelterMatter]:
    """Opened shelters at or above their capacity without what is blocked of it; unknown capacities propose nothing."""
    found = []
    for shelter in await register.all():
        places = _places(shelter)
        if shelter.state is not ShelterState.OPENED or places is None:
            continue
        people = (await presence.of(shelter.id, practice=shelter.practice)).people or 0
        if people >= places:
            found.append(_matter(shelter, people))
    return sorted(found, key=lambda matter: matter.practice)


def _places(shelter: ShelterInfo) -> int | None:
    capacity = shelter.entry.capacity
    return max(0, capacity - shelter.entry.blocked_capacity) if capacity else None


def _matter(shelter: ShelterInfo, people: int) -> ShelterMatter:
    kind, name = ShelterMatterKind.FULL, shelter.entry.name
    return ShelterMatter(kind=kind, shelter=shelter.id, name=name, count=people, practice=shelter.practice)
