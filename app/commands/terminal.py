"""Where a command speaks to the person who gave it, in this process or across the local socket."""

import getpass
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from app.storage.file_copies import place_copy


class Terminal(Protocol):
    """What a command can say and ask."""

    def out(self, text: str) -> None:
        """A line of the result, for people and programs alike (standard output)."""

    def note(self, text: str) -> None:
        """A line that explains (standard error)."""

    async def ask_pin(self, prompt: str) -> str | None:
        """Let the person type a PIN unseen; None where nobody sits at a terminal."""

    async def take_file(self, file: Path, target: str) -> str:
        """Copy a finished file to the place that the person named; returns its SHA-256 (hex).

        Raises:
            FileNotTaken: it could not be written there.
        """


class FileNotTaken(Exception):
    """A file could not be written where the person wanted it; the message names place and reason."""


class OwnTerminal:
    """The terminal of this process."""

    def out(self, text: str) -> None:
        """Print a line of the result."""
        print(text, flush=True)

    def note(self, text: str) -> None:
        """Print a line that explains."""
        print(text, file=sys.stderr, flush=True)

    async def ask_pin(self, prompt: str) -> str | None:
        """Ask on the terminal; the PIN is not shown."""
        return ask_pin(prompt)

    async def take_file(self, file: Path, target: str) -> str:
        """Copy the file, readable by its owner alone."""
        return take_file(file, target)


def ask_pin(prompt: str) -> str | None:
    """Ask for a PIN; None where standard input is no terminal."""
    if not sys.stdin.isatty():
        return None
    try:
        with _interruptible():
            return getpass.getpass(f'{prompt} ').strip()
    except EOFError:
        return None


def take_file(file: Path, target: str) -> str:
    """Copy a file to its place in one step.

    Raises:
        FileNotTaken: it could not be written there.
    """
    try:
        return place_copy(file, Path(target))
    except OSError as error:
        raise FileNotTaken(f'{target}: {error.strerror}') from None


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the question; asyncio would keep it for its loop, which stands still while a person types."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
