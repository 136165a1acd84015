"""Which direction a tap means; plain values in, plain values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.attendance.screens import Direction
from app.clock import TOKYO, Moment
from app.settings import AttendanceSettings

SECONDS_OF_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class PunchFact:
    """A punch as the rules need it."""

    id: UUID
    direction: Direction
    at: Moment
    work_date: date


@dataclass(frozen=True, slots=True)
class Record:
    """The tap means this direction."""

    direction: Direction


@dataclass(frozen=True, slots=True)
class Already:
    """An earlier punch stands for this tap too."""

    punch: PunchFact


@dataclass(frozen=True, slots=True)
class Ask:
    """Only the person knows: a departure so soon after this arrival is doubtful."""

    arrival: PunchFact


Decision = Record | Already | Ask


def work_date(at: datetime, boundary: time) -> date:
    """The work date (勤務日) to which a time belongs: it begins at the boundary, not at midnight."""
    local = at.astimezone(TOKYO)
    return (local - timedelta(hours=boundary.hour, minutes=boundary.minute, seconds=boundary.second)).date()


def decide(
    earlier: Sequence[PunchFact], tapped: Moment, choice: Direction | None, rules: AttendanceSettings
) -> Decision:
    """What a tap means after the person's earlier punches (oldest first).

    A choice made before the tap always wins. Intervals go by the monotonic clock where both taps are of one boot.
    """
    if choice is not None:
        return Record(choice)
    if earlier and abs(tapped.seconds_since(earlier[-1].at)) < rules.retap_seconds:
        return Already(earlier[-1])
    today = work_date(tapped.at, rules.day_boundary)
    of_today = [punch for punch in earlier if punch.work_date == today]
    if not of_today:
        return Record(Direction.IN)
    arrivals = [punch for punch in of_today if punch.direction is Direction.IN]
    if arrivals and _is_doubtful(tapped.seconds_since(arrivals[-1].at), rules):
        return Ask(arrivals[-1])
    return Record(Direction.OUT)


def _is_doubtful(seconds: float, rules: AttendanceSettings) -> bool:
    return seconds < rules.doubtful_minutes * SECONDS_OF_A_MINUTE
