"""Encrypting a backup so that only the holders of a key open it (age-encryption.org/v1)."""

import os
from collections.abc import Sequence
from pathlib import Path

from app.storage.backup_archive import BackupProblem, BackupRefused

HEADER = b'age-encryption.org/v1\n'
IDENTITY = 'AGE-SECRET-KEY-'


def is_encrypted(file: Path) -> bool:
    """Whether the file is one that age wrote."""
    with file.open('rb') as content:
        return content.read(len(HEADER)) == HEADER


def refuse_bad_recipients(recipients: Sequence[str]) -> None:
    """Check the public keys before anything is copied.

    Raises:
        BackupRefused: one is no age public key.
    """
    import pyrage

    for recipient in recipients:
        try:
            pyrage.x25519.Recipient.from_str(recipient)
        except pyrage.RecipientError:
            raise BackupRefused(BackupProblem.BAD_RECIPIENT, recipient) from None


def encrypt(source: Path, target: Path, recipients: Sequence[str]) -> None:
    """Write the encrypted file, readable by its owner alone, and wait until it is on the disk."""
    import pyrage

    keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    _create(target)
    pyrage.encrypt_file(str(source), str(target), keys)
    _sync(target)


def encrypt_bytes(content: bytes, recipients: Sequence[str]) -> bytes:
    """The encrypted file in memory, for what is small."""
    import pyrage

    encrypted: bytes = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    return encrypted


def decrypt_bytes(content: bytes, identity: bytes) -> bytes:
    """What `encrypt_bytes` wrote; `identity` is the content of a file with the secret key.

    Raises:
        BackupRefused: the key is none, or another one, or the file was cut off or changed.
    """
    import pyrage

    keys = _identities(identity, 'identity')
    try:
        opened: bytes = pyrage.decrypt(content, keys)
    except pyrage.DecryptError as error:
        no_key = 'matching keys' in str(error)
        raise BackupRefused(BackupProblem.WRONG_IDENTITY if no_key else BackupProblem.CUT_OFF) from None
    return opened


def decrypt(source: Path, target: Path, identity: Path) -> None:
    """Write the content of an encrypted backup.

    Raises:
        BackupRefused: the key is none, or another one, or the file was cut off or changed.
    """
    import pyrage

    keys = _read_identities(identity)
    _create(target)
    try:
        pyrage.decrypt_file(str(source), str(target), keys)
    except pyrage.DecryptError as error:
        no_key = 'matching keys' in str(error)
        raise BackupRefused(BackupProblem.WRONG_IDENTITY if no_key else BackupProblem.CUT_OFF) from None


def _read_identities(file: Path) -> list[object]:
    return _identities(file.read_bytes(), str(file))


def _identities(content: bytes, name: str) -> list[object]:
    import pyrage

    try:
        lines = content.decode('ascii').splitlines()
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.strip().startswith(IDENTITY)]
    except (UnicodeDecodeError, pyrage.IdentityError):
        keys = []
    if not keys:
        raise BackupRefused(BackupProblem.BAD_IDENTITY, name)
    return keys


def _create(target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
