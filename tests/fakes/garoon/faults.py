"""What a Garoon does on a bad day, chosen from the test while it runs."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """How one request goes wrong."""

    UNAUTHORIZED = '401'
    FORBIDDEN = '403'
    TOO_MANY = '429'
    SERVER_ERROR = '500'
    CLOSED_ACCOUNT = '502 with a login code'
    SLOW = 'slow'
    TRUNCATED = 'truncated'
    GARBAGE = 'garbage'
    LOGIN_PAGE = 'sent to a login page'


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault, on requests whose path holds a text."""

    fault: Fault
    where: str = ''
    retry_after: str = ''
    """Header of a 429; empty: none is sent."""
    seconds: float = 0
    """How long a slow answer takes."""


class Troubles:
    """The next requests that go wrong, in order."""

    def __init__(self) -> None:
        self._waiting: deque[Trouble] = deque()

    def add(self, trouble: Trouble, times: int = 1) -> None:
        """Let it happen to the next requests that it fits."""
        self._waiting.extend([trouble] * times)

    def clear(self) -> None:
        """The bad day is over."""
        self._waiting.clear()

    def next_for(self, path: str) -> Trouble | None:
        """What happens to this request."""
        if not self._waiting or self._waiting[0].where not in path:
            return None
        return self._waiting.popleft()
