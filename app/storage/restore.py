"""Putting another database in place of the present one: prepared apart, committed by one rename, completed at start.

Before that rename the old files are untouched; after it, whoever opens the directory first completes the exchange.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from app.settings import FILE_NAME
from app.storage.layout import DataDirectory, append_durably, sync_directory, write_durably

PREPARED = 'restore-in-progress'
COMMITTED = 'restore-committed'
PLAN = 'plan.json'
SIDE_FILES = ('-wal', '-shm')
OLD_FILES = ('machibako.db', 'keys.db', 'box.key', 'erasures.jsonl', 'exchange.key', 'exchange.pem')


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What remains to be done once a restore is committed."""

    old_files: str
    """Name of the folder under `backups` that takes the present files."""
    checkpoints: str
    """The checkpoint file that is appended to."""
    checkpoint_line: str
    set_aside_as: str = ''
    """New name of a checkpoint file that another box signed; empty: the file stays."""


def prepare(directory: DataDirectory) -> DataDirectory:
    """An empty place for the restored files; what an interrupted restore left there is removed."""
    prepared = DataDirectory(directory.root / PREPARED)
    shutil.rmtree(prepared.root, ignore_errors=True)
    prepared.create()
    return prepared


def discard(directory: DataDirectory) -> None:
    """Forget what was prepared."""
    shutil.rmtree(directory.root / PREPARED, ignore_errors=True)


def commit(directory: DataDirectory, plan: Plan) -> None:
    """From here on the restore happens, even if this process is killed."""
    prepared = directory.root / PREPARED
    write_durably(prepared / PLAN, json.dumps(asdict(plan)).encode())
    _sync_all(prepared)
    prepared.rename(directory.root / COMMITTED)
    sync_directory(directory.root)
    complete(directory)


def complete(directory: DataDirectory) -> None:
    """Finish a committed restore, and clear away one that was not. The lock of the directory must be held."""
    discard(directory)
    committed = directory.root / COMMITTED
    if not (committed / PLAN).exists():
        shutil.rmtree(committed, ignore_errors=True)
        return
    plan = Plan(**json.loads((committed / PLAN).read_text(encoding='utf-8')))
    old = directory.backups / plan.old_files
    old.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (*OLD_FILES, FILE_NAME):
        if (committed / name).exists():
            _exchange(directory.root / name, committed / name, old)
    _continue_checkpoints(plan)
    (committed / PLAN).unlink()
    shutil.rmtree(committed)
    sync_directory(directory.root)


def _exchange(present: Path, new: Path, old: Path) -> None:
    # A write-ahead log that stayed behind would be replayed into the restored database.
    for suffix in (*SIDE_FILES, ''):
        file = present.with_name(present.name + suffix)
        if file.exists():
            file.rename(old / file.name)
    sync_directory(old)
    new.rename(present)
    sync_directory(present.parent)


def _continue_checkpoints(plan: Plan) -> None:
    file = Path(plan.checkpoints)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = file.with_name(plan.set_aside_as) if plan.set_aside_as else None
    if aside is not None and file.exists() and not aside.exists():
        file.rename(aside)
        sync_directory(file.parent)
    content = file.read_bytes() if file.exists() else b''
    if content.endswith(plan.checkpoint_line.encode() + b'\n'):
        return
    if content and not content.endswith(b'\n'):
        append_durably(file, b'')
    append_durably(file, plan.checkpoint_line.encode())


def _sync_all(folder: Path) -> None:
    for file in folder.iterdir():
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    sync_directory(folder)
