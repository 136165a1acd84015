"""The certificate of what was thrown away: signed by the key of the box, for people and for the checker."""

import base64
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.journal.line import canonical
from app.shelters.ending.values import EndingInfo
from app.storage.backup import BACKUP_MADE
from app.storage.vault import Vault

VERSION = 1
PURPOSE = b'machibako anonymised\n'
MOST_BACKUPS = 50
BACKUPS = """
    SELECT recorded_at, payload FROM journal_line WHERE kind = ? AND sequence > (
        SELECT min(sequence) FROM journal_line WHERE kind = 'shelters.registered'
    ) ORDER BY sequence DESC
"""
SHELTERS = """
    SELECT DISTINCT shelter.name FROM stay JOIN shelter ON shelter.id = stay.shelter
    WHERE stay.practice = ? AND (? IS NULL OR stay.shelter = ?) ORDER BY shelter.name
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Figures of what was thrown away."""

    counts: Mapping[str, int]
    held: int
    elsewhere: int
    tokens: int
    subscriptions: int
    lines: tuple[int, ...]
    """Of the journal, in which the keys are named."""


def certificate_of(rows: sqlite3.Connection, info: EndingInfo, done: Done, box: UUID) -> dict[str, Any]:
    """Everything but the last line and the end; times are RFC 3339."""
    shelter = str(info.scope.shelter) if info.scope.shelter else None
    names = [row['name'] for row in rows.execute(SHELTERS, [info.scope.practice, shelter, shelter])]
    backups = [
        {'at': row['recorded_at'], 'sha256': json.loads(row['payload'])['sha256']}
        for row in rows.execute(BACKUPS, [BACKUP_MADE])
    ]
    return {
        'version': VERSION,
        'box': str(box),
        'id': str(info.id),
        'shelter': shelter,
        'shelters': names,
        'practice': info.scope.practice,
        'reason': info.reason,
        'proposed_by': info.proposed_by,
        'proposed_at': info.proposed_at.isoformat(timespec='seconds'),
        'approved_by': info.approved_by,
        'approved_at': info.approved_at.isoformat(timespec='seconds') if info.approved_at else '',
        'export_sha256': info.export_sha256,
        'counts': dict(done.counts),
        'held': done.held,
        'elsewhere': done.elsewhere,
        'tokens': done.tokens,
        'subscriptions': done.subscriptions,
        'lines': list(done.lines[:1] + done.lines[-1:]),
        'backups': len(backups),
        'backups_newest': backups[:MOST_BACKUPS],
    }


def signature_of(certificate: Mapping[str, Any], vault: Vault) -> str:
    """Ed25519 by the key of the box, base64."""
    return base64.b64encode(vault.sign(PURPOSE + canonical(certificate).encode())).decode()


def is_signed(certificate: Mapping[str, Any], signature: str, key: Ed25519PublicKey) -> bool:
    """Whether the box with this key signed exactly this."""
    try:
        key.verify(base64.b64decode(signature), PURPOSE + canonical(certificate).encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(certificate: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the certificate, as its paper shows it."""
    return sha256(PURPOSE + canonical(certificate).encode()).hexdigest()


def key_text(key: Ed25519PublicKey) -> str:
    """The public key of a box in letters (hex)."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
