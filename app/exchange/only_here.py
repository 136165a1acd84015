"""What another box has lost in a restore, and this one still holds."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from app.clock import TOKYO
from app.exchange.receiver import PEER_RESTORED

TOLD = 'SELECT payload FROM journal_line WHERE kind = ? ORDER BY sequence'
LOST = """
    SELECT line, kind, (SELECT name FROM exchange_peer WHERE box = ?1) AS peer,
           (SELECT plate FROM vehicle WHERE id = exchange_line.subject) AS plate
    FROM exchange_line
    WHERE box = ?1 AND id < (SELECT min(id) FROM exchange_line WHERE box = ?1 AND epoch = ?2)
    ORDER BY id DESC LIMIT ?3
"""


@dataclass(frozen=True, slots=True)
class LostLine:
    """One line. `told` is its payload without what was sealed."""

    peer: str
    happened_at: datetime
    kind: str
    plate: str
    told: str


def lines_only_here(connection: sqlite3.Connection) -> list[LostLine]:
    """All of them, in the order in which they were written. Blocks: call it in a thread."""
    found: list[LostLine] = []
    for row in connection.execute(TOLD, [PEER_RESTORED]).fetchall():
        told = json.loads(row['payload'])
        rows = connection.execute(LOST, [told['box'], told['epoch'], told['only_here']]).fetchall()
        found += [_lost(each) for each in reversed(rows)]
    return found


def _lost(row: sqlite3.Row) -> LostLine:
    line = json.loads(row['line'])
    payload = {name: value for name, value in json.loads(line['payload']).items() if name != 'sealed'}
    happened_at = datetime.fromisoformat(line['happened_at']).astimezone(TOKYO)
    told = json.dumps(payload, ensure_ascii=False)
    return LostLine(row['peer'] or line['box'], happened_at, row['kind'], row['plate'] or '', told)
