"""The box is killed while it sends: after the next start everybody has the notice, and a repeat bears the same id."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.mail_server import MailStore, running
from tests.support.process import PROJECT

PEOPLE = 20
CHILD = Path(__file__).parent / 'sending_child.py'
END_SECONDS = 60


def start(root: Path, port: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, 'PYTHONPATH': str(PROJECT)}
    arguments = [sys.executable, str(CHILD), str(root), str(port), str(PEOPLE)]
    return subprocess.Popen(arguments, env=environment)


def wait_for(store: MailStore, count: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + END_SECONDS
    while len(store.received) < count:
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.005)


@pytest.mark.parametrize('kill_after', [(1,), (7, 19)])
def test_a_box_killed_while_sending_tells_everybody_and_a_repeat_is_known_as_one(
    new_box: Path, tmp_path: Path, kill_after: tuple[int, ...]
) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    store = MailStore(slow_seconds=0.01)
    with running(store) as port:
        for count in kill_after:
            process = start(tmp_path / 'box', port)
            wait_for(store, count, process)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert start(tmp_path / 'box', port).wait(END_SECONDS) == 0
    assert len(set(store.receivers)) == PEOPLE
    assert len(set(store.ids())) == PEOPLE
    assert len(store.received) <= PEOPLE + len(kill_after)
