"""Sealing what a household or a dwelling is known by."""

import json
from dataclasses import asdict, fields
from uuid import UUID

from app.shelters.details import SharedDetails
from app.storage.vault import RecordClass, Vault


def seal_shared(vault: Vault, table: str, subject: UUID, details: SharedDetails) -> bytes:
    """Encrypt; the key of the household or dwelling must exist (`Vault.ensure`)."""
    return vault.seal((subject, RecordClass.SHELTER), f'{table}.details.{subject}', shared_text(details))


def open_shared(vault: Vault, table: str, subject: UUID, sealed: bytes) -> SharedDetails:
    """Decrypt; what has no key any more has no details."""
    text = vault.open((subject, RecordClass.SHELTER), f'{table}.details.{subject}', sealed)
    return shared_from_text(text) if text else SharedDetails()


def shared_text(details: SharedDetails) -> str:
    """As JSON, without what was not entered."""
    return json.dumps({name: text for name, text in asdict(details).items() if text}, ensure_ascii=False)


def shared_from_text(text: str) -> SharedDetails:
    """What `shared_text` wrote; unknown fields are left out."""
    known = {each.name for each in fields(SharedDetails)}
    return SharedDetails(**{name: value for name, value in json.loads(text).items() if name in known})
