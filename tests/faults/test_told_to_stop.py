"""The service manager stops the box, or a person presses Ctrl-C: the exit code says whether all went well."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.lifecycle import EXIT_NOT_CLOSED
from tests.support.process import STOP_SECONDS, RunningBox, running_box


def kinds(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / 'machibako.db')) as connection:
        return [row[0] for row in connection.execute('SELECT kind FROM journal_line ORDER BY sequence')]


@pytest.mark.parametrize('number', [signal.SIGTERM, signal.SIGINT])
def test_an_orderly_stop_ends_with_zero(tmp_path: Path, number: signal.Signals) -> None:
    with running_box(tmp_path / 'box') as box:
        assert box.command('desk', 'add', '東玄関', '--job', 'attendance', '--reader', 'Desk A').returncode == 0
        box.process.send_signal(number)
        assert box.process.wait(STOP_SECONDS) == 0
    assert not (tmp_path / 'box' / 'running').exists()
    assert 'desks.added' in kinds(tmp_path / 'box')


def test_a_stop_that_could_not_sign_the_journal_does_not_end_with_zero(tmp_path: Path) -> None:
    with running_box(tmp_path / 'box') as box:
        signed = tmp_path / 'box' / 'checkpoints'
        signed.rename(tmp_path / 'taken-away')
        signed.write_text('no folder')
        assert box.command('desk', 'add', '東玄関', '--job', 'attendance', '--reader', 'Desk A').returncode == 0
        assert box.stop() == EXIT_NOT_CLOSED


def test_a_box_that_is_stopped_before_it_is_ready_closes_what_it_opened(tmp_path: Path) -> None:
    box = RunningBox(tmp_path / 'box')
    try:
        while not (tmp_path / 'box' / 'running').exists():
            assert box.process.poll() is None, box.output()
        assert box.stop() == 0
    finally:
        box.stop()
    assert not (tmp_path / 'box' / 'running').exists()
