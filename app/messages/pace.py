"""When something may be sent: the quiet hours, and how fast."""

from datetime import time

from app import clock


def is_quiet(now: time, start: time, end: time) -> bool:
    """Whether this time of day (Tokyo) lies in the quiet hours, which may go over midnight."""
    if start <= end:
        return start <= now < end
    return now >= start or now < end


class Pace:
    """So many in a minute at most, at once or spread."""

    def __init__(self, per_minute: int) -> None:
        self._per_second = per_minute / 60
        self._most = float(per_minute)
        self._left = self._most
        self._at = clock.monotonic()

    def wait_seconds(self) -> float:
        """How long the next one has to wait; it counts as sent then."""
        now = clock.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second) - 1
        self._at = now
        return max(0.0, -self._left / self._per_second)
