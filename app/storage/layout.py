"""Where the files of one box lie, and the lock that makes it one writer."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path


class DirectoryInUse(Exception):
    """Another process holds the data directory."""


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """The data directory of one box."""

    root: Path

    @property
    def database(self) -> Path:
        """The one SQLite database."""
        return self.root / 'machibako.db'

    @property
    def keys(self) -> Path:
        """The store of wrapped keys, apart from what they open."""
        return self.root / 'keys.db'

    @property
    def box_key(self) -> Path:
        """The key that wraps all others."""
        return self.root / 'box.key'

    @property
    def checkpoints(self) -> Path:
        """The default place of the signed checkpoints."""
        return self.root / 'checkpoints'

    @property
    def erasures(self) -> Path:
        """What was erased; applied again after every restore."""
        return self.root / 'erasures.jsonl'

    @property
    def exchange_key(self) -> Path:
        """The key by which other boxes know this one."""
        return self.root / 'exchange.key'

    @property
    def exchange_certificate(self) -> Path:
        """The certificate of that key."""
        return self.root / 'exchange.pem'

    @property
    def garoon_token(self) -> Path:
        """The refresh token that the cloud of Garoon gave last, sealed."""
        return self.root / 'garoon.token'

    @property
    def backups(self) -> Path:
        """Copies that the box makes by itself before it changes the database."""
        return self.root / 'backups'

    @property
    def exchange_templates(self) -> Path:
        """Layouts of files for other systems that the city wrote itself (`*.toml`)."""
        return self.root / 'exchange_templates'

    @property
    def browser_state(self) -> Path:
        """NiceGUI's own files: opaque ids only."""
        return self.root / 'nicegui'

    @property
    def socket(self) -> Path:
        """The local socket on which a running box takes commands."""
        return self.root / 'control.sock'

    @property
    def running_mark(self) -> Path:
        """Exists while a process has the database open; found at start, it tells of an unclean stop."""
        return self.root / 'running'

    def create(self) -> None:
        """Make the directory, readable by its owner alone."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.backups.mkdir(exist_ok=True, mode=0o700)

    def lock(self) -> 'DirectoryLock':
        """Take the directory for this process.

        Raises:
            DirectoryInUse: another process has it.
        """
        descriptor = os.open(self.root / 'lock', os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise DirectoryInUse(str(self.root)) from None
        return DirectoryLock(descriptor)


@dataclass(frozen=True, slots=True)
class DirectoryLock:
    """The held lock; the kernel gives it back when the process ends, however it ends."""

    descriptor: int

    def release(self) -> None:
        """Let the next process have the directory."""
        os.close(self.descriptor)


def sync_directory(directory: Path) -> None:
    """Make new names in a directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace a file in one step that survives a power cut."""
    temporary = path.with_name(f'.{path.name}.new')
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, 'wb') as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_directory(path.parent)


def append_durably(path: Path, line: bytes) -> None:
    """Add one line to a file and wait until it is on the disk."""
    created = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.rstrip(b'\n') + b'\n')
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if created:
        sync_directory(path.parent)
