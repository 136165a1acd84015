"""Command APDUs as ISO/IEC 7816-3 section 12 writes them, and the status words the emulated cards answer with."""

from dataclasses import dataclass
from enum import IntEnum


class StatusWord(IntEnum):
    """SW1 SW2 of a response (ISO/IEC 7816-4 5.6; which ones the card uses: domain/cards.md 1.3)."""

    SUCCESS = 0x9000
    WRONG_LENGTH = 0x6700
    WRONG_FILE_STRUCTURE = 0x6981
    SECURITY_STATUS_NOT_SATISFIED = 0x6982
    REFERENCE_DATA_NOT_USABLE = 0x6984
    CONDITIONS_NOT_SATISFIED = 0x6985
    WRONG_DATA = 0x6A80
    FUNCTION_NOT_SUPPORTED = 0x6A81
    NOT_FOUND = 0x6A82
    WRONG_PARAMETERS = 0x6A86
    OFFSET_PAST_THE_END = 0x6B00
    UNKNOWN_INSTRUCTION = 0x6D00
    UNKNOWN_CLASS = 0x6E00
    NO_DIAGNOSIS = 0x6F00


@dataclass(frozen=True, slots=True)
class CommandApdu:
    """One command; `expected` is the number of answer bytes asked for (Le), None when the command has no Le."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    expected: int | None

    @property
    def parameters(self) -> tuple[int, int]:
        """P1 and P2 together, as the command tables list them."""
        return self.p1, self.p2


def parse_command(raw: bytes) -> CommandApdu:
    """Read a short or extended command.

    Raises ValueError when the lengths in it do not add up.
    """
    if len(raw) < 4:
        raise ValueError(f'a command has at least 4 bytes, not {len(raw)}')
    data, expected = _body(raw[4:])
    return CommandApdu(raw[0], raw[1], raw[2], raw[3], data, expected)


def answer(status: int, data: bytes = b'') -> bytes:
    """A response APDU: data, then the status word."""
    return data + status.to_bytes(2, 'big')


def _body(body: bytes) -> tuple[bytes, int | None]:
    if not body:
        return b'', None
    if len(body) == 1:
        return b'', body[0] or 256
    if body[0] == 0 and len(body) >= 3:
        return _extended_body(body)
    return _split(body[1:], body[0], 1, 256)


def _extended_body(body: bytes) -> tuple[bytes, int | None]:
    length = int.from_bytes(body[1:3], 'big')
    if len(body) == 3:
        return b'', length or 65536
    return _split(body[3:], length, 2, 65536)


def _split(rest: bytes, length: int, size_of_expected: int, largest: int) -> tuple[bytes, int | None]:
    if len(rest) == length:
        return rest, None
    if len(rest) == length + size_of_expected:
        return rest[:length], int.from_bytes(rest[length:], 'big') or largest
    raise ValueError(f'Lc says {length} bytes, {len(rest)} follow')
