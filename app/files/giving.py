"""A picture that belonged to nobody yet becomes part of somebody's records, and is erased with them."""

from hashlib import sha256
from uuid import UUID

from app.files.models import FileContent, StoredFile
from app.files.store import FileGone
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault

GIVEN = 'files.given'


async def give_file(tx: Transaction, vault: Vault, journal: Journal, file: UUID, subject: UUID, actor: Actor) -> None:
    """Seal it with the key of this subject, which must exist, instead of the one before.

    Raises:
        FileGone: there is none, or it was erased.
    """
    row = await StoredFile.get_or_none(id=file, using_db=tx.connection)
    content = await FileContent.get_or_none(file=file, using_db=tx.connection)
    if row is None or content is None:
        raise FileGone(str(file))
    where, record_class = f'file_content.sealed.{file}', RecordClass(row.record_class)
    inner = vault.open_bytes((row.subject, record_class), where, content.sealed)
    if inner is None:
        raise FileGone(str(file))
    sealed = vault.seal_bytes((subject, record_class), where, inner)
    digest = sha256(sealed).hexdigest()
    await FileContent.filter(file=file).using_db(tx.connection).update(sealed=sealed)
    await StoredFile.filter(id=file).using_db(tx.connection).update(subject=subject, sha256=digest)
    payload = {'file': str(file), 'sha256': digest, 'record_class': str(record_class)}
    act = Act(kind=GIVEN, actor=actor, subjects=(subject, row.record), payload=payload)
    await journal.append(tx, act)
