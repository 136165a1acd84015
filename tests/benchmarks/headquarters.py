"""Headquarters' page over 220 shelters and 100,000 people, against plain SQL and a bare NiceGUI table beside it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import httpx

from tests.benchmarks.bars import Bar, middle, percentile
from tests.benchmarks.city import PEOPLE, SHELTERS
from tests.benchmarks.servers import wait_until_answers
from tests.support.process import PROJECT, environment, free_port

WARMING, ROUNDS = 2, 20
MOST_MILLISECONDS = 1000.0
TIMES_PLAIN, TIMES_BOTH = 2.0, 2.0
"""Ten figures of each shelter beside two; and sums, map and table beside those two and a bare table."""
PAGES = ('/staff/headquarters', '/bare')
READINGS = ('/figures', '/plain')


def measure() -> list[Bar]:
    """All four stand in one process and take turns."""
    taken: dict[str, list[float]] = {path: [] for path in (*PAGES, *READINGS)}
    with _city() as address, httpx.Client(base_url=address, timeout=60) as client:
        for turn in range(WARMING + ROUNDS):
            for path, times in taken.items():
                milliseconds = _page(client, path) if path in PAGES else float(_asked(client, path).json())
                if turn >= WARMING:
                    times.append(milliseconds)
    page, bare, figures, plain = (taken[path] for path in (*PAGES, *READINGS))
    both = [one + other for one, other in zip(bare, plain, strict=True)]
    named = f'{SHELTERS} shelters and {PEOPLE:,} people'
    return [
        Bar(
            name=f'page of headquarters, {named}, p95',
            measured=percentile(page, 0.95),
            limit=MOST_MILLISECONDS,
            unit='ms',
            details={path: times for path, times in taken.items()},
        ),
        _ratio('figures of all shelters read', figures, plain, TIMES_PLAIN, 'x plain SQL'),
        _ratio('page of headquarters built', page, both, TIMES_BOTH, 'x plain SQL and bare page'),
    ]


def _ratio(name: str, ours: list[float], baseline: list[float], limit: float, unit: str) -> Bar:
    details = {'milliseconds': ours, 'baseline': baseline}
    return Bar(name=name, measured=middle(ours) / middle(baseline), limit=limit, unit=unit, details=details)


def _page(client: httpx.Client, path: str) -> float:
    begun = time.perf_counter()
    _asked(client, path)
    return (time.perf_counter() - begun) * 1000


def _asked(client: httpx.Client, path: str) -> httpx.Response:
    return client.get(path).raise_for_status()


@contextmanager
def _city() -> Iterator[str]:
    port = free_port()
    with TemporaryDirectory() as state:
        process = subprocess.Popen(
            [sys.executable, '-m', 'tests.benchmarks.city', str(port)],
            cwd=state,
            env=environment(NICEGUI_STORAGE_PATH=state, PYTHONPATH=str(PROJECT)),
            stdin=subprocess.DEVNULL,
        )
        try:
            wait_until_answers(f'http://localhost:{port}/plain', process)
            yield f'http://localhost:{port}'
        finally:
            process.terminate()
            process.wait(20)
