from datetime import date
from hashlib import sha256

import pytest

from tests.virtual_card import commands
from tests.virtual_card.apdu_journal import TEXT_APPLICATION
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.my_number import MyNumberCard, Variant
from tests.virtual_card.text_application import Holder, tlv


def opened(
    authority: CardAuthority, secret_file: int, secret: bytes, variant: Variant = Variant.NORMAL
) -> MyNumberCard:
    card = MyNumberCard(authority, variant=variant)
    card.transmit(commands.select_application(TEXT_APPLICATION))
    card.transmit(commands.select_file(secret_file))
    assert commands.status(card.transmit(commands.verify(secret))) == 0x9000
    return card


def test_code_b_is_birth_date_in_the_era_then_expiry_then_security_code():
    assert Holder().code_b == b'55021720352285'
    assert Holder(birth_date=date(2019, 5, 1), expiry_year=2029, security_code='0001').code_b == b'01050120290001'
    assert Holder(birth_date=date(1989, 1, 7)).code_b[:6] == b'640107'


def test_code_b_opens_the_attributes_and_not_the_individual_number(card_authority: CardAuthority):
    card = opened(card_authority, 0x15, Holder().code_b)
    assert '金沢\u3000花子'.encode() in commands.read_file(card, 0x02)
    with pytest.raises(PermissionError, match='6982'):
        commands.read_file(card, 0x01)


def test_the_pin_opens_both_so_only_never_selecting_keeps_the_number_unread(card_authority: CardAuthority):
    card = opened(card_authority, 0x11, b'1234')
    assert commands.read_file(card, 0x02)
    assert len(commands.read_file(card, 0x01)) == 17


def test_code_b_has_ten_tries(card_authority: CardAuthority):
    card = MyNumberCard(card_authority)
    card.transmit(commands.select_application(TEXT_APPLICATION))
    card.transmit(commands.select_file(0x15))
    assert commands.status(card.transmit(commands.count_tries())) == 0x63CA


def test_a_long_address_needs_the_three_byte_form_of_the_length(card_authority: CardAuthority):
    card = opened(card_authority, 0x11, b'1234', variant=Variant.LONG_ADDRESS)
    content = commands.read_file(card, 0x02)
    assert content[:3] == b'\xff\x20\x82'
    assert len(content) == 5 + int.from_bytes(content[3:5], 'big') > 256
    assert tlv(0xDF23, card.holder.address.encode()) in content


def test_the_offset_table_points_at_each_attribute(card_authority: CardAuthority):
    content = commands.read_file(opened(card_authority, 0x11, b'1234'), 0x02)
    table = content.index(b'\xdf\x21\x08') + 3
    offsets = [int.from_bytes(content[at : at + 2], 'big') for at in range(table, table + 8, 2)]
    assert [content[at : at + 2].hex() for at in offsets] == ['df22', 'df23', 'df24', 'df25']


def test_the_integrity_file_holds_the_digest_of_the_attributes_without_their_table(card_authority: CardAuthority):
    card = opened(card_authority, 0x11, b'1234')
    attributes = commands.read_file(card, 0x02)
    signed_part = attributes[attributes.index(b'\xdf\x22') :]
    assert tlv(0xDF32, sha256(signed_part).digest()) in commands.read_file(card, 0x03)


@pytest.mark.parametrize(('size', 'length'), [(127, '7f'), (128, '8180'), (255, '81ff'), (256, '820100')])
def test_a_length_takes_the_shortest_form(size: int, length: str):
    assert tlv(0xDF23, bytes(size))[:-size].hex() == 'df23' + length
