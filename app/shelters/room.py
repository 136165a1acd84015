"""The parts of the shelters room, put together."""

from dataclasses import dataclass

from app.journal.journal import Journal
from app.journal.security_log import SecurityLog
from app.shelter_settings import ShelterSettings
from app.shelters.counting import HeadCounts
from app.shelters.desk_parts import DeskParts
from app.shelters.desk_room import build_reception
from app.shelters.dwellings import Dwellings
from app.shelters.evacuees import Evacuees
from app.shelters.families import Families
from app.shelters.households import Households
from app.shelters.inquiries.service import Inquiries
from app.shelters.protection import Protection
from app.shelters.needs.service import Needs, build_needs
from app.shelters.opening_room import Opening, build_opening
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
    protection: Protection
    inquiries: Inquiries
    families: Families
    reception: DeskParts
    opening: Opening
    needs: Needs


def build_shelters(
    vault: Vault, journal: Journal, reading: ReadOnlyDatabase, settings: ShelterSettings, log: SecurityLog
) -> Shelters:
    """Put the room together."""
    stays, tokens, register = Stays(journal), Tokens(vault), ShelterRegister(journal)
    prefix = settings.number_prefix or _prefix_of(journal.identity.box.int)
    evacuees = Evacuees(vault, journal, stays, tokens, prefix)
    counts, families = HeadCounts(journal, reading), Families(vault, journal)
    households = Households(vault, journal)
    reception = build_reception(
        journal,
        register,
        evacuees,
        counts,
        families,
        stays=stays,
        tokens=tokens,
        households=households,
        prefix=prefix,
    )
    return Shelters(
        settings=settings,
        register=register,
        evacuees=evacuees,
        stays=stays,
        tokens=tokens,
        counts=counts,
        households=households,
        dwellings=Dwellings(vault, journal),
        protection=Protection(journal, evacuees, settings.opened_seconds),
        inquiries=Inquiries(vault, journal, reading, settings),
        families=families,
        reception=reception,
        opening=build_opening(vault, journal, reading, register, log),
        needs=build_needs(vault, journal, reading, register, settings),
    )


def _prefix_of(box: int) -> str:
    """Three letters of the box, of those that are not mistaken for others, so that boxes give different numbers."""
    letters = len(PREFIX_LETTERS)
    return ''.join(PREFIX_LETTERS[box // letters**place % letters] for place in range(3))
