"""Recording arrivals and departures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.attendance.punch_table import NewPunch, insert_punch
from app.attendance.rules import Already, Ask, PunchFact, Record, decide, work_date
from app.attendance.screens import Direction
from app.clock import ClockQuality, Moment
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance, Sealed
from app.settings import AttendanceSettings
from app.storage.transaction import Rows, Statement, Transaction, decided
from app.storage.vault import RecordClass, Vault

PUNCHED = 'attendance.punched'
ASKED = 'attendance.asked'
MOST_EARLIER = 50
# Models of fifty punches would cost more than the commit.
EARLIER = """
    SELECT id, kind, punched_at, monotonic_ns, boot_id, clock_quality, work_date, replaces
    FROM punch WHERE staff = ? ORDER BY sequence DESC LIMIT ?
"""
OF_LINE = 'SELECT kind, punched_at FROM punch WHERE sequence = ?'


class Source(StrEnum):
    """How a punch came about."""

    CARD = 'card'
    CHOICE = 'choice'
    PAPER = 'paper'
    CORRECTION = 'correction'


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A known person's card on the reader of a desk."""

    staff: UUID
    desk: UUID
    attempt: str
    """Names this touch; the same touch handled twice is one punch."""
    at: Moment
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A punch is on the disk: this tap's, or the earlier one that stands for it."""

    staff: UUID
    direction: Direction
    at: datetime
    already: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """The tap is in the journal; whether it was an arrival or a departure is asked."""

    arrival_at: datetime


Outcome = Recorded | Doubtful


class Attendance:
    """Punches of one box."""

    def __init__(self, vault: Vault, journal: Journal, rules: AttendanceSettings) -> None:
        self._vault = vault
        self._journal = journal
        self._rules = rules
        self.PUNCHED: Event[Recorded] = Event()
        """A punch was recorded."""

    async def tap(self, tap: Tap, choice: Direction | None = None) -> Outcome:
        """Record what the tap means, or say that it must be asked.

        Raises:
            StorageError: nothing was recorded.
        """
        await self._vault.ensure([(tap.staff, RecordClass.ATTENDANCE)])

        def decision(tx: Transaction) -> Outcome:
            known = _repeated(tx, self._journal.known_attempt(tx, tap.attempt), tap.staff)
            return known or self._decided(tx, tap, choice, tx.ask(_earlier_of(tap.staff)))

        return await decided(decision)

    async def answer(self, tap: Tap, direction: Direction) -> Recorded:
        """Record the answer to the question that a tap led to, with the time of the tap."""
        answered = Tap(staff=tap.staff, desk=tap.desk, attempt=f'{tap.attempt}:answer', at=tap.at, proven=tap.proven)

        def decision(tx: Transaction) -> Recorded:
            known = _repeated(tx, self._journal.known_attempt(tx, answered.attempt), tap.staff)
            return known or self._record(tx, answered, direction, Source.CHOICE)

        return await decided(decision)

    def _decided(self, tx: Transaction, tap: Tap, choice: Direction | None, earlier: Rows) -> Outcome:
        today = work_date(tap.at.at, self._rules.day_boundary)
        match decide(_standing(earlier, today), tap.at, choice, self._rules):
            case Already(punch):
                return Recorded(staff=tap.staff, direction=punch.direction, at=punch.at.at, already=True)
            case Ask(arrival):
                self._journal.append_last(tx, self._act(ASKED, tap, {'arrival': str(arrival.id)}))
                return Doubtful(arrival_at=arrival.at.at)
            case Record(direction):
                source = Source.CARD if choice is None else Source.CHOICE
                return self._record(tx, tap, direction, source)

    def _record(self, tx: Transaction, tap: Tap, direction: Direction, source: Source) -> Recorded:
        day = work_date(tap.at.at, self._rules.day_boundary)
        sealed = {'kind': str(direction), 'work_date': day.isoformat(), 'source': str(source)}
        written = self._journal.append_last(tx, self._act(PUNCHED, tap, sealed))
        punch = NewPunch(staff=tap.staff, day=day, direction=direction, at=tap.at, desk=tap.desk, source=str(source))
        insert_punch(tx, written, punch)
        recorded = Recorded(staff=tap.staff, direction=direction, at=tap.at.at, already=False)
        tx.after_commit(lambda: self.PUNCHED.emit(recorded))
        return recorded

    @staticmethod
    def _act(kind: str, tap: Tap, sealed: dict[str, str]) -> Act:
        assurance = Assurance.PROVEN_CARD if tap.proven else Assurance.CARD
        return Act(
            kind=kind,
            actor=Actor(str(tap.staff), assurance),
            subjects=(tap.staff,),
            desk=tap.desk,
            attempt=tap.attempt,
            happened=tap.at,
            sealed=(Sealed(tap.staff, RecordClass.ATTENDANCE, sealed),),
        )


def _repeated(tx: Transaction, sequence: int | None, staff: UUID) -> Recorded | None:
    found = tx.ask((OF_LINE, [sequence])) if sequence else []
    if not found:
        return None
    at = datetime.fromisoformat(found[0]['punched_at'])
    return Recorded(staff=staff, direction=Direction(found[0]['kind']), at=at, already=False)


def _earlier_of(staff: UUID) -> Statement:
    return EARLIER, [str(staff), MOST_EARLIER]


def _standing(newest: Rows, today: date) -> list[PunchFact]:
    """Of the punches that nothing replaced those that decide: of today, and the last of all. Reading all costs more."""
    replaced, day = {row['replaces'] for row in newest}, today.isoformat()
    standing = [row for row in newest if row['id'] not in replaced]
    last = max((row['punched_at'] for row in standing), default='')
    deciding = (_fact(row) for row in standing if row['work_date'] == day or row['punched_at'] == last)
    return sorted(deciding, key=lambda punch: punch.at.at)


def _fact(row: Mapping[str, Any]) -> PunchFact:
    at = datetime.fromisoformat(row['punched_at'])
    return PunchFact(
        id=UUID(row['id']),
        direction=Direction(row['kind']),
        at=Moment(at, row['monotonic_ns'], row['boot_id'], ClockQuality(row['clock_quality'])),
        work_date=date.fromisoformat(row['work_date']),
    )
