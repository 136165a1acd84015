"""Trying to open what was thrown away: every sealed part of the journal, every field, every key."""

import base64
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from app.shelters.ending.certificate import is_signed
from app.shelters.ending.scrub import LEFTOVERS, TOKENS, with_ids
from app.shelters.ending.values import ERASED, EndingInfo, Part
from app.storage.failures import DatabaseDamaged
from app.storage.vault import RecordClass, Vault

AT_ONCE = 200
ERASED_LINES = 'SELECT sequence, subjects, payload FROM journal_line WHERE batch = ? AND kind = ?'
SEALED_LINES = """
    SELECT sequence, id, payload FROM journal_line
    WHERE sequence < ? AND payload LIKE '%"sealed":[%' AND payload LIKE '%"shelter"%'
"""
MOST_FINDINGS = 20


@dataclass(slots=True)
class Proof:
    """What came of trying; empty findings: none opened."""

    keys: int = 0
    """So many keys were looked for."""
    sealed_parts: int = 0
    """So many sealed parts of the journal were tried."""
    findings: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing opened, and the certificate is the box's own."""
        return not self.findings

    def found(self, words: str) -> None:
        """Note something that should not be; only the first twenty."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(words)


def prove(rows: sqlite3.Connection, vault: Vault, info: EndingInfo) -> Proof:
    """Try everything that one finished anonymisation threw away. Blocks: call it in a thread."""
    proof, certificate = Proof(), info.certificate or {}
    if not is_signed(certificate, info.signature, vault.public_key):
        proof.found('certificate')
    owners = _owners(rows, info.id)
    counts = {str(part): len(ids) for part, ids in owners.items()}
    if counts != certificate.get('counts'):
        proof.found('counts')
    proof.keys = sum(counts.values())
    last = certificate.get('line')
    _try_journal(rows, vault, owners, last if isinstance(last, int) else 0, proof)
    _look_for_leftovers(rows, owners, proof)
    _look_for_keys(vault, owners, proof)
    return proof


def _owners(rows: sqlite3.Connection, ending: UUID) -> dict[Part, list[UUID]]:
    found: dict[Part, list[UUID]] = defaultdict(list)
    for row in rows.execute(ERASED_LINES, [str(ending), ERASED]):
        found[Part(json.loads(row['payload'])['records'])] += [UUID(each) for each in json.loads(row['subjects'])]
    return found


def _try_journal(
    rows: sqlite3.Connection, vault: Vault, owners: Mapping[Part, list[UUID]], last: int, proof: Proof
) -> None:
    gone = {str(owner) for ids in owners.values() for owner in ids}
    for row in rows.execute(SEALED_LINES, [last]):
        for index, part in enumerate(json.loads(row['payload'])['sealed']):
            if part['subject'] not in gone or part['record_class'] != RecordClass.SHELTER:
                continue
            proof.sealed_parts += 1
            owner = (UUID(part['subject']), RecordClass.SHELTER)
            if _opens(vault, owner, f'journal_line.{index}.{row["id"]}', base64.b64decode(part['fields'])):
                proof.found(f'journal {row["sequence"]}')


def _opens(vault: Vault, owner: tuple[UUID, RecordClass], where: str, sealed: bytes) -> bool:
    try:
        return vault.open(owner, where, sealed) is not None
    except DatabaseDamaged:
        # A shelter that opened again has a new key, which does not fit what was sealed before.
        return False


def _look_for_leftovers(rows: sqlite3.Connection, owners: Mapping[Part, list[UUID]], proof: Proof) -> None:
    for part, ids in owners.items():
        for query in (LEFTOVERS.get(part), TOKENS if part is Part.PEOPLE else None):
            for some in _batched(ids) if query else ():
                count = rows.execute(with_ids(query or '', some), [str(each) for each in some]).fetchone()[0]
                if count:
                    proof.found(f'{part} {count}')


def _look_for_keys(vault: Vault, owners: Mapping[Part, list[UUID]], proof: Proof) -> None:
    for part, ids in owners.items():
        there = [owner for owner in ids if vault.has_key((owner, RecordClass.SHELTER))]
        if there and part is not Part.SEARCHES:
            proof.found(f'{part} keys {len(there)}')


def _batched(ids: list[UUID]) -> Iterator[list[UUID]]:
    remaining = iter(ids)
    while some := list(islice(remaining, AT_ONCE)):
        yield some
