from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.cards.certificate import (
    CertificateError,
    Expired,
    ForeignChain,
    NotYetValid,
    TrustStore,
    UnreadableCertificate,
    UntrustedRoot,
    verify_signature,
)
from tests.virtual_card.authority import CardAuthority

SHIPPED_ROOTS = sorted((Path(__file__).parents[3] / 'data' / 'trust').glob('*.pem'))
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture(scope='session')
def trust(card_authority: CardAuthority) -> TrustStore:
    return TrustStore([card_authority.root_pem])


def test_a_good_certificate_tells_its_serial_its_issuers_key_and_its_end(
    card_authority: CardAuthority, trust: TrustStore
) -> None:
    der, _ = card_authority.issue(0x0ABCDE, NOON - YEAR, NOON + YEAR)
    checked = trust.check(der, NOON)
    assert (checked.serial, checked.not_after) == ('0ABCDE', NOON + YEAR)
    assert len(checked.issuer) == 64


def test_filler_after_the_certificate_is_ignored(card_authority: CardAuthority, trust: TrustStore) -> None:
    der, _ = card_authority.issue()
    assert trust.check(der + b'\xff' * 40, None) == trust.check(der, None)


def test_an_expired_certificate_says_when_it_ended(card_authority: CardAuthority, trust: TrustStore) -> None:
    der, _ = card_authority.issue(None, NOON - YEAR, NOON - timedelta(days=1))
    with pytest.raises(Expired) as caught:
        trust.check(der, NOON)
    assert caught.value.not_after == NOON - timedelta(days=1)


def test_a_certificate_from_the_future_is_told_apart(card_authority: CardAuthority, trust: TrustStore) -> None:
    der, _ = card_authority.issue(None, NOON + timedelta(days=1), NOON + YEAR)
    with pytest.raises(NotYetValid):
        trust.check(der, NOON)


def test_dates_are_not_judged_while_the_clock_is_unknown(card_authority: CardAuthority, trust: TrustStore) -> None:
    der, _ = card_authority.issue(0x51, NOON - 2 * YEAR, NOON - YEAR)
    assert trust.check(der, None).serial == '51'


def test_a_root_of_the_same_name_with_another_key_is_foreign(trust: TrustStore) -> None:
    der, _ = CardAuthority().issue()
    with pytest.raises(ForeignChain):
        trust.check(der, None)


def test_generations_of_one_name_are_told_apart_by_signature(card_authority: CardAuthority) -> None:
    second = CardAuthority()
    trust = TrustStore([card_authority.root_pem + second.root_pem])
    issuers = {trust.check(authority.issue()[0], None).issuer for authority in (card_authority, second)}
    assert len(issuers) == 2


def test_an_authority_is_no_user(card_authority: CardAuthority, trust: TrustStore) -> None:
    with pytest.raises(ForeignChain):
        trust.check(card_authority.root_der, None)


def test_a_certificate_for_non_repudiation_only_is_not_accepted(
    card_authority: CardAuthority, trust: TrustStore
) -> None:
    der, _ = card_authority.issue()
    good = x509.load_der_x509_certificate(der)
    builder = x509.CertificateBuilder(
        good.issuer, good.subject, good.public_key(), 7, good.not_valid_before_utc, good.not_valid_after_utc
    )
    usage = x509.KeyUsage(False, True, False, False, False, False, False, False, False)
    forged = builder.add_extension(usage, critical=True).sign(card_authority.root_key, hashes.SHA256())
    with pytest.raises(ForeignChain):
        trust.check(forged.public_bytes(Encoding.DER), None)


def test_a_test_root_of_j_lis_is_refused_by_name() -> None:
    with pytest.raises(UntrustedRoot, match='JPKI-TEST'):
        TrustStore([CardAuthority('JPKI-TEST').root_pem])


def test_a_users_certificate_is_no_root(card_authority: CardAuthority) -> None:
    leaf = x509.load_der_x509_certificate(card_authority.issue()[0])
    with pytest.raises(UntrustedRoot, match='not signed by itself'):
        TrustStore([leaf.public_bytes(Encoding.PEM)])


@pytest.mark.parametrize(
    'pem', [b'', b'no PEM at all', b'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']
)
def test_bytes_that_hold_no_root_are_refused(pem: bytes) -> None:
    with pytest.raises(UntrustedRoot):
        TrustStore([pem])


def test_the_shipped_production_roots_are_accepted_and_named() -> None:
    names = TrustStore([path.read_bytes() for path in SHIPPED_ROOTS]).names
    assert len(names) == len(SHIPPED_ROOTS) >= 2
    assert all('O=JPKI,' in name for name in names)


def test_a_signature_belongs_to_the_certificate_it_was_made_for(card_authority: CardAuthority) -> None:
    der, key = card_authority.issue()
    signature = key.sign(b'challenge', padding.PKCS1v15(), hashes.SHA256())
    assert verify_signature(der, signature, b'challenge')
    assert not verify_signature(der, signature, b'another')
    assert not verify_signature(der, b'', b'challenge')


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_refused_with_a_typed_error(data: bytes) -> None:
    with pytest.raises(UnreadableCertificate):
        TrustStore([]).check(data, NOON)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_certificate_never_passes_and_fails_with_a_typed_error(
    card_authority: CardAuthority, trust: TrustStore, data: st.DataObject
) -> None:
    der, _ = card_authority.issue(0x51)
    position = data.draw(st.integers(0, len(der) - 1))
    damaged = bytearray(der)
    damaged[position] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CertificateError):
        trust.check(bytes(damaged), NOON)
