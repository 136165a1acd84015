"""Since when a shelter is open, from the journal."""

import json
import sqlite3
from datetime import datetime
from uuid import UUID

from app.clock import TOKYO
from app.shelters.registry import SHELTER_STATE
from app.shelters.values import RECEIVING
from app.storage.reading import ReadOnlyDatabase

CHANGES = """
    SELECT happened_at, payload FROM journal_line JOIN journal_subject USING (sequence)
    WHERE journal_subject.subject = ? AND kind = ? ORDER BY sequence DESC
"""
ALL_CHANGES = """
    SELECT journal_subject.subject, happened_at, payload FROM journal_line JOIN journal_subject USING (sequence)
    WHERE kind = ? ORDER BY sequence
"""


async def opened_at(reading: ReadOnlyDatabase, shelter: UUID) -> datetime | None:
    """When it last began to receive people; being full between does not end it. None: it does not receive any."""
    return await reading.read(lambda connection: opened_at_of(connection, shelter))


def opened_at_of(connection: sqlite3.Connection, shelter: UUID) -> datetime | None:
    """The same on an open connection."""
    for row in connection.execute(CHANGES, (str(shelter), SHELTER_STATE)):
        payload = json.loads(row['payload'])
        if payload['after'] not in RECEIVING:
            return None
        if payload['before'] not in RECEIVING:
            return datetime.fromisoformat(row['happened_at']).astimezone(TOKYO)
    return None


def opened_of_all(connection: sqlite3.Connection) -> dict[UUID, datetime]:
    """The same for all shelters that receive people, in one read."""
    opened: dict[UUID, datetime] = {}
    for row in connection.execute(ALL_CHANGES, (SHELTER_STATE,)):
        shelter, payload = UUID(row['subject']), json.loads(row['payload'])
        if payload['after'] not in RECEIVING:
            opened.pop(shelter, None)
        elif payload['before'] not in RECEIVING:
            opened[shelter] = datetime.fromisoformat(row['happened_at']).astimezone(TOKYO)
    return opened
