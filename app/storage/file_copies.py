"""Copies of files that survive a power cut."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

from app.storage.layout import sync_directory

COPY_BYTES = 1 << 20


def place_copy(source: Path, target: Path) -> str:
    """Put a finished backup where it belongs, in one step that survives a power cut; returns its SHA-256 (hex)."""
    temporary = target.with_name(f'.{target.name}.{os.getpid()}.new')
    try:
        copy_durably(source, temporary)
        digest = file_sha256(temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(target.parent)
    return digest


def file_sha256(file: Path) -> str:
    """SHA-256 (hex) of a file; never of the live database, whose locks would be dropped."""
    with file.open('rb') as content:
        digest = sha256()
        while chunk := content.read(COPY_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def copy_durably(source: Path, target: Path) -> None:
    """Copy a file, readable by its owner alone, and wait until it is on the disk."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open('rb') as content, os.fdopen(descriptor, 'wb') as file:
        shutil.copyfileobj(content, file, COPY_BYTES)
        file.flush()
        os.fsync(file.fileno())
