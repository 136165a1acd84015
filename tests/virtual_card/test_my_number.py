from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509 import load_der_x509_certificate

from tests.virtual_card import commands
from tests.virtual_card.apdu_journal import JPKI_APPLICATION
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.my_number import MyNumberCard

SELECT_JPKI = commands.select_application(JPKI_APPLICATION)
PIN_FILE, KEY_FILE = commands.select_file(0x18), commands.select_file(0x17)
DIGEST = sha256(b'challenge').digest()


@pytest.fixture
def card(card_authority: CardAuthority) -> MyNumberCard:
    card = MyNumberCard(card_authority)
    card.power_on()
    card.transmit(SELECT_JPKI)
    return card


def answers(card: MyNumberCard, *sent: bytes) -> list[str]:
    return [card.transmit(command)[-2:].hex() for command in sent]


def test_the_certificate_reads_without_pin_and_ends_in_filler(card: MyNumberCard):
    content = commands.read_file(card, 0x0A)
    assert content.startswith(card.certificate_der)
    assert set(content[len(card.certificate_der) :]) == {0xFF}


def test_the_short_form_reads_the_first_256_bytes_without_a_select(card: MyNumberCard):
    assert card.transmit(commands.read_binary_short(0x0A)) == card.certificate_der[:256] + b'\x90\x00'


def test_reading_past_the_end_answers_6b00(card: MyNumberCard):
    assert answers(card, commands.select_file(0x0A), commands.read_binary(0x7F00)) == ['9000', '6b00']


def test_a_pin_file_is_no_file_to_read(card: MyNumberCard):
    assert answers(card, PIN_FILE, commands.read_binary(0)) == ['9000', '6981']


def test_the_signature_certificate_needs_its_password(card: MyNumberCard):
    assert answers(card, commands.select_file(0x01), commands.read_binary(0)) == ['9000', '6982']


def test_nothing_can_be_read_before_the_application_is_selected(card: MyNumberCard):
    card.power_on()
    assert answers(card, commands.select_file(0x0A), commands.read_binary(0)) == ['6a82', '6985']


def test_three_wrong_pins_count_down_and_then_block(card: MyNumberCard):
    wrong = commands.verify(b'0000')
    assert answers(card, PIN_FILE, wrong, wrong, wrong, wrong) == ['9000', '63c2', '63c1', '63c0', '6984']
    assert answers(card, commands.verify(b'1234'), commands.count_tries()) == ['6984', '63c0']


def test_the_right_pin_gives_all_tries_back(card: MyNumberCard):
    sent = (PIN_FILE, commands.verify(b'0000'), commands.verify(b'1234'), commands.count_tries())
    assert answers(card, *sent) == ['9000', '63c2', '9000', '63c3']


def test_asking_for_the_tries_left_costs_none(card: MyNumberCard):
    assert answers(card, PIN_FILE, *[commands.count_tries()] * 4) == ['9000', '63c3', '63c3', '63c3', '63c3']


def test_a_signature_after_the_pin_verifies_with_the_certificate(card: MyNumberCard):
    answers(card, PIN_FILE, commands.verify(b'1234'), KEY_FILE)
    response = card.transmit(commands.sign_digest(DIGEST))
    key = load_der_x509_certificate(card.certificate_der).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(response[:-2], DIGEST, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(response[:-2], sha256(b'another').digest(), padding.PKCS1v15(), Prehashed(hashes.SHA256()))


@pytest.mark.parametrize('kind', [0x01, 0x02, 0x03, 0x04, 0x05])
def test_the_other_kinds_of_signature_verify_too(card: MyNumberCard, kind: int):
    answers(card, PIN_FILE, commands.verify(b'1234'))
    sent = DIGEST if kind in (0x02, 0x04) else b'challenge'
    response = card.transmit(bytes([0x80, 0x2A, kind, 0x97, len(sent)]) + sent + b'\x00')
    key = card.private_key.public_key()
    if kind == 0x01:
        assert key.recover_data_from_signature(response[:-2], padding.PKCS1v15(), None) == DIGEST
    elif kind in (0x02, 0x03):
        key.verify(response[:-2], b'challenge', padding.PKCS1v15(), hashes.SHA256())
    else:
        key.verify(response[:-2], b'challenge', padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())


def test_an_unknown_kind_of_signature_is_refused(card: MyNumberCard):
    answers(card, PIN_FILE, commands.verify(b'1234'))
    assert card.transmit(b'\x80\x2a\x06\x97\x01a\x00').hex() == '6a86'


def test_without_the_pin_the_key_does_not_sign(card: MyNumberCard):
    assert answers(card, KEY_FILE, commands.sign_digest(DIGEST)) == ['9000', '6982']


def test_a_power_cycle_forgets_the_pin_and_a_warm_reset_does_not(card_authority: CardAuthority):
    card = MyNumberCard(card_authority, reselect_clears_verify=False)
    sign = (SELECT_JPKI, KEY_FILE, commands.sign_digest(DIGEST))
    answers(card, SELECT_JPKI, PIN_FILE, commands.verify(b'1234'))
    card.reset()
    assert answers(card, *sign)[-1] == '9000'
    card.power_on()
    assert answers(card, *sign)[-1] == '6982'


@pytest.mark.parametrize(('strict', 'expected'), [(True, '6982'), (False, '9000')])
def test_selecting_the_application_again_forgets_the_pin_only_when_strict(
    card_authority: CardAuthority, strict: bool, expected: str
):
    card = MyNumberCard(card_authority, reselect_clears_verify=strict)
    sent = (SELECT_JPKI, PIN_FILE, commands.verify(b'1234'), SELECT_JPKI, KEY_FILE, commands.sign_digest(DIGEST))
    assert answers(card, *sent)[-1] == expected


def test_a_challenge_has_the_length_asked_for_and_never_repeats(card: MyNumberCard):
    first, second = card.transmit(bytes.fromhex('0084000010')), card.transmit(bytes.fromhex('0084000010'))
    assert len(first) == len(second) == 18
    assert first != second


def test_probes_of_other_card_drivers_are_refused(card: MyNumberCard):
    probes = [bytes.fromhex(each) for each in ('00A4040C05A000000003', '00CADF3005', '00CB3FFF035C017E08')]
    assert answers(card, *probes) == ['6a82', '6d00', '6d00']


def test_the_uid_is_another_at_each_activation(card: MyNumberCard):
    first = card.transmit(bytes.fromhex('FFCA000000'))
    card.power_on()
    assert card.transmit(bytes.fromhex('FFCA000000')) != first
    assert len(first) == 6


def test_no_repr_shows_a_pin(card: MyNumberCard):
    assert '1234' not in repr(vars(card._card))
