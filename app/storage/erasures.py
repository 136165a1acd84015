"""The list of keys that were thrown away; it is applied again to every key store that is put back."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from app.storage.layout import append_durably


@dataclass(frozen=True, slots=True, order=True)
class Erasure:
    """One key that is gone. A later key of the same subject and record class has another mark."""

    subject: str
    record_class: str
    key: str = ''
    """Mark of the wrapped key; empty: whichever key there was."""

    @classmethod
    def of(cls, subject: str, record_class: str, wrapped: bytes) -> frozenset['Erasure']:
        """The lines that would throw this key away."""
        return frozenset({cls(subject, record_class), cls(subject, record_class, key_mark(wrapped))})


def key_mark(wrapped: bytes) -> str:
    """By what a wrapped key is told from its successors (SHA-256, hex); it says nothing about the key."""
    return sha256(wrapped).hexdigest()


def read_erasures(file: Path) -> frozenset[Erasure]:
    """Everything that was ever erased on this box."""
    if not file.exists():
        return frozenset()
    lines = file.read_text(encoding='utf-8').splitlines()
    return frozenset(Erasure(**json.loads(line)) for line in lines if line.strip())


def append_erasures(file: Path, erasures: Iterable[Erasure]) -> None:
    """Add to the list, and wait until it is on the disk."""
    if lines := erasure_lines(erasures):
        append_durably(file, lines.encode())


def erasure_lines(erasures: Iterable[Erasure]) -> str:
    """The list as it is written."""
    return '\n'.join(json.dumps(asdict(one)) for one in erasures)
