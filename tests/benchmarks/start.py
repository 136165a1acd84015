"""From the command to the first answer, with a year of data, against NiceGUI alone."""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.bars import Bar, middle
from tests.benchmarks.servers import BareNiceGui, wait_until_answers
from tests.benchmarks.year_of_data import year_of_data
from tests.support.process import RunningBox

ROUNDS = 5
SECONDS_MORE = 2.0


def measure() -> list[Bar]:
    """Start both, in turn, five times."""
    data = year_of_data()
    box, bare = [], []
    for _ in range(ROUNDS):
        bare.append(_seconds(_start_bare))
        box.append(_seconds(lambda: _start_box(data)))
    limit = middle(bare) + SECONDS_MORE
    details = {'box': box, 'bare NiceGUI': bare}
    return [Bar(name='start with a year of data', measured=middle(box), limit=limit, unit='s', details=details)]


def _seconds(start: Callable[[], Callable[[], object]]) -> float:
    begun = time.monotonic()
    stop = start()
    seconds = time.monotonic() - begun
    stop()
    return seconds


def _start_bare() -> Callable[[], object]:
    state = TemporaryDirectory()
    bare = BareNiceGui(Path(state.name))
    wait_until_answers(f'{bare.url}/ready', bare.process)

    def stop() -> None:
        bare.stop()
        state.cleanup()

    return stop


def _start_box(data: Path) -> Callable[[], object]:
    box = RunningBox(data)
    wait_until_answers(f'{box.url}/api/v1/health', box.process)
    return box.stop
