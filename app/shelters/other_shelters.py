"""Where else somebody is, as the desk that they stand at says it: at this box, or at that of another shelter."""

from uuid import UUID

from app.shelters.across.elsewhere import Elsewhere
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.stays import Stays


class OtherShelters:
    """Looks at the stays of this box, and at what other boxes told."""

    def __init__(self, register: ShelterRegister, stays: Stays, elsewhere: Elsewhere) -> None:
        self._register = register
        self._stays = stays
        self._elsewhere = elsewhere

    async def still_at(self, evacuee: UUID, here: UUID) -> ShelterInfo | None:
        """Another shelter of this box where a stay was not ended; the desk can end it."""
        stay = next(iter(await self._stays.open_elsewhere(evacuee, here)), None)
        return await self._register.get(stay.shelter) if stay else None

    async def came_from(self, evacuee: UUID) -> str:
        """The shelter of another box that received them before; its staff end the stay there. Empty: none."""
        return await self._elsewhere.came_from(evacuee)
