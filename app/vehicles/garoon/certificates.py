"""The certificate by which a box shows itself to Garoon, and the certificates by which it believes Garoon."""

import os
import secrets
import ssl
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from app.vehicles.garoon.errors import BadAddress, BadCertificate

PEM_MARK = b'-----BEGIN '


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCertificate:
    """A file with certificate and key: PKCS #12 (`.pfx`, as cybozu.com hands it out), or PEM."""

    file: Path
    password: str = field(repr=False)
    """Empty: none is needed."""


def tls_context(verify: bool | str, certificate: ClientCertificate | None) -> ssl.SSLContext | bool:
    """How a connection is made. Reads files: call it while nobody waits.

    Raises:
        BadAddress: the file of trusted certificates cannot be used.
        BadCertificate: the file of the client certificate cannot be read, or its password is wrong.
    """
    if certificate is None and isinstance(verify, bool):
        return verify
    try:
        context = _believing(verify)
    except (OSError, ValueError):
        raise BadAddress('the file of trusted certificates cannot be used') from None
    if certificate is not None:
        _show(context, certificate)
    return context


def _believing(verify: bool | str) -> ssl.SSLContext:
    if isinstance(verify, str):
        return ssl.create_default_context(cafile=verify)
    return httpx.create_ssl_context(verify, trust_env=False)


def _show(context: ssl.SSLContext, certificate: ClientCertificate) -> None:
    try:
        content = certificate.file.read_bytes()
        if PEM_MARK in content:
            # Without a password OpenSSL would ask for one at the terminal.
            context.load_cert_chain(certificate.file, password=certificate.password)
        else:
            _show_pkcs12(context, content, certificate.password)
    except (OSError, ValueError, TypeError):
        raise BadCertificate('the file of the client certificate or its password cannot be used') from None


def _show_pkcs12(context: ssl.SSLContext, content: bytes, password: str) -> None:
    """OpenSSL takes files alone; the key stands in it for a moment, sealed with a password that is used once."""
    found = load_pkcs12(content, password.encode() or None)
    if found.key is None or found.cert is None:
        raise ValueError('no key or no certificate')
    once = secrets.token_hex(32)
    parts = [found.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(once.encode()))]
    parts += [each.certificate.public_bytes(Encoding.PEM) for each in (found.cert, *found.additional_certs)]
    descriptor, name = tempfile.mkstemp(prefix='machibako-')
    try:
        with os.fdopen(descriptor, 'wb') as file:
            file.write(b''.join(parts))
        context.load_cert_chain(name, password=once)
    finally:
        Path(name).unlink(missing_ok=True)
