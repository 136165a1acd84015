"""The box as its users get it: a process of its own, started by its command."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

PROJECT = Path(__file__).parents[2]
LEFT_BEHIND = ('MACHIBAKO_', 'PYTEST_', 'PCSCLITE_')
START_SECONDS = 40
STOP_SECONDS = 20


def command(*arguments: str) -> list[str]:
    """The command `machibako` with these arguments."""
    return [sys.executable, str(PROJECT / 'main.py'), *arguments]


def environment(**extra: str) -> dict[str, str]:
    """This process's environment without what pytest and earlier tests left in it, the way to their readers too.

    A box that finds readers tries them, and would take the power of cards that another box is reading.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_BEHIND)}
    return {**kept, 'LANG': 'ja_JP.UTF-8', **extra}


def run(*arguments: str, data: Path, give: str | None = None, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [*command(*arguments), '--data-dir', str(data)],
        env=environment(**extra),
        input=give,
        stdin=subprocess.DEVNULL if give is None else None,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class RunningBox:
    """A box process on a free port of this machine."""

    def __init__(
        self,
        data: Path,
        *,
        wrapper: tuple[str, ...] = (),
        demo: bool = False,
        extra: Mapping[str, str] | None = None,
        port: int | None = None,
    ) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f'http://localhost:{self.port}'
        self.log = data.parent / f'{data.name}-{self.port}.log'
        arguments = ['run', '--port', str(self.port), '--data-dir', str(data), *(['--demo'] if demo else [])]
        with self.log.open('ab') as log:
            self.process = subprocess.Popen(
                [*wrapper, *command(*arguments)],
                env=environment(PYTHONUNBUFFERED='1', **(extra or {})),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> dict[str, Any]:
        """Wait for the health of the box and return it."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f'the box ended with {self.process.returncode}:\n{self.output()}')
            try:
                return self.health()
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(f'the box did not answer:\n{self.output()}')

    def health(self) -> dict[str, Any]:
        """`/api/v1/health`."""
        answer: dict[str, Any] = httpx.get(f'{self.url}/api/v1/health', timeout=10).json()
        return answer

    def punches(self, token: str, after: str = '') -> dict[str, Any]:
        """A page of punches over HTTP."""
        answer = httpx.get(
            f'{self.url}/api/v1/attendance/punches',
            params={'after': after, 'limit': 1000},
            headers={'Authorization': f'Bearer {token}'},
            timeout=10,
        )
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body

    def command(self, *arguments: str, give: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command against this box."""
        return run(*arguments, data=self.data, give=give)

    def output(self) -> str:
        """Everything the box printed."""
        return self.log.read_text(encoding='utf-8', errors='replace')

    def kill(self) -> None:
        """End it as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """End it as the service manager does; returns the exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


@contextmanager
def running_box(data: Path, **options: Any) -> Iterator[RunningBox]:
    """A ready box that is stopped at the end."""
    box = RunningBox(data, **options)
    try:
        box.wait_until_ready()
        yield box
    finally:
        box.stop()


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        port: int = probe.getsockname()[1]
        return port


def write_staff_list(path: Path, *rows: tuple[str, str, str, str]) -> Path:
    """A staff list as the HR system exports it."""
    lines = ['職員番号,氏名,フリガナ,所属', *(','.join(row) for row in rows)]
    path.write_text('\n'.join(lines) + '\n', encoding='utf-8')
    return path
