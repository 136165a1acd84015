"""A certification authority like J-LIS's, made at run time: nothing it signs is worth anything elsewhere."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

AUTHENTICATION = 'JPKI for user authentication'
SIGNATURE = 'JPKI for digital signature'
AUTHENTICATION_POLICY = '1.2.392.200149.8.5.1.3.30'
_TEN_YEARS = timedelta(days=3652)
_FIVE_YEARS = timedelta(days=1826)
_KEY_POOL = 6


@lru_cache(maxsize=64)
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """An RSA-2048 key, made once per process and name: generation takes up to a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Certificate:
    subject: x509.Name
    serial: int
    not_before: datetime
    not_after: datetime
    key: rsa.RSAPrivateKey


class CardAuthority:
    """A root and what it issues, with the names, extensions and sizes of the production hierarchy.

    `organization` is JPKI for production and JPKI-TEST on J-LIS's test cards. Two authorities of the same name have
    different keys, as the generations of the production root do (domain/cards.md 1.4).
    """

    def __init__(self, organization: str = 'JPKI', *, key_name: str | None = None) -> None:
        self.organization = organization
        self.root_key = rsa_key(f'root {key_name or secrets.token_hex(8)}')
        self._issued = 0
        self._root = self._make_root(AUTHENTICATION)
        self._signature_root = self._make_root(SIGNATURE)

    @property
    def root_pem(self) -> bytes:
        """The root of the 利用者証明用 certificates, for a setting that names PEM files."""
        return self._root.public_bytes(Encoding.PEM)

    @property
    def root_der(self) -> bytes:
        """What the card carries in EF 000B."""
        return self._root.public_bytes(Encoding.DER)

    @property
    def signature_root_der(self) -> bytes:
        """What the card carries in EF 0002."""
        return self._signature_root.public_bytes(Encoding.DER)

    def issue(
        self,
        serial: int | None = None,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
    ) -> tuple[bytes, rsa.RSAPrivateKey]:
        """A 利用者証明用 certificate (DER) and its key; valid from yesterday for five years unless told otherwise."""
        content = self._content(serial, not_before, not_after)
        builder = self._builder(self._root, content)
        builder = builder.add_extension(_key_usage(digital_signature=True), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        builder = builder.add_extension(self._policies(), critical=True)
        return self._signed(builder), content.key

    def issue_signature(self) -> tuple[bytes, rsa.RSAPrivateKey]:
        """A 署名用 certificate (DER) and its key: the card has one, this product must never ask for it."""
        content = self._content(None, None, None)
        builder = self._builder(self._signature_root, content)
        return self._signed(builder.add_extension(_key_usage(non_repudiation=True), critical=True)), content.key

    def _content(self, serial: int | None, not_before: datetime | None, not_after: datetime | None) -> _Certificate:
        self._issued += 1
        starts = not_before or datetime.now(UTC) - timedelta(days=1)
        return _Certificate(
            subject=_holder_name(),
            serial=serial if serial is not None else 0x01000000 + secrets.randbelow(0x7E000000),
            not_before=starts,
            not_after=not_after or starts + _FIVE_YEARS,
            key=rsa_key(f'holder {self._issued % _KEY_POOL}'),
        )

    def _builder(self, root: x509.Certificate, content: _Certificate) -> x509.CertificateBuilder:
        public_key = content.key.public_key()
        builder = x509.CertificateBuilder(
            issuer_name=root.subject,
            subject_name=content.subject,
            public_key=public_key,
            serial_number=content.serial,
            not_valid_before=content.not_before,
            not_valid_after=content.not_after,
        )
        for extension in (self._issuer_in_japanese(), self._revocation_list(root), self._responder()):
            builder = builder.add_extension(extension, critical=False)
        builder = builder.add_extension(self._issuer_key(root), critical=False)
        return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)

    def _signed(self, builder: x509.CertificateBuilder) -> bytes:
        return builder.sign(self.root_key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _make_root(self, purpose: str) -> x509.Certificate:
        name = self._issuer_name(purpose)
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder(
            issuer_name=name,
            subject_name=name,
            public_key=self.root_key.public_key(),
            serial_number=0x01000000 + secrets.randbelow(0x7E000000),
            not_valid_before=now - _TEN_YEARS,
            not_valid_after=now + _TEN_YEARS,
        )
        key_identifier = x509.SubjectKeyIdentifier.from_public_key(self.root_key.public_key())
        builder = builder.add_extension(_key_usage(certificates=True), critical=True)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        return builder.add_extension(key_identifier, critical=False).sign(self.root_key, hashes.SHA256())

    def _issuer_name(self, purpose: str) -> x509.Name:
        return x509.Name(
            [
                _attribute(NameOID.COUNTRY_NAME, 'JP'),
                _attribute(NameOID.ORGANIZATION_NAME, self.organization),
                _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, purpose),
                _attribute(NameOID.ORGANIZATIONAL_UNIT_NAME, 'Japan Agency for Local Authority Information Systems'),
            ]
        )

    def _policies(self) -> x509.CertificatePolicies:
        policy = x509.ObjectIdentifier(AUTHENTICATION_POLICY)
        return x509.CertificatePolicies([x509.PolicyInformation(policy, ['http://www.jpki.go.jp/cps.html'])])

    def _issuer_in_japanese(self) -> x509.IssuerAlternativeName:
        organization = x509.NameAttribute(NameOID.ORGANIZATION_NAME, '公的個人認証サービス')
        return x509.IssuerAlternativeName(
            [x509.DirectoryName(x509.Name([_attribute(NameOID.COUNTRY_NAME, 'JP'), organization]))]
        )

    def _revocation_list(self, root: x509.Certificate) -> x509.CRLDistributionPoints:
        place = x509.Name([*root.subject, _attribute(NameOID.COMMON_NAME, 'Kanazawa-shi CRLDP')])
        return x509.CRLDistributionPoints([x509.DistributionPoint([x509.DirectoryName(place)], None, None, None)])

    def _responder(self) -> x509.AuthorityInformationAccess:
        location = x509.UniformResourceIdentifier('http://ocspauthnorm.jpki.go.jp')
        return x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, location)])

    def _issuer_key(self, root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
        identifier = x509.SubjectKeyIdentifier.from_public_key(self.root_key.public_key())
        return x509.AuthorityKeyIdentifier(identifier.digest, [x509.DirectoryName(root.subject)], root.serial_number)


def _attribute(oid: x509.ObjectIdentifier, value: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(oid, value)


def _holder_name() -> x509.Name:
    letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    code = ''.join(secrets.choice(letters) for _ in range(14)) + '17201003A'
    return x509.Name([_attribute(NameOID.COUNTRY_NAME, 'JP'), _attribute(NameOID.COMMON_NAME, code)])


def _key_usage(
    *, digital_signature: bool = False, non_repudiation: bool = False, certificates: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=non_repudiation,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
