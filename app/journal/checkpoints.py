"""Signed statements of how far the journal went, kept outside the database."""

import base64
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app import clock
from app.journal.journal import BoxIdentity, Head
from app.journal.line import canonical
from app.storage.layout import append_durably
from app.storage.vault import Vault

FILE_NAME = 'checkpoints.jsonl'


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The box signed that its journal had this last line."""

    box: str
    epoch: str
    sequence: int
    hash: str
    at: str

    def message(self) -> bytes:
        """The bytes that are signed."""
        return canonical(asdict(self)).encode()


class BrokenCheckpoint(Exception):
    """A checkpoint was not signed by this box, or is no checkpoint."""


def write_checkpoint(directory: Path, vault: Vault, identity: BoxIdentity, head: Head) -> Checkpoint:
    """Append a signed checkpoint and wait until it is on the disk. Blocks: call it in a thread."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    checkpoint = Checkpoint(
        str(identity.box), identity.epoch, head.sequence, head.hash, clock.now().isoformat(timespec='seconds')
    )
    append_durably(directory / FILE_NAME, sign(checkpoint, vault))
    return checkpoint


def sign(checkpoint: Checkpoint, vault: Vault) -> bytes:
    """One line: the checkpoint and the signature of the box."""
    signature = base64.b64encode(vault.sign(checkpoint.message())).decode()
    return canonical({**asdict(checkpoint), 'signature': signature}).encode()


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """What a checkpoint file holds."""

    signed: tuple[Checkpoint, ...]
    """Oldest first."""
    broken: tuple[str, ...]
    """Names of the lines that this box did not sign."""


def read_checkpoints(directory: Path, key: Ed25519PublicKey) -> Checkpoints:
    """All checkpoints. A last line that was cut by a power failure is left out."""
    file = directory / FILE_NAME
    content = file.read_bytes() if file.exists() else b''
    signed, broken = [], []
    for number, line in enumerate(content[: content.rfind(b'\n') + 1].split(b'\n')[:-1], 1):
        try:
            signed.append(read_checkpoint(line, key, f'{FILE_NAME} line {number}'))
        except BrokenCheckpoint as error:
            broken.append(str(error))
    return Checkpoints(tuple(signed), tuple(broken))


def read_checkpoint(line: bytes, key: Ed25519PublicKey, name: str) -> Checkpoint:
    """Read and check one signed line.

    Raises:
        BrokenCheckpoint: it was not signed by this box.
    """
    try:
        values = json.loads(line)
        signature = base64.b64decode(values.pop('signature'))
        checkpoint = Checkpoint(**values)
        key.verify(signature, checkpoint.message())
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature):
        raise BrokenCheckpoint(name) from None
    return checkpoint
