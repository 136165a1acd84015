"""The facts of a box on a stick: all that it has told, as the line would have brought it."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.shelters.across.facts import COLUMNS, IDS, TIMES, About, Fact, time_of

OF_BOX = {
    About.PERSON: 'SELECT * FROM across_person AS told WHERE told.box = ? AND told.practice = ? ORDER BY told.told',
    About.STAY: """
        SELECT told.* FROM across_stay AS told JOIN across_person AS who ON who.id = told.person
        WHERE told.box = ? AND who.practice = ? ORDER BY told.told
    """,
    About.CLAIM: """
        SELECT told.* FROM across_claim AS told JOIN across_person AS who ON who.id = told.person
        WHERE told.box = ? AND who.practice = ? ORDER BY told.told
    """,
}
JSON = frozenset({'indexes', 'limits'})
YES_OR_NO = frozenset({'withdrawn', 'practice', 'overridden', 'stands'})


def own_facts(rows: sqlite3.Connection, box: UUID, *, practice: bool) -> list[dict[str, str]]:
    """What this box told of its people, with the key of each; protected people are not among them. For a thread."""
    return [
        {'key': row['key'], 'fact': _fact(about, row).text()}
        for about, statement in OF_BOX.items()
        for row in rows.execute(statement, [str(box), practice])
    ]


def _fact(about: About, row: sqlite3.Row) -> Fact:
    values: Mapping[str, Any] = {name: _value(name, row[name]) for name in COLUMNS[about]}
    return Fact(about=about, id=UUID(row['id']), key=UUID(row['key']), told=row['told'], values=values)


def _value(name: str, stored: Any) -> Any:
    if name in IDS:
        return UUID(stored) if stored else None
    if name in TIMES:
        return time_of(stored)
    if name in JSON:
        return json.loads(stored)
    return bool(stored) if name in YES_OR_NO else stored
