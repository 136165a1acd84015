"""Punches for the HR system: in the order in which they were recorded, from wherever a reader stopped."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.attendance.punching import Source
from app.attendance.screens import Direction
from app.clock import ClockQuality
from app.storage.reading import ReadOnlyDatabase

SELECT = """
    SELECT punch.sequence, punch.id, staff.number AS staff_number, work_date, kind, punched_at, recorded_at,
           clock_quality, desk.name AS desk_name, source, replaces
    FROM punch JOIN staff ON staff.id = punch.staff LEFT JOIN desk ON desk.id = punch.desk
    WHERE punch.sequence > ? ORDER BY punch.sequence LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FedPunch:
    """A punch as readers outside get it. `sequence` is that of its journal line; times have their zone."""

    sequence: int
    id: UUID
    staff_number: str
    work_date: date
    kind: Direction
    punched_at: datetime
    recorded_at: datetime
    clock_quality: ClockQuality
    desk: str | None
    source: Source
    replaces: UUID | None


async def punches_after(reading: ReadOnlyDatabase, sequence: int, limit: int) -> list[FedPunch]:
    """At most `limit` punches recorded after the journal line of this sequence, oldest first."""

    def query(connection: sqlite3.Connection) -> list[FedPunch]:
        return [_punch(row) for row in connection.execute(SELECT, (sequence, limit))]

    return await reading.read(query)


def _punch(row: sqlite3.Row) -> FedPunch:
    return FedPunch(
        sequence=row['sequence'],
        id=UUID(row['id']),
        staff_number=row['staff_number'],
        work_date=date.fromisoformat(row['work_date']),
        kind=Direction(row['kind']),
        punched_at=datetime.fromisoformat(row['punched_at']),
        recorded_at=datetime.fromisoformat(row['recorded_at']),
        clock_quality=ClockQuality(row['clock_quality']),
        desk=row['desk_name'],
        source=Source(row['source']),
        replaces=UUID(row['replaces']) if row['replaces'] else None,
    )
