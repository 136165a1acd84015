"""What may come over the web socket: shapes, sizes, and how often."""

import json
from dataclasses import dataclass, field
from typing import Any

from app import clock

LARGEST_EVENT = 65_536
LARGEST_MESSAGE = 131_072
LONGEST_LOG_LINE = 500
LOG_LEVELS = frozenset({'debug', 'info', 'warning', 'error'})


@dataclass(slots=True)
class Allowance:
    """So many at once, and so many per second in the long run."""

    capacity: float
    per_second: float
    _left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._left, self._at = self.capacity, clock.monotonic()

    def take(self) -> bool:
        """Use one; False: there is none left now."""
        now = clock.monotonic()
        self._left = min(self.capacity, self._left + (now - self._at) * self.per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def is_event(message: dict[str, Any]) -> bool:
    """Whether this is an event of an element, not larger than a form field needs."""
    arguments = message.get('args', [])
    if not isinstance(message.get('id'), int) or not isinstance(arguments, list):
        return False
    if not all(argument is None or isinstance(argument, str) for argument in arguments):
        return False
    return sum(len(argument) for argument in arguments if argument) <= LARGEST_EVENT


def is_javascript_response(message: dict[str, Any]) -> bool:
    """Whether this answers a script that a page ran."""
    return isinstance(message.get('request_id'), str) and len(json.dumps(message, default=str)) <= LARGEST_MESSAGE


def is_ack(message: dict[str, Any]) -> bool:
    """Whether this says up to where messages have arrived."""
    return isinstance(message.get('next_message_id'), int)


def is_log(message: dict[str, Any]) -> bool:
    """Whether this is a line for the log."""
    return message.get('level') in LOG_LEVELS and isinstance(message.get('message'), str)


def printable(message: dict[str, Any]) -> dict[str, Any]:
    """A log line of a browser on one line of ours, and short."""
    text = ''.join(letter if letter.isprintable() else ' ' for letter in message['message'][:LONGEST_LOG_LINE])
    return {**message, 'message': f'browser: {text}'}
