"""What a search compares of each person, in one spelling, and how it is read from the database."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from app.shelters.details import PersonDetails, open_person
from app.shelters.spelling import digits, kana_parts, name_parts, plain_address
from app.storage.vault import Vault

AT_ONCE = 100
REST_SECONDS = 0.001
"""After so many records a thread lets the others work."""
ALL = 'SELECT id, number, details, practice FROM evacuee WHERE merged_into IS NULL'


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person as a search sees them."""

    evacuee: UUID
    number: str
    details: PersonDetails = field(repr=False)
    practice: bool
    kana: tuple[str, ...] = field(repr=False)
    """Parts of the reading as they sound."""
    name: tuple[str, ...] = field(repr=False)
    phones: tuple[str, ...] = field(repr=False)
    address: str = field(repr=False)

    @property
    def birth_date(self) -> date | None:
        """None: not entered."""
        return self.details.birth_date


def known(evacuee: UUID, number: str, details: PersonDetails, *, practice: bool) -> Known:
    """In the spelling of a search."""
    return Known(
        evacuee=evacuee,
        number=number,
        details=details,
        practice=practice,
        kana=kana_parts(details.kana),
        name=name_parts(details.name),
        phones=tuple(found for found in (digits(details.phone), digits(details.contact)) if found),
        address=plain_address(details.address),
    )


def read_all(connection: sqlite3.Connection, vault: Vault) -> dict[UUID, Known]:
    """Everybody who was not merged. For a thread."""
    return dict(_opened(connection.execute(ALL), vault))


def read_some(connection: sqlite3.Connection, vault: Vault, evacuees: Sequence[UUID]) -> dict[UUID, Known]:
    """Those of these people who were not merged. For a thread."""
    found: dict[UUID, Known] = {}
    for some in batched_ids(evacuees):
        places = ', '.join('?' * len(some))
        rows = connection.execute(f'{ALL} AND id IN ({places})', [str(each) for each in some])
        found.update(_opened(rows, vault))
    return found


def batched_ids(evacuees: Iterable[UUID]) -> Iterator[tuple[UUID, ...]]:
    """In numbers that one query takes."""
    remaining = iter(evacuees)
    while some := tuple(islice(remaining, AT_ONCE)):
        yield some


def _opened(rows: Iterable[sqlite3.Row], vault: Vault) -> Iterator[tuple[UUID, Known]]:
    for place, row in enumerate(rows, start=1):
        evacuee = UUID(row['id'])
        details = open_person(vault, evacuee, row['details'])
        yield evacuee, known(evacuee, row['number'], details, practice=bool(row['practice']))
        if place % AT_ONCE == 0:
            time.sleep(REST_SECONDS)
