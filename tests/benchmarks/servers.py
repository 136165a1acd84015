"""The processes that are measured: the box as its users get it, and NiceGUI alone beside it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.support.process import PROJECT, environment, free_port

POLL_SECONDS = 0.01
START_SECONDS = 120
STOP_SECONDS = 20


class BareNiceGui:
    """A process that serves `bare.py`."""

    def __init__(self, state: Path) -> None:
        port = free_port()
        self.url = f'http://localhost:{port}'
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'tests.benchmarks.bare', str(port)],
            cwd=PROJECT,
            env=environment(NICEGUI_STORAGE_PATH=str(state), PYTHONPATH=str(PROJECT)),
            stdin=subprocess.DEVNULL,
        )

    def push(self, text: str) -> float:
        """Show a text on all pages; returns when that was ordered, in seconds of the wall clock."""
        answer = httpx.post(f'{self.url}/push', params={'text': text})
        answer.raise_for_status()
        return float(answer.json())

    def stop(self) -> None:
        """End it and wait."""
        self.process.terminate()
        self.process.wait(STOP_SECONDS)


@contextmanager
def bare_nicegui() -> Iterator[BareNiceGui]:
    """NiceGUI alone, ready, and stopped at the end."""
    with TemporaryDirectory() as state:
        bare = BareNiceGui(Path(state))
        try:
            wait_until_answers(f'{bare.url}/ready', bare.process)
            yield bare
        finally:
            bare.stop()


def wait_until_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the process answers there with 200.

    Raises:
        RuntimeError: it ended, or did not answer within two minutes.
    """
    deadline = time.monotonic() + START_SECONDS
    with httpx.Client(timeout=10) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get(url).is_success:
                    return
            except httpx.TransportError:
                time.sleep(POLL_SECONDS)
    raise RuntimeError(f'{url} did not answer')


def memory_of_tree(process: int) -> float:
    """Megabytes (10^6) of a process and all that it started, each shared page counted by its share (PSS)."""
    return sum(map(_pss_bytes, _tree(process))) / 1e6


def _tree(process: int) -> list[int]:
    children: list[int] = []
    for task in Path(f'/proc/{process}/task').iterdir():
        children += map(int, (task / 'children').read_text().split())
    return [process, *(descendant for child in children for descendant in _tree(child))]


def _pss_bytes(process: int) -> int:
    lines = Path(f'/proc/{process}/smaps_rollup').read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith('Pss:'))
    return int(kilobytes) * 1024
