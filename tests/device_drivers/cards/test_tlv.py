import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.cards.tlv import TlvError, read_header, read_tlv


@pytest.mark.parametrize(
    ('length', 'encoded'),
    [
        (5, '05'),
        (0x7F, '7F'),
        (0x80, '8180'),
        (0xFF, '81FF'),
        (0x100, '820100'),
        (0xFFFF, '82FFFF'),
        (65536, '83010000'),
    ],
)
def test_every_form_of_length_is_read(length: int, encoded: str) -> None:
    header = read_header(bytes.fromhex('30' + encoded))
    assert (header.tag, header.length, header.total) == (0x30, length, 1 + len(encoded) // 2 + length)


def test_an_address_of_more_than_127_bytes_moves_the_value_but_not_the_meaning() -> None:
    address = '石川県金沢市広坂一丁目'.encode() * 6
    item = read_tlv(b'\xdf\x23\x81' + bytes([len(address)]) + address)
    assert (item.tag, item.value) == (0xDF23, address)


def test_what_follows_an_object_is_left_alone() -> None:
    assert read_tlv(b'\x30\x01\x07\xff\xff').value == b'\x07'


@pytest.mark.parametrize('cut', ['', '30', '3081', '308201', '3005AABB', '1F', '1F8181', '308000', '30840000000101'])
def test_a_cut_endless_or_overlong_object_is_refused(cut: str) -> None:
    with pytest.raises(TlvError):
        read_tlv(bytes.fromhex(cut))


@settings(deadline=None)
@given(st.sampled_from([0x04, 0x30, 0xDF21, 0xDF31, 0x7F21, 0x5F37]), st.binary(max_size=700), st.binary(max_size=9))
def test_what_was_encoded_is_read_back(tag: int, value: bytes, rest: bytes) -> None:
    encoded = tag.to_bytes((tag.bit_length() + 7) // 8, 'big') + _length(len(value)) + value
    item = read_tlv(encoded + rest)
    assert (item.tag, item.value, item.size) == (tag, value, len(encoded))


@settings(deadline=None)
@given(st.binary(max_size=64))
def test_any_bytes_give_an_object_within_them_or_a_typed_error(data: bytes) -> None:
    try:
        item = read_tlv(data)
    except TlvError:
        return
    assert data[item.size - len(item.value) : item.size] == item.value


def _length(length: int) -> bytes:
    if length < 0x80:
        return bytes([length])
    size = (length.bit_length() + 7) // 8
    return bytes([0x80 | size]) + length.to_bytes(size, 'big')
