"""Until when somebody goes out, in the words of a press."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.clock import TOKYO

EVENING_HOUR, MORNING_HOUR = 19, 9


class Until(StrEnum):
    """When somebody who goes out means to be back."""

    AN_HOUR = 'an_hour'
    THREE_HOURS = 'three_hours'
    EVENING = 'evening'
    """By 19:00 of this day."""
    TOMORROW = 'tomorrow'
    """By 9:00 of the next day."""
    UNKNOWN = 'unknown'


def expected_at(until: Until, now: datetime) -> datetime | None:
    """The time that is meant (Asia/Tokyo); None: not known. An evening that has begun means the end of the day."""
    now = now.astimezone(TOKYO)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    match until:
        case Until.AN_HOUR:
            return now + timedelta(hours=1)
        case Until.THREE_HOURS:
            return now + timedelta(hours=3)
        case Until.EVENING:
            evening = midnight + timedelta(hours=EVENING_HOUR)
            return evening if now < evening else midnight + timedelta(hours=23, minutes=59)
        case Until.TOMORROW:
            return midnight + timedelta(days=1, hours=MORNING_HOUR)
        case Until.UNKNOWN:
            return None
