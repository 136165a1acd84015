"""Keys and sealed fields: AES-GCM with a key per subject and record class, wrapped by the key of the box.

Throwing a key away erases what it sealed, in the tables, in the journal and in every later copy of the key store.
"""

import asyncio
import hmac
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.storage.erasures import Erasure, append_erasures, key_mark, read_erasures
from app.storage.failures import DatabaseDamaged
from app.storage.layout import write_durably
from app.storage.transaction import explained

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b'\x01'
ALL_KEYS = 'SELECT subject, record_class, wrapped FROM key'
Owner = tuple[UUID, 'RecordClass']
T = TypeVar('T')


class RecordClass(StrEnum):
    """Records that are kept and erased together; the retention is a rule of the room that writes them."""

    STAFF = 'staff'
    ATTENDANCE = 'attendance'
    ALCOHOL = 'alcohol'
    VEHICLES = 'vehicles'
    ACCIDENT = 'accident'
    MESSAGES = 'messages'
    SHELTER = 'shelter'


class Vault:
    """The open key store of one box."""

    def __init__(self, store: Path, box_key: Path, erasures: Path) -> None:
        self._store = store
        self._erasures = erasures
        self._root = _read_or_create_box_key(box_key, store)
        self._derived: dict[str, bytes] = {}
        self._wrapping = AESGCM(self._derive('wrapping'))
        self._signing = Ed25519PrivateKey.from_private_bytes(self._derive('checkpoint-signing'))
        self._keys: dict[Owner, AESGCM] = {}
        self._lock = asyncio.Lock()
        self._open_store()

    @property
    def public_key(self) -> Ed25519PublicKey:
        """With this, anybody checks the checkpoints of the box."""
        return self._signing.public_key()

    async def ensure(self, owners: Iterable[Owner]) -> None:
        """Make the keys that do not exist yet, and wait until they are on the disk.

        Raises:
            StorageError: none of them was made.
        """
        async with self._lock:
            missing = {owner: os.urandom(KEY_BYTES) for owner in owners if owner not in self._keys}
            if missing:
                await _on_disk(self._store_keys, missing)
                self._keys.update({owner: AESGCM(key) for owner, key in missing.items()})

    def has_key(self, owner: Owner) -> bool:
        """Whether something can be sealed for, and what was sealed can be opened of, this owner."""
        return owner in self._keys

    def subjects(self, record_class: RecordClass) -> frozenset[UUID]:
        """Everybody and everything that has a key of this class."""
        return frozenset(subject for subject, kind in self._keys if kind is record_class)

    def seal(self, owner: Owner, where: str, text: str) -> bytes:
        """Encrypt a text for one place (`table.column.row`); it cannot be opened at another place."""
        return self.seal_bytes(owner, where, text.encode())

    def seal_bytes(self, owner: Owner, where: str, content: bytes) -> bytes:
        """Encrypt a content, as `seal` does a text."""
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + self._keys[owner].encrypt(nonce, content, where.encode())

    def open(self, owner: Owner, where: str, sealed: bytes) -> str | None:
        """The text, or None where its key was thrown away.

        Raises:
            DatabaseDamaged: the bytes were changed, or stem from another place.
        """
        content = self.open_bytes(owner, where, sealed)
        return None if content is None else content.decode()

    def open_bytes(self, owner: Owner, where: str, sealed: bytes) -> bytes | None:
        """The content, or None where its key was thrown away.

        Raises:
            DatabaseDamaged: the bytes were changed, or stem from another place.
        """
        key = self._keys.get(owner)
        if key is None:
            return None
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return key.decrypt(nonce, body, where.encode())
        except InvalidTag:
            raise DatabaseDamaged(f'{where} does not open with its key') from None

    async def erase(self, owner: Owner) -> None:
        """Throw the key away for good; what it sealed can never be read again.

        Raises:
            StorageError: the key may still be there.
        """
        await self.erase_all([owner])

    async def erase_all(self, owners: Iterable[Owner]) -> None:
        """Throw these keys away for good, in one go.

        Raises:
            StorageError: some of the keys may still be there.
        """
        async with self._lock:
            chosen = list(owners)
            await _on_disk(self._erase, chosen)
            for owner in chosen:
                self._keys.pop(owner, None)

    def index(self, purpose: str, text: str) -> str:
        """A keyed index (HMAC-SHA256, hex) by which an equal text is found without storing it."""
        return hmac.new(self._derive(f'index:{purpose}'), text.encode(), sha256).hexdigest()

    def secret(self, purpose: str) -> bytes:
        """A secret of the box for one purpose (32 bytes)."""
        return self._derive(f'secret:{purpose}')

    def sign(self, message: bytes) -> bytes:
        """Sign with the key of the box (Ed25519)."""
        return self._signing.sign(message)

    def copy_store(self, target: Path) -> None:
        """Write a consistent copy of the wrapped keys."""
        with closing(sqlite3.connect(self._store)) as source:
            source.execute('VACUUM INTO ?', (str(target),))

    def _derive(self, purpose: str) -> bytes:
        if purpose not in self._derived:
            derivation = HKDF(SHA256(), KEY_BYTES, salt=None, info=f'machibako:{purpose}'.encode())
            self._derived[purpose] = derivation.derive(self._root)
        return self._derived[purpose]

    def _open_store(self) -> None:
        with closing(_connect(self._store)) as connection:
            self._apply_erasures(connection)
            for subject, record_class, wrapped in connection.execute(ALL_KEYS):
                self._keys[UUID(subject), RecordClass(record_class)] = AESGCM(self._unwrap(subject, wrapped))

    def _apply_erasures(self, connection: sqlite3.Connection) -> None:
        erasures = read_erasures(self._erasures)
        with connection:
            for subject, record_class, wrapped in connection.execute(ALL_KEYS).fetchall():
                if not erasures.isdisjoint(Erasure.of(subject, record_class, wrapped)):
                    _delete_key(connection, subject, record_class)

    def _store_keys(self, keys: dict[Owner, bytes]) -> None:
        rows = [(str(subject), kind, self._wrap(str(subject), key)) for (subject, kind), key in keys.items()]
        with closing(_connect(self._store)) as connection, connection:
            connection.executemany('INSERT INTO key (subject, record_class, wrapped) VALUES (?, ?, ?)', rows)

    def _erase(self, owners: list[Owner]) -> None:
        with closing(_connect(self._store)) as connection:
            there = {owner: _wrapped(connection, owner) for owner in owners}
            marks = {owner: key_mark(wrapped) for owner, wrapped in there.items() if wrapped is not None}
            append_erasures(self._erasures, [Erasure(str(who), kind, mark) for (who, kind), mark in marks.items()])
            with connection:
                for subject, record_class in marks:
                    _delete_key(connection, str(subject), record_class)
            connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')

    def _wrap(self, subject: str, key: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + self._wrapping.encrypt(nonce, key, subject.encode())

    def _unwrap(self, subject: str, wrapped: bytes) -> bytes:
        try:
            return self._wrapping.decrypt(wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :], subject.encode())
        except InvalidTag:
            raise DatabaseDamaged(f'{self._store.name} does not belong to this box key') from None


async def _on_disk(work: Callable[[T], None], argument: T) -> None:
    try:
        await asyncio.to_thread(work, argument)
    except sqlite3.Error as error:
        raise explained(error) from error


def _read_or_create_box_key(file: Path, store: Path) -> bytes:
    if file.exists():
        return file.read_bytes()
    if store.exists():
        raise DatabaseDamaged(f'{file.name} is missing, and {store.name} cannot be opened without it')
    key = os.urandom(KEY_BYTES)
    write_durably(file, key)
    return key


def _connect(store: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(store, isolation_level='IMMEDIATE')
    store.chmod(0o600)
    connection.execute('PRAGMA journal_mode=WAL')
    connection.execute('PRAGMA synchronous=FULL')
    connection.execute('PRAGMA secure_delete=ON')
    connection.execute(
        'CREATE TABLE IF NOT EXISTS key (subject TEXT NOT NULL, record_class TEXT NOT NULL, wrapped BLOB NOT NULL,'
        ' PRIMARY KEY (subject, record_class))'
    )
    return connection


def _wrapped(connection: sqlite3.Connection, owner: Owner) -> bytes | None:
    subject, record_class = owner
    where = 'SELECT wrapped FROM key WHERE subject = ? AND record_class = ?'
    row = connection.execute(where, (str(subject), record_class)).fetchone()
    return row[0] if row else None


def _delete_key(connection: sqlite3.Connection, subject: str, record_class: str) -> None:
    connection.execute('DELETE FROM key WHERE subject = ? AND record_class = ?', (subject, record_class))
