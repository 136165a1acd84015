"""Boxes that are processes of their own and are told over a pipe what to do (`obeying.py`)."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.exchange.identity import ensure_identity
from app.storage.layout import DataDirectory
from tests.support.process import PROJECT, environment

PATIENCE_SECONDS = 90
LOOK_SECONDS = 0.05


class OrderedBox:
    """A box process whose module tells what can be ordered; `wrapper` stands before its command."""

    def __init__(self, module: str, root: Path, wrapper: tuple[str, ...] = ()) -> None:
        self._log = (root.parent / f'{root.name}.log').open('ab')
        self._process = subprocess.Popen(
            [*wrapper, sys.executable, '-m', module, str(root)],
            cwd=PROJECT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def do(self, order: str, *arguments: Any) -> Any:
        """Order something and wait for the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([order, *arguments]), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, Path(self._log.name).read_text(encoding='utf-8')
        return json.loads(answer)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self.close()

    def close(self) -> None:
        """Let it close the box; a second time changes nothing."""
        self._process.communicate()
        self._log.close()

    def __enter__(self) -> 'OrderedBox':
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box listens, whom it knows, and more lines of its settings."""

    host: str
    port: int
    peers: tuple[str, ...]
    settings: tuple[str, ...] = ()
    """They begin within the section `exchange`."""


def introduce(root: Path, places: Mapping[str, Place]) -> None:
    """Give each box a directory below `root`, an identity, and the certificates of its peers."""
    certificates = {name: _certificate(root / name) for name in places}
    for name, place in places.items():
        lines = ['[exchange]', f'host = "{place.host}"', f'port = {place.port}', *place.settings]
        for peer in place.peers:
            url = f'https://{places[peer].host}:{places[peer].port}'
            lines += ['[[exchange.peers]]', f'name = "{peer}"', f'url = "{url}"']
            lines += [f'certificate = "{certificates[peer]}"']
        (root / name / 'machibako.toml').write_text('\n'.join(lines), encoding='utf-8')


def when(condition: Callable[[], bool], rooms: Iterable[OrderedBox] = ()) -> None:
    """Wait until this is so; if it never is, the rooms say what waits at them."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, [room.do('waiting') for room in rooms]
        time.sleep(LOOK_SECONDS)


def _certificate(root: Path) -> str:
    directory = DataDirectory(root)
    directory.create()
    return ensure_identity(directory).one_line
