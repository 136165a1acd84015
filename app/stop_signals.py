"""What SIGTERM and SIGINT mean for the exit code."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGTERM, signal.SIGINT)
SIGNAL_EXIT = 128


@contextmanager
def ending_orderly(is_closed: Callable[[], bool]) -> Iterator[None]:
    """Inside the block, a signal that the server has obeyed already is no error.

    uvicorn stops at the signal, and raises it again when it has stopped. Before the box was closed the signal
    ends the process with 128 + its number, as shells count it. Call it in the main thread.
    """

    def heard(number: int, _frame: FrameType | None) -> None:
        if not is_closed():
            sys.exit(SIGNAL_EXIT + number)

    before = {number: signal.signal(number, heard) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
