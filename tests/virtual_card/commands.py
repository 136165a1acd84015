"""Command APDUs that tests send by hand."""

from tests.virtual_card.card import Card
from tests.virtual_card.signing import DIGEST_INFO_SHA256


def select_application(aid: bytes) -> bytes:
    """SELECT by name, no answer wanted."""
    return b'\x00\xa4\x04\x0c' + bytes([len(aid)]) + aid


def select_file(file: int) -> bytes:
    """SELECT of an elementary file under the current application."""
    return b'\x00\xa4\x02\x0c\x02' + file.to_bytes(2, 'big')


def read_binary(offset: int, length: int = 256) -> bytes:
    """READ BINARY of the current file."""
    return b'\x00\xb0' + offset.to_bytes(2, 'big') + bytes([length % 256])


def read_binary_short(short_identifier: int, offset: int = 0) -> bytes:
    """READ BINARY that selects by short file identifier."""
    return bytes([0x00, 0xB0, 0x80 | short_identifier, offset, 0x00])


def verify(pin: bytes) -> bytes:
    """VERIFY against the current PIN file."""
    return b'\x00\x20\x00\x80' + bytes([len(pin)]) + pin


def count_tries() -> bytes:
    """VERIFY without a body: how many tries are left."""
    return b'\x00\x20\x00\x80'


def sign_digest(digest: bytes) -> bytes:
    """Signature over a SHA-256 digest with the current key file."""
    block = DIGEST_INFO_SHA256 + digest
    return b'\x80\x2a\x00\x80' + bytes([len(block)]) + block + b'\x00'


def status(response: bytes) -> int:
    """SW1 SW2."""
    return int.from_bytes(response[-2:], 'big')


def read_file(card: Card, file: int) -> bytes:
    """All bytes of a file of the current application, chunk by chunk.

    Raises PermissionError when the card refuses.
    """
    if status(card.transmit(select_file(file))) != 0x9000:
        raise PermissionError(f'file {file:04X} cannot be selected')
    content = b''
    while status(response := card.transmit(read_binary(len(content)))) == 0x9000:
        content += response[:-2]
    if not content:
        raise PermissionError(f'file {file:04X}: {response.hex()}')
    return content
