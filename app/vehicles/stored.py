"""Values as the tables of the room hold them, to be compared with."""

from datetime import date, datetime, time

from app.clock import TOKYO


def stored_time(at: datetime) -> str:
    """A time."""
    return at.astimezone(TOKYO).isoformat(' ')


def stored_midnight(day: date) -> str:
    """The beginning of a day in Tokyo."""
    return stored_time(datetime.combine(day, time(), TOKYO))


def containing(words: str) -> str:
    """What LIKE takes (ESCAPE backslash) for texts with these words in them."""
    escaped = words.replace('\\', '\\\\').replace('%', '\\%').replace('_', '\\_')
    return f'%{escaped}%'
