import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.virtual_card.apdu import parse_command


def test_a_header_alone_has_neither_data_nor_an_expected_length():
    command = parse_command(bytes.fromhex('00200080'))
    assert (command.data, command.expected) == (b'', None)


def test_an_expected_length_of_zero_means_256():
    assert parse_command(bytes.fromhex('00B0000000')).expected == 256


def test_an_extended_expected_length_of_zero_means_65536():
    assert parse_command(bytes.fromhex('00CA7F21000000')).expected == 65536


@given(data=st.binary(min_size=1, max_size=255), expected=st.integers(1, 256))
def test_a_short_command_gives_back_what_was_put_in(data: bytes, expected: int):
    command = parse_command(b'\x80\x2a\x00\x80' + bytes([len(data)]) + data + bytes([expected % 256]))
    assert (command.data, command.expected) == (data, expected)


@given(data=st.binary(min_size=256, max_size=600))
def test_an_extended_command_gives_back_what_was_put_in(data: bytes):
    command = parse_command(b'\x00\x20\x00\x80\x00' + len(data).to_bytes(2, 'big') + data)
    assert (command.data, command.expected) == (data, None)


@given(raw=st.binary(max_size=40))
def test_any_other_bytes_are_either_a_command_or_a_value_error(raw: bytes):
    try:
        command = parse_command(raw)
    except ValueError:
        return
    assert bytes([command.cla, command.ins, command.p1, command.p2]) == raw[:4]
    assert command.data in raw


def test_a_length_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match='Lc says 4 bytes, 2 follow'):
        parse_command(bytes.fromhex('00200080043132'))
