"""Attendance at a desk in practice: the same rules and answers, kept in memory until the practice ends."""

import uuid
from uuid import UUID

from app.attendance.punching import Doubtful, Outcome, Recorded, Tap
from app.attendance.rules import Already, Ask, PunchFact, Record, decide, work_date
from app.attendance.screens import Direction
from app.settings import AttendanceSettings


class PracticeAttendance:
    """Punches that are none: no table, no journal, no event."""

    def __init__(self, rules: AttendanceSettings) -> None:
        self._rules = rules
        self._punches: dict[UUID, list[PunchFact]] = {}

    async def tap(self, tap: Tap, choice: Direction | None = None) -> Outcome:
        """What the tap would mean."""
        match decide(self._punches.get(tap.staff, []), tap.at, choice, self._rules):
            case Already(punch):
                return Recorded(staff=tap.staff, direction=punch.direction, at=punch.at.at, already=True)
            case Ask(arrival):
                return Doubtful(arrival_at=arrival.at.at)
            case Record(direction):
                return self._remembered(tap, direction)

    async def answer(self, tap: Tap, direction: Direction) -> Recorded:
        """What the answer to a question would mean."""
        return self._remembered(tap, direction)

    def _remembered(self, tap: Tap, direction: Direction) -> Recorded:
        day = work_date(tap.at.at, self._rules.day_boundary)
        punch = PunchFact(id=uuid.uuid4(), direction=direction, at=tap.at, work_date=day)
        self._punches.setdefault(tap.staff, []).append(punch)
        return Recorded(staff=tap.staff, direction=direction, at=tap.at.at, already=False)
