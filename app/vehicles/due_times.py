"""When a car that nobody reserved is to be back: by the end of the working day, unless the driver presses otherwise."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.clock import TOKYO

NOON = time(12, 0)
END_OF_WORK = time(17, 15)
"""金沢市職員の勤務時間に関する規程 (domain/vehicles_and_attendance.md 1.8)."""


class Due(StrEnum):
    """What a driver may press."""

    HOUR = 'hour'
    NOON = 'noon'
    END_OF_WORK = 'end_of_work'


@dataclass(frozen=True, slots=True)
class DueChoice:
    """A press, and the time that it means."""

    due: Due
    at: datetime


def due_choices(now: datetime, latest: datetime | None) -> tuple[DueChoice, ...]:
    """What may still be pressed; not later than the next reservation of the car begins."""
    today = now.astimezone(TOKYO)
    moments = {
        Due.HOUR: today.replace(second=0, microsecond=0) + timedelta(hours=1),
        Due.NOON: datetime.combine(today, NOON, TOKYO),
        Due.END_OF_WORK: datetime.combine(today, END_OF_WORK, TOKYO),
    }
    return tuple(DueChoice(due, at) for due, at in moments.items() if at > now and (latest is None or at <= latest))


def usual_due(now: datetime, latest: datetime | None) -> datetime:
    """What counts while nobody pressed: the end of the working day, after it an hour; never past `latest`."""
    moments = {choice.due: choice.at for choice in due_choices(now, None)}
    usual = moments.get(Due.END_OF_WORK, moments[Due.HOUR])
    return usual if latest is None else min(usual, latest)
