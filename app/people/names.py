"""Names of whoever stands in a record: staff and guards, also those who have left."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.storage.vault import RecordClass, Vault

AT_ONCE = 500
ELSEWHERE = 'SELECT id, number FROM staff_elsewhere WHERE id IN (SELECT value FROM json_each(?))'


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a record; guards have no number. A name is empty whose key was thrown away, or that only another
    box knows until the person is imported here."""

    number: str
    name: str
    department: str


NOBODY = Named('', '', '')


def names_of(connection: sqlite3.Connection, vault: Vault, ids: Iterable[UUID | None]) -> dict[UUID, Named]:
    """Those of the ids that exist. Blocks: call it in a thread."""
    wanted = sorted({str(each) for each in ids if each is not None})
    found: dict[UUID, Named] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        marks = ','.join('?' * len(part))
        for row in connection.execute(f'SELECT id, number, name, department FROM staff WHERE id IN ({marks})', part):  # noqa: S608 - only question marks
            found[UUID(row['id'])] = Named(row['number'], _name(vault, 'staff', row), row['department'])
        for row in connection.execute(f'SELECT id, name, company FROM guard WHERE id IN ({marks})', part):  # noqa: S608
            found[UUID(row['id'])] = Named('', _name(vault, 'guard', row), row['company'])
    return found | _known_elsewhere(connection, [each for each in wanted if UUID(each) not in found])


def _known_elsewhere(connection: sqlite3.Connection, wanted: list[str]) -> dict[UUID, Named]:
    rows = connection.execute(ELSEWHERE, [json.dumps(wanted)]) if wanted else []
    return {UUID(row['id']): Named(row['number'], '', '') for row in rows}


def _name(vault: Vault, table: str, row: sqlite3.Row) -> str:
    owner = (UUID(row['id']), RecordClass.STAFF)
    return vault.open(owner, f'{table}.name.{row["id"]}', row['name']) or ''
