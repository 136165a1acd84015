"""Two shelters and headquarters, each a process of its own, over the real exchange, cut off in between."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.exchange.identity import ensure_identity
from app.storage.layout import DataDirectory
from tests.support.process import PROJECT, environment, free_port

PATIENCE_SECONDS = 90
HEADQUARTERS, IZUMI, KIDA = 'headquarters', 'izumi', 'kida'
PEERS = {HEADQUARTERS: (IZUMI, KIDA), IZUMI: (HEADQUARTERS,), KIDA: (HEADQUARTERS,)}


class Room:
    """A box process."""

    def __init__(self, root: Path) -> None:
        self._log = (root.parent / f'{root.name}.log').open('ab')
        self._process = subprocess.Popen(
            [sys.executable, '-m', 'tests.support.shelter_room', str(root)],
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

    def __enter__(self) -> 'Room':
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.communicate()
        self._log.close()


@pytest.fixture
def directories(tmp_path: Path) -> dict[str, Path]:
    """The boxes know each other's certificates; the shelters know headquarters only."""
    ports = {name: free_port() for name in PEERS}
    certificates = {}
    for name in PEERS:
        directory = DataDirectory(tmp_path / name)
        directory.create()
        certificates[name] = ensure_identity(directory).one_line
    for name, peers in PEERS.items():
        lines = ['[shelters]', f'headquarters = {str(name == HEADQUARTERS).lower()}']
        lines += ['[exchange]', 'host = "127.0.0.1"', f'port = {ports[name]}']
        for peer in peers:
            url = f'https://127.0.0.1:{ports[peer]}'
            lines += [
                '[[exchange.peers]]',
                f'name = "{peer}"',
                f'url = "{url}"',
                f'certificate = "{certificates[peer]}"',
            ]
        (tmp_path / name / 'machibako.toml').write_text('\n'.join(lines), encoding='utf-8')
    return {name: tmp_path / name for name in PEERS}


@pytest.fixture
def shelters(directories: dict[str, Path]) -> Iterator[tuple[Room, Room]]:
    """Both run."""
    with ExitStack() as rooms:
        yield (rooms.enter_context(Room(directories[IZUMI])), rooms.enter_context(Room(directories[KIDA])))


def when(condition: Callable[[], bool]) -> None:
    """Wait until this is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_card_that_came_to_both_shelters_while_they_were_cut_off_is_recognised_at_both_and_at_headquarters(
    directories: dict[str, Path], shelters: tuple[Room, Room]
) -> None:
    izumi, kida = shelters
    with Room(directories[HEADQUARTERS]):
        when(lambda: izumi.do('has_key') and kida.do('has_key'))
    assert izumi.do('arrive', '泉小学校')
    assert kida.do('arrive', '木曳野小学校')
    assert [izumi.do('left_behind'), kida.do('came_from')] == [0, '']
    with Room(directories[HEADQUARTERS]) as headquarters:
        when(lambda: izumi.do('left_behind') == 1 and kida.do('came_from') == '泉小学校')
        twice = [['毛布', '泉小学校', '木曳野小学校']]
        when(lambda: all(room.do('doubles') == twice for room in (izumi, kida, headquarters)))
        assert [izumi.do('came_from'), kida.do('left_behind')] == ['', 0]
