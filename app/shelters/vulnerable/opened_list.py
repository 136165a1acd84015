"""Reading the opened list in a thread: every person on it, their calls, and who may have arrived."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from app.shelters.details import open_person
from app.shelters.vulnerable.disasters import DisasterInfo
from app.shelters.vulnerable.likeness import Arrivals, Arrived
from app.shelters.vulnerable.values import Call, CallResult, Standing, VulnerableEntry, VulnerableInfo, entry_of
from app.storage.vault import RecordClass, Vault

PERSON_PLACE = 'vulnerable_person.details.{}'
CALL_PLACE = 'vulnerable_call.note.{}'
PEOPLE = 'SELECT id, details, evacuee FROM vulnerable_person WHERE practice = ?'
CALLS = """
    SELECT id, person, called_at, caller, result, note FROM vulnerable_call
    WHERE disaster = ? ORDER BY called_at DESC
"""
ARRIVED = 'SELECT id, number, details FROM evacuee WHERE merged_into IS NULL AND practice = ?'
ORDER = tuple(Standing)


def read_people(
    vault: Vault, disaster: DisasterInfo, *, see_protected: bool
) -> Callable[[sqlite3.Connection], list[VulnerableInfo]]:
    """The most urgent first, then by 校下, 町会 and kana. A protected arrival is none to whoever may not see it."""

    def query(connection: sqlite3.Connection) -> list[VulnerableInfo]:
        arrived = _arrived(connection, vault, disaster.practice, see_protected=see_protected)
        seen, arrivals, calls = {one.id for one in arrived}, Arrivals.of(arrived), _calls(connection, vault, disaster)
        people = []
        for row in connection.execute(PEOPLE, (disaster.practice,)):
            person, entry = UUID(row['id']), _entry(vault, row)
            if entry is None:
                continue
            evacuee = UUID(row['evacuee']) if row['evacuee'] else None
            people.append(
                VulnerableInfo(
                    id=person,
                    entry=entry,
                    arrived=evacuee if evacuee in seen else None,
                    likely=arrivals.likely(entry),
                    calls=tuple(calls[person]),
                )
            )
        return sorted(people, key=_place_in_list)

    return query


def _entry(vault: Vault, row: sqlite3.Row) -> VulnerableEntry | None:
    owner = (UUID(row['id']), RecordClass.SHELTER)
    text = vault.open(owner, PERSON_PLACE.format(owner[0]), row['details'])
    return entry_of(json.loads(text)) if text else None


def _arrived(connection: sqlite3.Connection, vault: Vault, practice: bool, *, see_protected: bool) -> list[Arrived]:
    rows = connection.execute(ARRIVED, (practice,))
    people = [Arrived(UUID(row[0]), row[1], open_person(vault, UUID(row[0]), row[2])) for row in rows]
    return [person for person in people if see_protected or not person.details.protected]


def _calls(connection: sqlite3.Connection, vault: Vault, disaster: DisasterInfo) -> dict[UUID, list[Call]]:
    found: dict[UUID, list[Call]] = defaultdict(list)
    for row in connection.execute(CALLS, (str(disaster.id),)):
        person = UUID(row['person'])
        note = vault.open((person, RecordClass.SHELTER), CALL_PLACE.format(row['id']), row['note']) or ''
        at = datetime.fromisoformat(row['called_at'])
        found[person].append(Call(at=at, caller=row['caller'], result=CallResult(row['result']), note=note))
    return found


def _place_in_list(info: VulnerableInfo) -> tuple[int, str, str, str]:
    entry = info.entry
    return ORDER.index(info.standing), entry.district, entry.neighbourhood, entry.kana or entry.name
