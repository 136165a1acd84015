"""Writing a punch beside its journal line."""

import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.attendance.screens import Direction
from app.clock import TOKYO, Moment
from app.journal.line import Written
from app.storage.transaction import Transaction

COLUMNS = (
    'sequence', 'id', 'staff', 'work_date', 'kind', 'punched_at', 'recorded_at', 'boot_id', 'monotonic_ns',
    'clock_quality', 'desk', 'source', 'replaces',
)  # fmt: skip
INSERT = f'INSERT INTO punch ({", ".join(COLUMNS)}) VALUES ({", ".join("?" * len(COLUMNS))})'  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPunch:
    """A punch that was decided on; `replaces` is the one that it corrects."""

    staff: UUID
    day: date
    """The work date (勤務日)."""
    direction: Direction
    at: Moment
    desk: UUID | None
    source: str
    replaces: UUID | None = None


def insert_punch(tx: Transaction, line: Written, punch: NewPunch) -> None:
    """Write one punch at the end of the work. Not through its model, which costs as much as all the rest of a tap."""
    tx.write_last((INSERT, punch_row(line, punch)))


def punch_row(line: Written, punch: NewPunch) -> list[object]:
    """The values for `INSERT`, in the order of `COLUMNS`, spelt as the model spells them."""
    return [
        line.sequence,
        str(uuid.uuid4()),
        str(punch.staff),
        punch.day.isoformat(),
        str(punch.direction),
        punch.at.at.astimezone(TOKYO).isoformat(' '),
        line.recorded.at.astimezone(TOKYO).isoformat(' '),
        punch.at.boot_id,
        punch.at.monotonic_ns,
        str(punch.at.quality),
        str(punch.desk) if punch.desk else None,
        punch.source,
        str(punch.replaces) if punch.replaces else None,
    ]
