import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from . import constants as c
from .tlv import TlvError, read_tlv

_STRONG_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
_LIBRARY_ERRORS = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    InvalidSignature,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
    x509.InvalidVersion,
)


class CertificateError(Exception):
    """Why a certificate is not accepted."""


class UnreadableCertificate(CertificateError):
    """The bytes are no X.509 certificate with an RSA key."""


class ForeignChain(CertificateError):
    """No trusted root signed the certificate, or it is not one for proving who a user is."""


@dataclass(eq=False)
class Expired(CertificateError):
    """The certificate or its root ended before now; `not_after` (UTC) is the earlier end."""

    not_after: datetime


@dataclass(eq=False)
class NotYetValid(CertificateError):
    """The certificate or its root begins after now; `not_before` (UTC) is the later beginning."""

    not_before: datetime


class UntrustedRoot(ValueError):
    """A root that a box must not trust, by name and reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f'{name}: {reason}')
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class UserCertificate:
    """A 利用者証明用 certificate whose chain and dates were checked; `not_after` in UTC.

    `serial` is upper-case hex of whole bytes, `issuer` the SHA-256 (hex) of the root's SubjectPublicKeyInfo: the
    generations of the root share one name (domain/cards.md 1.4), so the name says nothing.
    """

    serial: str
    issuer: str
    not_after: datetime


class TrustStore:
    """The roots a box believes. Each item is a PEM text of one or more root certificates.

    Raises `UntrustedRoot` for a root of the J-LIS test hierarchy (O=JPKI-TEST: test cards are no proof of a person),
    for one that is no self-signed authority, and for bytes that are no PEM.
    """

    def __init__(self, roots: Sequence[bytes]) -> None:
        self._roots = tuple(root for pem in roots for root in _load_roots(pem))

    @property
    def names(self) -> tuple[str, ...]:
        """Each root as `name, serial, first day - last day`: a box must be able to say which roots it has."""
        return tuple(_name_root(root) for root in self._roots)

    @property
    def last_days(self) -> tuple[tuple[str, datetime], ...]:
        """Name of each root, and when it ends (UTC)."""
        return tuple((root.subject.rfc4514_string(), root.not_valid_after_utc) for root in self._roots)

    def check(self, der: bytes, now: datetime | None) -> UserCertificate:
        """Check chain, use and dates of a certificate read from a card.

        `now` is aware; None means that the clock is not known, and leaves the dates unchecked. Raises
        `UnreadableCertificate`, `ForeignChain`, `Expired` or `NotYetValid`, in this order.
        """
        leaf = _parse(der)
        try:
            return self._check(leaf, now)
        except _LIBRARY_ERRORS as error:
            raise UnreadableCertificate(type(error).__name__) from error

    def _check(self, leaf: x509.Certificate, now: datetime | None) -> UserCertificate:
        root = self._find_issuer(leaf)
        _check_use(leaf)
        not_before = max(leaf.not_valid_before_utc, root.not_valid_before_utc)
        not_after = min(leaf.not_valid_after_utc, root.not_valid_after_utc)
        if now is not None and now > not_after:
            raise Expired(not_after)
        if now is not None and now < not_before:
            raise NotYetValid(not_before)
        return UserCertificate(_serial(leaf), _key_id(root), leaf.not_valid_after_utc)

    def _find_issuer(self, leaf: x509.Certificate) -> x509.Certificate:
        for root in self._roots:
            if _is_signed_by(leaf, root):
                return root
        raise ForeignChain('no trusted root signed it')


def verify_signature(der: bytes, signature: bytes, message: bytes) -> bool:
    """True when `signature` (PKCS#1 v1.5, SHA-256) over `message` belongs to the certificate's key.

    Raises `UnreadableCertificate` for a certificate that cannot be parsed.
    """
    try:
        _public_key(_parse(der)).verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    except _LIBRARY_ERRORS:
        return False
    return True


def _load_roots(pem: bytes) -> list[x509.Certificate]:
    try:
        roots = x509.load_pem_x509_certificates(pem)
    except _LIBRARY_ERRORS as error:
        raise UntrustedRoot('PEM', 'not a certificate') from error
    for root in roots:
        _refuse_untrusted(root)
    return roots


def _refuse_untrusted(root: x509.Certificate) -> None:
    name = root.subject.rfc4514_string()
    if c.ORGANISATION_OF_TEST_CARDS in name.upper():
        raise UntrustedRoot(name, 'a root of J-LIS test cards')
    if not _is_signed_by(root, root):
        raise UntrustedRoot(name, 'not signed by itself')
    if not _is_authority(root):
        raise UntrustedRoot(name, 'not a certificate authority')


def _is_authority(root: x509.Certificate) -> bool:
    try:
        constraints = root.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = root.extensions.get_extension_for_class(x509.KeyUsage).value
    except _LIBRARY_ERRORS:
        return False
    return constraints.ca and usage.key_cert_sign


def _is_signed_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
        return isinstance(certificate.signature_hash_algorithm, _STRONG_HASHES)
    except _LIBRARY_ERRORS:
        return False


def _check_use(leaf: x509.Certificate) -> None:
    values = [extension.value for extension in leaf.extensions]
    if any(value.ca for value in values if isinstance(value, x509.BasicConstraints)):
        raise ForeignChain('an authority, not a user')
    if not any(value.digital_signature for value in values if isinstance(value, x509.KeyUsage)):
        raise ForeignChain('not for signatures of a user')


def _parse(der: bytes) -> x509.Certificate:
    try:
        outer = read_tlv(der)
        if outer.tag != c.TAG_SEQUENCE or outer.size > c.MAXIMUM_CERTIFICATE_LENGTH:
            raise UnreadableCertificate(f'tag {outer.tag:02X}, {outer.size} bytes')
        certificate = x509.load_der_x509_certificate(der[: outer.size])
        _public_key(certificate)
    except TlvError as error:
        raise UnreadableCertificate(str(error)) from error
    except _LIBRARY_ERRORS as error:
        raise UnreadableCertificate(type(error).__name__) from error
    return certificate


def _public_key(certificate: x509.Certificate) -> rsa.RSAPublicKey:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise UnreadableCertificate('not an RSA key')
    return key


def _serial(certificate: x509.Certificate) -> str:
    number = certificate.serial_number
    if number <= 0:
        raise UnreadableCertificate('a serial number below one')
    return number.to_bytes((number.bit_length() + 7) // 8, 'big').hex().upper()


def _key_id(certificate: x509.Certificate) -> str:
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(key).hexdigest()


def _name_root(root: x509.Certificate) -> str:
    dates = f'{root.not_valid_before_utc:%Y-%m-%d} - {root.not_valid_after_utc:%Y-%m-%d}'
    return f'{root.subject.rfc4514_string()}, {root.serial_number:X}, {dates}'
