"""Writing on a stick that may be full, read-only or pulled out: whole or not at all."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from app.shelters.copies.values import CopyRefused, Problem
from app.storage.layout import sync_directory

PROBLEMS = {
    errno.ENOSPC: Problem.STICK_FULL,
    errno.EDQUOT: Problem.STICK_FULL,
    errno.EFBIG: Problem.STICK_FULL,
    errno.EROFS: Problem.STICK_READ_ONLY,
    errno.EACCES: Problem.STICK_READ_ONLY,
    errno.EPERM: Problem.STICK_READ_ONLY,
    errno.ENOENT: Problem.NO_STICK,
    errno.ENOTDIR: Problem.NO_STICK,
    errno.ENODEV: Problem.NO_STICK,
    errno.ENXIO: Problem.NO_STICK,
    errno.EIO: Problem.NO_STICK,
}


def write_on_stick(folder: Path, name: str, content: bytes) -> Path:
    """Write under another name, wait until it is on the stick, and only then give it its name.

    Raises:
        CopyRefused: the stick is full, read-only or gone; nothing half is left under the name.
    """
    target, temporary = folder / name, folder / f'.{name}.new'
    try:
        _write(temporary, content)
        if temporary.read_bytes() != content:
            raise CopyRefused(Problem.STICK_FAILED, name)
        temporary.replace(target)
        sync_directory(folder)
    except OSError as error:
        raise CopyRefused(problem_of(error), error.strerror or '') from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return target


def problem_of(error: OSError) -> Problem:
    """What became of the stick."""
    return PROBLEMS.get(error.errno or 0, Problem.STICK_FAILED)


def _write(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, 'wb') as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
