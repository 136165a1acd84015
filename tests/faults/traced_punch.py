"""One punch in a child process, watched or killed by strace at one system call of one of its threads."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.process import PROJECT, environment

CALLS = ('fdatasync', 'pwrite64', 'ftruncate', 'write')
CARD, WARM_CARD = '01140000000003E9', '01140000000003EA'
_LINE = re.compile(r'^(\d+) +(\w+)\(', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Point:
    """The nth time that a thread makes a system call while it punches."""

    thread: str
    call: str
    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the child said about the tap, None if it was killed before it said anything."""

    shown: dict[str, Any] | None
    was_killed: bool


def points_of_a_punch(seed: Path, place: Path) -> list[Point]:
    """Every point at which a punch changes the disk or tells somebody about it."""
    trace = place / 'trace'
    with _child(seed, place / 'watched') as child:
        threads = {str(number): name for name, number in _threads(child).items()}
        tracer = _attach(child.pid, '-f', '-e', f'trace={",".join(CALLS)}', '-o', str(trace))
        _tap(child)
        tracer.wait(20)
    counted: Counter[tuple[str, str]] = Counter()
    points = []
    for thread, call in _LINE.findall(trace.read_text(errors='replace')):
        counted[thread, call] += 1
        points.append(Point(threads[thread], call, counted[thread, call]))
    return points


def punch_killed_at(point: Point, seed: Path, directory: Path) -> Told:
    """Punch in a copy of the seed and be killed there, as a power cut between two instructions does."""
    with _child(seed, directory) as child:
        thread = _threads(child)[point.thread]
        tracer = _attach(thread, '-e', f'inject={point.call}:signal=SIGKILL:when={point.number}', '-o', '/dev/null')
        said = _tap(child)
        tracer.wait(20)
    return Told(shown=json.loads(said) if said else None, was_killed=child.returncode == -9)


def _child(seed: Path, directory: Path) -> subprocess.Popen[str]:
    shutil.copytree(seed, directory)
    return subprocess.Popen(
        [sys.executable, '-m', 'tests.faults.punch_child', str(directory), CARD, WARM_CARD],
        cwd=PROJECT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _threads(child: subprocess.Popen[str]) -> dict[str, int]:
    assert child.stdout is not None
    threads: dict[str, int] = json.loads(child.stdout.readline())
    return threads


def _attach(thread: int, *options: str) -> subprocess.Popen[str]:
    tracer = subprocess.Popen(['strace', '-p', str(thread), *options], stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert 'attached' in said, said
    return tracer


def _tap(child: subprocess.Popen[str]) -> str:
    said, _ = child.communicate('\n', timeout=30)
    return said
