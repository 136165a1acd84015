"""What a staff list would change, before anything is changed."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from app.people.search import everyone
from app.people.staff import StaffEntry
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Comparison:
    """The entries that are new, and those that say something else than the box knows."""

    added: tuple[StaffEntry, ...]
    changed: tuple[StaffEntry, ...]
    unchanged: int
    missing: int
    """Active staff who are not in the list; an import leaves them as they are."""


async def compare(entries: Sequence[StaffEntry], reading: ReadOnlyDatabase, vault: Vault) -> Comparison:
    """Hold a list against the staff of the box."""

    def query(connection: sqlite3.Connection) -> Comparison:
        known: dict[str, StaffEntry] = {}
        active = set()
        for member in everyone(connection, vault):
            known[member.number] = StaffEntry(
                number=member.number, name=member.name, kana=member.kana, department=member.department
            )
            if member.active:
                active.add(member.number)
        changed = tuple(entry for entry in entries if known.get(entry.number, entry) != entry)
        added = tuple(entry for entry in entries if entry.number not in known)
        missing = len(active - {entry.number for entry in entries})
        return Comparison(added, changed, len(entries) - len(added) - len(changed), missing)

    return await reading.read(query)
