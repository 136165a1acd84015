"""Checking that nobody changed, removed, reordered or cut the journal."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.journal.chain import ChainWalk
from app.journal.checkpoints import Checkpoint, read_checkpoints
from app.journal.line import COLUMNS
from app.storage.schema import triggers

SELECT = f'SELECT {", ".join(COLUMNS)} FROM journal_line ORDER BY sequence'  # noqa: S608
MOST_FINDINGS = 20


class Fault(StrEnum):
    """What was done to the journal."""

    CHANGED = 'changed'
    MISSING = 'missing'
    REORDERED = 'reordered'
    CUT = 'cut'
    REWRITTEN = 'rewritten'
    CHECKPOINT_BROKEN = 'checkpoint_broken'
    CHECKPOINTS_MISSING = 'checkpoints_missing'
    GUARD_MISSING = 'guard_missing'


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault and where it is."""

    fault: Fault
    sequence: int | None
    detail: str = ''


@dataclass(slots=True)
class Verdict:
    """The outcome of a check."""

    lines: int = 0
    checkpoints: int = 0
    last_checkpoint: Checkpoint | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def found(self, fault: Fault, sequence: int | None, detail: str = '') -> None:
        """Note a fault; after the first twenty only the count would grow, so they are left out."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(fault, sequence, detail))


@dataclass(frozen=True, slots=True)
class _Epochs:
    starts: dict[str, int]
    ends: dict[str, float]


def verify_journal(connection: sqlite3.Connection, checkpoints: Path, key: Ed25519PublicKey) -> Verdict:
    """Check every line, the chain and the checkpoints. Blocks for as long as the journal is: call it in a thread."""
    found = read_checkpoints(checkpoints, key)
    verdict = _verify(connection, found.signed)
    for name in found.broken:
        verdict.found(Fault.CHECKPOINT_BROKEN, None, name)
    if verdict.lines and not _begins_with_an_epoch(found.signed, _read_epochs(connection)):
        verdict.found(Fault.CHECKPOINTS_MISSING, None)
    return verdict


def verify_copy(connection: sqlite3.Connection, checkpoint: Checkpoint) -> Verdict:
    """Check every line and the chain of a backup, up to the one checkpoint that goes with it."""
    return _verify(connection, [checkpoint])


def _verify(connection: sqlite3.Connection, signed: Sequence[Checkpoint]) -> Verdict:
    verdict = Verdict(checkpoints=len(signed), last_checkpoint=signed[-1] if signed else None)
    walk = ChainWalk({checkpoint.sequence for checkpoint in signed})
    for line in _lines(connection):
        walk.take(line)
    verdict.lines = walk.lines
    for fault, places in (
        (Fault.MISSING, walk.missing),
        (Fault.REORDERED, walk.reordered()),
        (Fault.CHANGED, walk.changed()),
    ):
        for place in places:
            verdict.found(fault, place.sequence, place.detail)
    _compare(signed, walk, _read_epochs(connection), verdict)
    _look_for_guards(connection, verdict)
    return verdict


def _lines(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    cursor = connection.cursor()
    # A line that somebody filled with bytes that are no text must be found, not end the search.
    cursor.row_factory = None
    factory, connection.text_factory = connection.text_factory, lambda raw: raw.decode('utf-8', 'surrogateescape')
    try:
        for row in cursor.execute(SELECT):
            yield dict(zip(COLUMNS, row, strict=True))
    finally:
        connection.text_factory = factory


def _compare(signed: Sequence[Checkpoint], walk: ChainWalk, epochs: _Epochs, verdict: Verdict) -> None:
    cut: Checkpoint | None = None
    agreed = 0
    for position, checkpoint in enumerate(signed):
        if checkpoint.sequence > epochs.ends.get(checkpoint.epoch, -1):
            if not _explained_by_restore(signed[position + 1 :], walk.hashes, epochs):
                cut = checkpoint
        elif checkpoint.sequence > walk.last:
            cut = checkpoint
        elif walk.hashes.get(checkpoint.sequence, checkpoint.hash) == checkpoint.hash:
            agreed = max(agreed, checkpoint.sequence)
        elif not any(finding.fault is Fault.REWRITTEN for finding in verdict.findings):
            between = f'{agreed + 1}-{checkpoint.sequence}'
            verdict.found(Fault.REWRITTEN, checkpoint.sequence, f'{between} {checkpoint.at}')
    if cut is not None:
        verdict.found(Fault.CUT, cut.sequence, f'{walk.last + 1}-{cut.sequence} {cut.at}')


def _explained_by_restore(later: Sequence[Checkpoint], hashes: dict[int, str], epochs: _Epochs) -> bool:
    """Whether the box signed, later on, the first line of an epoch that a restore began and that is still there."""
    return any(
        epochs.starts.get(checkpoint.epoch) == checkpoint.sequence
        and hashes.get(checkpoint.sequence) == checkpoint.hash
        for checkpoint in later
    )


def _begins_with_an_epoch(signed: Sequence[Checkpoint], epochs: _Epochs) -> bool:
    """The box signs the first line of each of its lives at once, so older checkpoints than that are never lacking."""
    return bool(signed) and epochs.starts.get(signed[0].epoch, signed[0].sequence) == signed[0].sequence


def _read_epochs(connection: sqlite3.Connection) -> _Epochs:
    rows = connection.execute('SELECT id, first_sequence FROM journal_epoch ORDER BY number').fetchall()
    starts = {str(row[0]): int(row[1]) for row in rows}
    firsts = list(starts.values())
    ends: list[float] = [*(first - 1 for first in firsts[1:]), float('inf')]
    return _Epochs(starts, dict(zip(starts, ends, strict=False)))


def _look_for_guards(connection: sqlite3.Connection, verdict: Verdict) -> None:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'table')")}
    # A backup of an earlier version has fewer tables.
    wanted = {name for name, statement in triggers().items() if there & set(statement.split())}
    for name in sorted(wanted - there):
        verdict.found(Fault.GUARD_MISSING, None, name)
