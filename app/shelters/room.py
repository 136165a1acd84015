"""The parts of the shelters room, put together."""

from dataclasses import dataclass

from app.journal.journal import Journal
from app.shelter_settings import ShelterSettings
from app.shelters.counting import HeadCounts
from app.shelters.dwellings import Dwellings
from app.shelters.evacuees import Evacuees
from app.shelters.families import Families
from app.shelters.households import Households
from app.shelters.registry import ShelterRegister
from app.shelters.stays import Stays
from app.shelters.tokens import Tokens
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

PREFIX_LETTERS = 'ACDEFHJKLMNPRTUVWXY'


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelters:
    """Everything about shelters on this box."""

    settings: ShelterSettings
    register: ShelterRegister
    evacuees: Evacuees
    stays: Stays
    tokens: Tokens
    counts: HeadCounts
    households: Households
    dwellings: Dwellings
    families: Families


def build_shelters(vault: Vault, journal: Journal, reading: ReadOnlyDatabase, settings: ShelterSettings) -> Shelters:
    """Put the room together."""
    stays, tokens = Stays(journal), Tokens(vault)
    prefix = settings.number_prefix or _prefix_of(journal.identity.box.int)
    return Shelters(
        settings=settings,
        register=ShelterRegister(journal),
        evacuees=Evacuees(vault, journal, stays, tokens, prefix),
        stays=stays,
        tokens=tokens,
        counts=HeadCounts(journal, reading),
        households=Households(vault, journal),
        dwellings=Dwellings(vault, journal),
        families=Families(vault, journal),
    )


def _prefix_of(box: int) -> str:
    """Three letters of the box, of those that are not mistaken for others, so that boxes give different numbers."""
    letters = len(PREFIX_LETTERS)
    return ''.join(PREFIX_LETTERS[box // letters**place % letters] for place in range(3))
