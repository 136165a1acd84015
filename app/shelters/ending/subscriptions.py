"""Who asked for messages about shelters alone: with the disaster over, nothing more is sent to them."""

import sqlite3
from uuid import UUID

from app.shelters.notices import TOPIC

ONLY_SHELTERS = """
    SELECT id FROM subscriber WHERE state <> 'ended'
    AND EXISTS (SELECT 1 FROM subscriber_tag WHERE subscriber = subscriber.id AND kind = 'topic' AND tag = ?)
    AND NOT EXISTS (SELECT 1 FROM subscriber_tag WHERE subscriber = subscriber.id AND kind = 'topic' AND tag <> ?)
"""


def of_shelters_only(rows: sqlite3.Connection) -> list[UUID]:
    """Subscribers who named the shelters and no other topic."""
    return [UUID(row['id']) for row in rows.execute(ONLY_SHELTERS, [TOPIC, TOPIC])]
