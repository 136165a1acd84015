"""What the subjects of journal lines are called: people by their name, cars by their plate."""

import sqlite3
from collections.abc import Iterable
from uuid import UUID

from app.people.names import names_of
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

AT_ONCE = 500


async def subject_names(reading: ReadOnlyDatabase, vault: Vault, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Those of the ids that are a person or a car; the name of an erased person is empty."""
    wanted = {each for each in ids if each is not None}

    def query(connection: sqlite3.Connection) -> dict[UUID, str]:
        people = {each: named.name for each, named in names_of(connection, vault, wanted).items()}
        return people | _plates(connection, [str(each) for each in wanted - people.keys()])

    return await reading.read(query)


def _plates(connection: sqlite3.Connection, ids: list[str]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        rows = connection.execute(f'SELECT id, plate FROM vehicle WHERE id IN ({",".join("?" * len(part))})', part)  # noqa: S608 - only question marks
        found |= {UUID(row['id']): row['plate'] for row in rows}
    return found
