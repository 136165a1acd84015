"""What a shelter needs, put together from its parts."""

from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.shelter_settings import ShelterSettings
from app.shelters.needs.fact_book import FactBook
from app.shelters.needs.handing_over import Notes
from app.shelters.needs.health import HealthLog
from app.shelters.needs.helpers import HelperBook
from app.shelters.needs.opening_time import opened_at
from app.shelters.needs.presence import PresenceBook
from app.shelters.needs.strip import Strip, strip_of, usable_area
from app.shelters.needs.tonight import MealBook
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.stays import Stays
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Needs of the shelters of a box."""

    settings: ShelterSettings
    register: ShelterRegister
    reading: ReadOnlyDatabase
    facts: FactBook
    presence: PresenceBook
    meals: MealBook
    health: HealthLog
    helpers: HelperBook
    notes: Notes

    async def strip(self, shelter: ShelterInfo) -> Strip:
        """The standards of a shelter as they stand now; those of a drill count the drill only."""
        practice = shelter.practice
        return strip_of(
            as_of=clock.now(),
            opened=await opened_at(self.reading, shelter.id),
            presence=await self.presence.of(shelter.id, practice=practice),
            square_metres=await self.square_metres(shelter.id, shelter.entry.area_m2),
            facts=await self.facts.of(shelter.id, practice=practice),
            tonight=await self.meals.tonight(shelter.id, practice=practice),
            toilets_later_days=self.settings.toilets_later_days,
        )

    async def square_metres(self, shelter: UUID, whole: float | None) -> float | None:
        """Square metres to lie on."""
        return usable_area(whole, await self.register.areas(shelter))


def build_needs(
    vault: Vault,
    journal: Journal,
    reading: ReadOnlyDatabase,
    register: ShelterRegister,
    stays: Stays,
    settings: ShelterSettings,
) -> Needs:
    """Put the parts together."""
    return Needs(
        settings=settings,
        register=register,
        reading=reading,
        facts=FactBook(journal, reading),
        presence=PresenceBook(reading),
        meals=MealBook(vault, reading),
        health=HealthLog(vault, journal, stays),
        helpers=HelperBook(vault, journal),
        notes=Notes(vault, journal),
    )
