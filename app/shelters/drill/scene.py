"""A box after a drill, as a checker sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.journal.journal import Journal
from app.journal.line import Actor, Assurance
from app.shelters.details import PersonDetails
from app.shelters.drill.invented import InventedPerson
from app.shelters.places import ShelterInfo
from app.shelters.room import Shelters
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

CLERK = Actor('drill-clerk', Assurance.PASSWORD)
ALL = 1_000_000
"""Rows of a list: nobody is beyond its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A box after a drill, and whom nobody may find in it."""

    room: Shelters
    reading: ReadOnlyDatabase
    vault: Vault
    journal: Journal
    shelter: ShelterInfo
    people: Sequence[InventedPerson]

    @property
    def hidden(self) -> list[PersonDetails]:
        """The protected people of the cast."""
        return [each.details for each in self.people if each.details.protected]
