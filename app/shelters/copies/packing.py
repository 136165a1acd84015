"""The file on the stick: encrypted for headquarters, signed by the box, checked before anything is believed."""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.exchange.identity import Identity
from app.journal.line import canonical
from app.shelters.copies.values import MOST_UNPACKED, CopyRefused, Header, Problem
from app.storage.age import HEADER as AGE
from app.storage.age import decrypt_bytes, encrypt_bytes
from app.storage.backup_archive import BackupProblem, BackupRefused

FORMAT = 1
MAGIC = b'machibako copy\n'
SIGNATURE = ec.ECDSA(hashes.SHA256())
KEY_PROBLEMS = {BackupProblem.WRONG_IDENTITY: Problem.WRONG_KEY, BackupProblem.BAD_IDENTITY: Problem.BAD_KEY}


def packed(state: Mapping[str, Any]) -> bytes:
    """The state in few bytes."""
    return zlib.compress(canonical(state).encode(), 9)


def sealed_file(header: Header, body: bytes, identity: Identity, recipients: Sequence[str]) -> bytes:
    """The whole file. Blocks: call it in a thread."""
    key = serialization.load_pem_private_key(identity.key_file.read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - the box makes no other
    told = canonical(asdict(header)).encode()
    signature = base64.b64encode(key.sign(MAGIC + told, SIGNATURE))
    return encrypt_bytes(MAGIC + told + b'\n' + signature + b'\n' + body, recipients)


def opened_file(content: bytes, identity: bytes, known: Iterable[bytes]) -> tuple[Header, dict[str, Any]]:
    """Header and state, after every check; `known` are the certificates (DER) of boxes that are believed.

    Raises:
        CopyRefused: it says which check failed; nothing of the content is used.
    """
    header, told, signature, body = _parts(_decrypted(content, identity))
    certificates = {sha256(der).hexdigest(): der for der in known}
    if header.certificate not in certificates:
        raise CopyRefused(Problem.UNKNOWN_BOX, header.box_name)
    _check_signature(certificates[header.certificate], MAGIC + told, signature)
    if sha256(body).hexdigest() != header.sha256:
        raise CopyRefused(Problem.NOT_SIGNED)
    return header, _unpacked(body)


def _decrypted(content: bytes, identity: bytes) -> bytes:
    if not content.startswith(AGE):
        raise CopyRefused(Problem.NOT_A_COPY)
    try:
        return decrypt_bytes(content, identity)
    except BackupRefused as error:
        raise CopyRefused(KEY_PROBLEMS.get(error.problem, Problem.DAMAGED)) from None


def _parts(plain: bytes) -> tuple[Header, bytes, bytes, bytes]:
    if not plain.startswith(MAGIC):
        raise CopyRefused(Problem.NOT_A_COPY)
    told, _line, rest = plain.removeprefix(MAGIC).partition(b'\n')
    signature, _line, body = rest.partition(b'\n')
    try:
        values = json.loads(told)
        if values['format'] > FORMAT:
            raise CopyRefused(Problem.NEWER_FORMAT)
        return Header(**values), told, base64.b64decode(signature), body
    except (ValueError, TypeError, KeyError):
        raise CopyRefused(Problem.NOT_A_COPY) from None


def _check_signature(der: bytes, message: bytes, signature: bytes) -> None:
    key = x509.load_der_x509_certificate(der).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise CopyRefused(Problem.UNKNOWN_BOX)
    try:
        key.verify(signature, message, SIGNATURE)
    except InvalidSignature:
        raise CopyRefused(Problem.NOT_SIGNED) from None


def _unpacked(body: bytes) -> dict[str, Any]:
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(body, MOST_UNPACKED)
        state: dict[str, Any] = json.loads(text)
    except (zlib.error, ValueError):
        raise CopyRefused(Problem.NOT_A_COPY) from None
    if reader.unconsumed_tail or not {'shelters', 'people'} <= state.keys():
        raise CopyRefused(Problem.NOT_A_COPY)
    return state
