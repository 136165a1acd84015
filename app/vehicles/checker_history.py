"""What was done with an alcohol detector, read from the journal."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.people.names import NOBODY, Named, names_of
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault
from app.vehicles.checkers import CHECKER_ADDED, CHECKER_CHANGED, CHECKER_REACTIVATED, CHECKER_RETIRED, CHECKER_TESTED

KINDS = (CHECKER_ADDED, CHECKER_CHANGED, CHECKER_REACTIVATED, CHECKER_RETIRED, CHECKER_TESTED)
MOST_LINES = 100
LINES = """
    SELECT kind, actor, happened_at, payload FROM journal_line
    WHERE kind IN (?, ?, ?, ?, ?) AND json_extract(payload, '$.checker') = ? ORDER BY sequence DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerAct:
    """One change of the registry, or one look whether the detector works."""

    kind: str
    at: datetime
    by: Named
    """Nobody: a part of the box, or it is not known here."""
    told: Mapping[str, Any]


async def checker_history(reading: ReadOnlyDatabase, vault: Vault, checker: UUID) -> list[CheckerAct]:
    """What was done last with this detector of this box, the newest first."""

    def query(connection: sqlite3.Connection) -> list[CheckerAct]:
        found = connection.execute(LINES, [*KINDS, str(checker), MOST_LINES]).fetchall()
        actors = {row['actor']: _id(row['actor']) for row in found}
        people = names_of(connection, vault, actors.values())
        return [_act(row, people.get(actors[row['actor']] or UUID(int=0), NOBODY)) for row in found]

    return await reading.read(query)


def _act(row: sqlite3.Row, by: Named) -> CheckerAct:
    at = datetime.fromisoformat(row['happened_at']).astimezone(TOKYO)
    return CheckerAct(kind=row['kind'], at=at, by=by, told=json.loads(row['payload']))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
