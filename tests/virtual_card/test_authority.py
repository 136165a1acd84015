from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.virtual_card.authority import AUTHENTICATION_POLICY, CardAuthority


def test_a_certificate_chains_to_the_root_by_its_signature(card_authority: CardAuthority):
    root = x509.load_pem_x509_certificate(card_authority.root_pem)
    certificate = x509.load_der_x509_certificate(card_authority.issue()[0])
    certificate.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)


def test_another_authority_of_the_same_name_did_not_sign_it(card_authority: CardAuthority):
    namesake = x509.load_pem_x509_certificate(CardAuthority().root_pem)
    certificate = x509.load_der_x509_certificate(card_authority.issue()[0])
    assert certificate.issuer == namesake.subject
    with pytest.raises(InvalidSignature):
        certificate.verify_directly_issued_by(namesake)


def test_a_certificate_is_shaped_like_one_of_the_production_hierarchy(card_authority: CardAuthority):
    der, key = card_authority.issue()
    certificate = x509.load_der_x509_certificate(der)
    extensions = certificate.extensions
    assert certificate.issuer.rfc4514_string() == (
        'OU=Japan Agency for Local Authority Information Systems,OU=JPKI for user authentication,O=JPKI,C=JP'
    )
    assert certificate.public_key() == key.public_key()
    assert certificate.serial_number.bit_length() <= 31
    assert 1400 < len(der) < 1600
    assert extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    assert list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    policies = extensions.get_extension_for_class(x509.CertificatePolicies).value
    assert policies[0].policy_identifier.dotted_string == AUTHENTICATION_POLICY


def test_serial_and_validity_are_as_ordered(card_authority: CardAuthority):
    start = datetime(2021, 4, 1, tzinfo=UTC)
    der, _ = card_authority.issue(0x0BADCAFE, start, start + timedelta(days=90))
    certificate = x509.load_der_x509_certificate(der)
    assert certificate.serial_number == 0x0BADCAFE
    assert certificate.not_valid_before_utc == start
    assert certificate.not_valid_after_utc == start + timedelta(days=90)


def test_the_test_hierarchy_has_another_name():
    root = x509.load_pem_x509_certificate(CardAuthority('JPKI-TEST').root_pem)
    assert 'O=JPKI-TEST' in root.subject.rfc4514_string()
