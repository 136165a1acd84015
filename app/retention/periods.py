"""From when on records may be disposed of: whole months, never before their retention has passed."""

from datetime import date

from app.retention_settings import RetentionSettings
from app.storage.vault import RecordClass

WAITS_FOR_PAYDAY = frozenset({RecordClass.ATTENDANCE})
"""Their retention begins with the payday that follows their month (労働基準法施行規則56条3項)."""
DISPOSABLE = (RecordClass.ALCOHOL, RecordClass.VEHICLES, RecordClass.ACCIDENT, RecordClass.ATTENDANCE)
MONTHS = 12


def due_before(record_class: RecordClass, settings: RetentionSettings, today: date) -> date:
    """First day of the first month that is still to be kept; retention begins when the month of a record has ended."""
    years: int = getattr(settings, record_class.value)
    waiting = 1 if record_class in WAITS_FOR_PAYDAY else 0
    return month_after(today, -(years * MONTHS + waiting))


def month_after(day: date, months: int) -> date:
    """First day of the month so many months after that of the day."""
    counted = day.year * MONTHS + day.month - 1 + months
    return date(counted // MONTHS, counted % MONTHS + 1, 1)
