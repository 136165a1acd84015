"""Positive breath tests that still wait for an instruction (指示事項; domain/vehicles_and_attendance.md 1.2)."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.storage.rows import Row, stored
from app.storage.transaction import Rows, Statement

CHECKS_OF_DAY = """
    SELECT alcohol_check.is_positive, alcohol_check.instruction IS NOT NULL AS is_instructed,
           coalesce(
               (SELECT json_extract(told.line, '$.attempt') FROM exchange_applied AS applied
                JOIN exchange_line AS told ON told.id = applied.line WHERE applied.sequence = alcohol_check.sequence),
               journal_line.attempt
           ) AS attempt
    FROM alcohol_check JOIN journal_line USING (sequence)
    WHERE alcohol_check.driver = ? AND alcohol_check.checked_at >= ?
    ORDER BY alcohol_check.checked_at, alcohol_check.sequence
"""


@dataclass(frozen=True, slots=True)
class OpenPositives:
    """The conversations of one driver at a desk, here or elsewhere, that ended today with a positive test.

    Within one conversation rinsing and measuring again is allowed, for food and mouthwash register too, and every
    attempt is kept. Once the driver walked away, cancelled or was refused, the positive value stands, and the key stays
    for the rest of the day, until the safe-driving manager or a deputy has recorded an instruction. The day is that of
    Tokyo.
    """

    conversations: frozenset[str] = frozenset()

    def close_the_gate_to(self, conversation: str) -> bool:
        """Whether another conversation than this one left a positive test without instruction."""
        return bool(self.conversations - {conversation})


def asking_checks_of_day(driver: UUID) -> Statement:
    """What is asked for the tests of this driver today, to be read by `open_positives`."""
    midnight = datetime.combine(clock.today(), time(), TOKYO)
    return CHECKS_OF_DAY, [str(driver), stored(midnight)]


def open_positives(checks: Rows) -> OpenPositives:
    """Which conversations these tests left open."""
    last_words: dict[str, Row] = {}
    for row in checks:
        last_words[row['attempt'].partition(':')[0]] = row
    open_ = (name for name, row in last_words.items() if row['is_positive'] and not row['is_instructed'])
    return OpenPositives(frozenset(open_))
