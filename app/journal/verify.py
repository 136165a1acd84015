"""Checking that nobody changed, removed, reordered or cut the journal."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.journal.checkpoints import BrokenCheckpoint, Checkpoint, read_checkpoints
from app.journal.line import COLUMNS, GENESIS, line_hash
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


def verify_journal(connection: sqlite3.Connection, checkpoints: Path, key: Ed25519PublicKey) -> Verdict:
    """Check every line, the chain and the checkpoints. Blocks for as long as the journal is: call it in a thread."""
    verdict = Verdict()
    signed = _read_checkpoints(checkpoints, key, verdict)
    hashes = _walk(connection, verdict, {checkpoint.sequence for checkpoint in signed})
    _compare(signed, hashes, _epoch_starts(connection), verdict)
    _look_for_guards(connection, verdict)
    return verdict


def _walk(connection: sqlite3.Connection, verdict: Verdict, wanted: set[int]) -> dict[int, str]:
    hashes: dict[int, str] = {}
    expected, previous = 1, GENESIS
    for line in _lines(connection):
        sequence = line['sequence']
        verdict.lines += 1
        if sequence != expected:
            gap = f'{expected}' if sequence == expected + 1 else f'{expected}-{sequence - 1}'
            verdict.found(Fault.MISSING, expected, gap)
        if line_hash(line) != line['hash']:
            verdict.found(Fault.CHANGED, sequence, f'{line["kind"]} {line["recorded_at"]}')
        elif line['previous_hash'] != previous and sequence == expected:
            verdict.found(Fault.REORDERED, sequence, f'{line["kind"]} {line["recorded_at"]}')
        expected, previous = sequence + 1, line['hash']
        if sequence in wanted:
            hashes[sequence] = line['hash']
    hashes[0] = GENESIS
    return hashes


def _lines(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for row in connection.execute(SELECT):
        yield dict(zip(COLUMNS, row, strict=True))


def _compare(signed: list[Checkpoint], hashes: dict[int, str], epoch_starts: dict[str, int], verdict: Verdict) -> None:
    verdict.checkpoints = len(signed)
    verdict.last_checkpoint = signed[-1] if signed else None
    if not signed and verdict.lines:
        verdict.found(Fault.CHECKPOINTS_MISSING, None)
    ends = _epoch_ends(epoch_starts)
    cut: Checkpoint | None = None
    for checkpoint in signed:
        if checkpoint.epoch not in epoch_starts or checkpoint.sequence > ends[checkpoint.epoch]:
            if _explained_by_restore(checkpoint, signed, epoch_starts):
                continue
            cut = checkpoint
        elif checkpoint.sequence not in hashes:
            cut = checkpoint
        elif hashes[checkpoint.sequence] != checkpoint.hash:
            verdict.found(Fault.REWRITTEN, checkpoint.sequence, f'checkpoint of {checkpoint.at}')
    if cut is not None:
        verdict.found(Fault.CUT, cut.sequence, f'checkpoint of {cut.at}')


def _explained_by_restore(checkpoint: Checkpoint, signed: list[Checkpoint], epoch_starts: dict[str, int]) -> bool:
    """Whether a later checkpoint belongs to a later epoch, begun by a restore that took these lines away."""
    position = signed.index(checkpoint)
    return any(later.epoch != checkpoint.epoch and later.epoch in epoch_starts for later in signed[position + 1 :])


def _epoch_starts(connection: sqlite3.Connection) -> dict[str, int]:
    rows = connection.execute('SELECT id, first_sequence FROM journal_epoch ORDER BY number')
    return {str(row[0]): int(row[1]) for row in rows}


def _epoch_ends(starts: dict[str, int]) -> dict[str, float]:
    firsts = list(starts.values())
    ends: list[float] = [*(first - 1 for first in firsts[1:]), float('inf')]
    return dict(zip(starts, ends, strict=False))


def _read_checkpoints(directory: Path, key: Ed25519PublicKey, verdict: Verdict) -> list[Checkpoint]:
    try:
        return read_checkpoints(directory, key)
    except BrokenCheckpoint as error:
        verdict.found(Fault.CHECKPOINT_BROKEN, None, str(error))
        return []


def _look_for_guards(connection: sqlite3.Connection, verdict: Verdict) -> None:
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for name in sorted(set(triggers()) - there):
        verdict.found(Fault.GUARD_MISSING, None, name)
