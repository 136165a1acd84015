from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from tests.virtual_card import commands
from tests.virtual_card.apdu_journal import JPKI_APPLICATION
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.my_number import Activation, MyNumberCard, Variant


def selected(authority: CardAuthority, variant: Variant) -> MyNumberCard:
    card = MyNumberCard(authority, variant=variant)
    card.transmit(commands.select_application(JPKI_APPLICATION))
    return card


def certificate(card: MyNumberCard) -> x509.Certificate:
    return x509.load_der_x509_certificate(card.certificate_der)


@pytest.mark.parametrize(
    ('variant', 'label'),
    [
        (Variant.NORMAL, b'JPKIAPICCTOKEN2'),
        (Variant.OLD_RESIDENT_CARD, b'JPKIAPICCTOKEN'),
        (Variant.ANDROID, b'JPKIAPGPSETOKEN'),
        (Variant.IPHONE, b'JPKIAPIOSTOKEN'),
    ],
)
def test_the_label_tells_what_carries_the_certificate(card_authority: CardAuthority, variant: Variant, label: bytes):
    assert commands.read_file(selected(card_authority, variant), 0x06)[:32] == label.ljust(32)


def test_a_card_without_certificate_says_so_in_file_0008(card_authority: CardAuthority):
    assert commands.read_file(selected(card_authority, Variant.NORMAL), 0x08) == b'\x8f\x8f\x00'
    card = selected(card_authority, Variant.NO_CERTIFICATE)
    assert commands.read_file(card, 0x08) == b'\x8f\x00\x00'
    assert set(commands.read_file(card, 0x0A)) == {0xFF}


@pytest.mark.parametrize(
    ('variant', 'tries'),
    [(Variant.NORMAL, 3), (Variant.ONE_TRY_LEFT, 1), (Variant.PIN_BLOCKED, 0), (Variant.FACE_ONLY, 0)],
)
def test_the_counter_tells_the_tries_left(card_authority: CardAuthority, variant: Variant, tries: int):
    card = selected(card_authority, variant)
    card.transmit(commands.select_file(0x18))
    assert commands.status(card.transmit(commands.count_tries())) == 0x63C0 | tries
    assert card.pin_tries_left() == tries


@pytest.mark.parametrize('variant', [Variant.PIN_BLOCKED, Variant.FACE_ONLY])
def test_a_blocked_card_refuses_even_the_right_pin(card_authority: CardAuthority, variant: Variant):
    card = selected(card_authority, variant)
    card.transmit(commands.select_file(0x18))
    assert commands.status(card.transmit(commands.verify(b'1234'))) == 0x6984


@pytest.mark.parametrize('variant', [Variant.ANDROID, Variant.IPHONE])
def test_a_phone_gives_its_certificate_only_after_the_pin(card_authority: CardAuthority, variant: Variant):
    card = selected(card_authority, variant)
    with pytest.raises(PermissionError, match='6982'):
        commands.read_file(card, 0x0A)
    card.transmit(commands.select_file(0x18))
    card.transmit(commands.verify(b'1234'))
    assert commands.read_file(card, 0x0A).startswith(card.certificate_der)


def test_expired_and_not_yet_valid_certificates_are_what_they_say(card_authority: CardAuthority):
    now = datetime.now(UTC)
    assert certificate(selected(card_authority, Variant.EXPIRED)).not_valid_after_utc < now
    assert certificate(selected(card_authority, Variant.NOT_YET_VALID)).not_valid_before_utc > now


@pytest.mark.parametrize('variant', [Variant.FOREIGN_CHAIN, Variant.J_LIS_TEST])
def test_a_certificate_of_a_stranger_does_not_chain_though_the_card_brings_a_root(
    card_authority: CardAuthority, variant: Variant
):
    card = selected(card_authority, variant)
    with pytest.raises((InvalidSignature, ValueError)):
        certificate(card).verify_directly_issued_by(x509.load_pem_x509_certificate(card_authority.root_pem))
    brought = commands.read_file(card, 0x0B).rstrip(b'\xff')
    certificate(card).verify_directly_issued_by(x509.load_der_x509_certificate(brought))


def test_a_renewed_certificate_has_a_new_serial_for_the_same_face(card_authority: CardAuthority):
    card = MyNumberCard(card_authority)
    renewed = card.renewed()
    assert certificate(renewed).serial_number != certificate(card).serial_number
    assert renewed.holder == card.holder


@pytest.mark.parametrize('activation', Activation)
def test_every_answer_to_reset_is_well_formed(card_authority: CardAuthority, activation: Activation):
    card = MyNumberCard(card_authority, activation=activation)
    checksum = 0
    for byte in card.atr[1:]:
        checksum ^= byte
    assert card.atr[0] == 0x3B
    assert checksum == 0 or activation is Activation.CONTACT


def test_a_reader_that_shows_the_pupi_gives_another_atr_each_time(card_authority: CardAuthority):
    card = MyNumberCard(card_authority, activation=Activation.RANDOM_PUPI)
    first = card.atr
    card.power_on()
    assert card.atr != first
    assert len(card.atr) == len(first)
