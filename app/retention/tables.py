"""Which rows make up the records of a class: the rooms that own them say so."""

from dataclasses import dataclass
from datetime import date, datetime, time

from app.clock import TOKYO
from app.storage.vault import RecordClass

HELD = 'SELECT record FROM hold WHERE ended_at IS NULL'


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainedTable:
    """A table with an `id`; all names are ours, never typed by a person."""

    record_class: RecordClass
    table: str
    dated: str
    """Column of the day or the time from which retention counts; without it the record is not finished."""
    subject: str = ''
    """Column of the person; empty: nothing of the record is sealed with a key of theirs."""
    is_day: bool = False
    belongs_to: tuple[str, ...] = ()
    """Columns of records whose hold also holds this one."""
    parts: tuple[tuple[str, str], ...] = ()
    """Tables whose rows go with a record, and their column with its id."""

    @property
    def month(self) -> str:
        """SQL for the month in Tokyo, as `YYYY-MM`."""
        to_tokyo = '' if self.is_day else ", '+9 hours'"
        return f"strftime('%Y-%m', {self.dated}{to_tokyo})"

    @property
    def is_held(self) -> str:
        """SQL that tells whether a row is on hold."""
        return ' OR '.join(f'coalesce({column} IN ({HELD}), 0)' for column in ('id', *self.belongs_to))

    def stored(self, day: date) -> str:
        """The beginning of a day in Tokyo, as the column has it."""
        if self.is_day:
            return day.isoformat()
        return datetime.combine(day, time(), TOKYO).isoformat(' ')


FILES = tuple(
    RetainedTable(
        record_class=record_class,
        table=f"(SELECT * FROM stored_file WHERE record_class = '{record_class.value}')",  # noqa: S608 - a name of ours
        dated='taken_at',
        subject='subject',
        belongs_to=('record',),
        parts=(('file_content', 'file'), ('stored_file', 'id')),
    )
    for record_class in (RecordClass.ALCOHOL, RecordClass.VEHICLES, RecordClass.ACCIDENT)
)
"""Pictures."""
