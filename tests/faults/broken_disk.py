"""Disks that break under a running box."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.process import RunningBox

_LET_ANYBODY_TRACE = (
    'import ctypes, os, sys;'
    'ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0);'
    'os.execvp(sys.argv[1], sys.argv[1:])'
)
TRACEABLE = (sys.executable, '-c', _LET_ANYBODY_TRACE)
"""Wrapper of a box that strace may attach to, also where the kernel lets a process be traced by its ancestors only."""

_MOUNT_AND_RUN = 'mount -t tmpfs -o size=$1,mode=700 tmpfs "$2" && cp -a "$3/." "$2" && shift 3 && exec "$@"'


@contextmanager
def failing(box: RunningBox, calls: str, error: str) -> Iterator[None]:
    """From now on these system calls of the box fail with this error."""
    tracer = subprocess.Popen(
        ['strace', '-f', '-p', str(box.process.pid), '-e', f'inject={calls}:error={error}', '-o', '/dev/null'],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert 'attached' in said, said
    try:
        yield
    finally:
        tracer.terminate()
        tracer.wait(20)
        tracer.stderr.close()


def on_a_disk_of(size: str, place: Path, content: Path) -> tuple[str, ...]:
    """Wrapper that gives the box a small disk of its own at `place`, filled with `content`."""
    as_root = () if os.geteuid() == 0 else ('--map-root-user',)
    shell = ('sh', '-c', _MOUNT_AND_RUN, 'sh', size, str(place), str(content))
    return ('unshare', '--mount', *as_root, *shell)


def as_the_box_sees(box: RunningBox, path: Path) -> Path:
    """A path inside the mounts of the box, from outside."""
    return Path(f'/proc/{box.process.pid}/root') / path.relative_to('/')


def fill(place: Path) -> Path:
    """Use up all room; returns the file to delete."""
    file = place / 'filled'
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for size in (65536, 4096, 512, 1):
            _write_until_full(descriptor, bytes(size))
    finally:
        os.close(descriptor)
    return file


def _write_until_full(descriptor: int, block: bytes) -> None:
    try:
        while os.write(descriptor, block) == len(block):
            pass
    except OSError:
        return
