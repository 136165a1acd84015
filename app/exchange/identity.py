"""Who a box is among boxes: a key of its own and the certificate that its peers pin."""

import base64
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.storage.layout import DataDirectory, write_durably

BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
NEVER_ENDS = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""GeneralizedTime for a certificate without a last day (RFC 5280 4.1.2.5)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The files of this box's identity."""

    certificate_file: Path
    key_file: Path

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        certificate = x509.load_pem_x509_certificate(self.certificate_file.read_bytes())
        return certificate.public_bytes(serialization.Encoding.DER)

    @property
    def one_line(self) -> str:
        """The certificate as it stands in the settings of a peer."""
        return base64.b64encode(self.der).decode()


def fingerprint(der: bytes) -> str:
    """SHA-256 of a certificate, in groups that two people can compare by telephone."""
    digest = sha256(der).hexdigest()
    return ' '.join(digest[start : start + 8] for start in range(0, len(digest), 8))


def ensure_identity(directory: DataDirectory) -> Identity:
    """The identity in the data directory; made where there is none."""
    identity = Identity(directory.exchange_certificate, directory.exchange_key)
    if not (identity.certificate_file.exists() and identity.key_file.exists()):
        _create(identity)
    return identity


def _create(identity: Identity) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    write_durably(identity.key_file, pem)
    certificate = certify(key, NEVER_ENDS)
    write_durably(identity.certificate_file, certificate.public_bytes(serialization.Encoding.PEM))


def certify(key: ec.EllipticCurvePrivateKey, until: datetime) -> x509.Certificate:
    """A certificate that the key signs for itself; peers pin it, so neither name nor issuer says anything.

    One without a last day lets boxes with a wrong clock talk, and never cuts two guard rooms apart one day.
    """
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f'machibako {uuid.uuid4()}')])
    usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usages, critical=False)
        .sign(key, hashes.SHA256())
    )
