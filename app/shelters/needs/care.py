"""How many people need care, as totals without names."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.shelters.details import PersonDetails, open_person
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

REGISTERED = """
    SELECT id, details FROM evacuee WHERE id IN (
        SELECT evacuee FROM stay WHERE shelter = ? AND practice = ? AND state <> 'left'
    )
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareTotals:
    """Of those who are registered and have not left."""

    named: int
    """Of whom more is known than a token; only they could say that they need care."""
    with_needs: int
    """要配慮者."""
    urgent: int
    """Oxygen, ventilator, dialysis or injury."""


def care_of(people: Iterable[PersonDetails]) -> CareTotals:
    """Sum up."""
    known = [each for each in people if each.is_named or each.needs or each.urgencies]
    return CareTotals(
        named=len(known),
        with_needs=sum(1 for each in known if each.needs),
        urgent=sum(1 for each in known if each.urgencies),
    )


async def care_totals(vault: Vault, reading: ReadOnlyDatabase, shelter: UUID, *, practice: bool) -> CareTotals:
    """The totals of one shelter; details are opened in a thread."""

    def query(connection: sqlite3.Connection) -> CareTotals:
        rows = connection.execute(REGISTERED, (str(shelter), practice))
        return care_of(open_person(vault, UUID(row['id']), row['details']) for row in rows)

    return await reading.read(query)
