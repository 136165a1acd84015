"""When the next status report is due."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from app.clock import TOKYO


def next_due(opened: datetime, last: datetime | None, *, first_minutes: int, times: Sequence[time]) -> datetime | None:
    """The first report so long after the opening, each later one at the next time of the day in Tokyo.

    `last` is the time that the last signed report tells of; one from before the opening does not count. None: the city
    set no times, and the first report is signed.
    """
    if last is None or last < opened:
        return opened + timedelta(minutes=first_minutes)
    local = last.astimezone(TOKYO)
    days = (local.date(), local.date() + timedelta(days=1))
    coming = [datetime.combine(day, at, TOKYO) for day in days for at in sorted(times)]
    return next((at for at in coming if at > local), None)
