"""Opening, adopting and closing shelters, put together."""

from dataclasses import dataclass

from app.journal.journal import Journal
from app.journal.security_log import SecurityLog
from app.shelters.adoption import Adoptions
from app.shelters.closing import ShelterStates
from app.shelters.facilities import Facilities
from app.shelters.opening import Openings
from app.shelters.registry import ShelterRegister
from app.shelters.sealed_codes import SealedCodes
from app.shelters.shelter_search import ShelterSearch
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How shelters open and close on this box."""

    codes: SealedCodes
    residents: Openings
    adoptions: Adoptions
    states: ShelterStates
    facilities: Facilities
    search: ShelterSearch


def build_opening(
    vault: Vault, journal: Journal, reading: ReadOnlyDatabase, register: ShelterRegister, log: SecurityLog
) -> Opening:
    """Put them together."""
    codes = SealedCodes(vault, journal)
    adoptions = Adoptions(vault, journal, register, codes)
    return Opening(
        codes=codes,
        residents=Openings(vault, journal, register, codes, log),
        adoptions=adoptions,
        states=ShelterStates(journal, register, adoptions, reading),
        facilities=Facilities(journal, register),
        search=ShelterSearch(reading),
    )
