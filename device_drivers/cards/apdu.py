from collections.abc import Callable
from dataclasses import dataclass

from . import constants as c

_ROUNDS_OF_MORE_DATA = 256
_LONGEST_DATA = 0x10000


class MalformedResponse(Exception):
    """A reply that is too short to carry a status word, or never comes to an end."""


@dataclass(frozen=True, slots=True, repr=False)
class Response:
    """A card's answer: the data and the two-byte status word (ISO 7816-4)."""

    data: bytes
    sw: int

    @classmethod
    def parse(cls, raw: bytes) -> 'Response':
        """Split the bytes a reader delivered; raises `MalformedResponse` when there is no status word."""
        if len(raw) < 2:
            raise MalformedResponse(f'{len(raw)} bytes are no response')
        return cls(raw[:-2], int.from_bytes(raw[-2:], 'big'))

    @property
    def ok(self) -> bool:
        """True for 9000."""
        return self.sw == c.SW_OK

    def __repr__(self) -> str:
        return f'Response({len(self.data)} bytes, {self.sw:04X})'


Transmit = Callable[[bytes], Response]
"""Sends one command APDU to the card and returns its answer; raises `CardError` when the card is gone."""


@dataclass(frozen=True, slots=True, repr=False)
class Command:
    """A short command APDU; `expected` is the number of bytes asked for (256 is sent as Le = 00), None for no Le."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b''
    expected: int | None = None

    def encode(self) -> bytes:
        """The bytes on the wire."""
        header = bytes([self.cla, self.ins, self.p1, self.p2])
        body = bytes([len(self.data)]) + self.data if self.data else b''
        length = b'' if self.expected is None else bytes([self.expected % 256])
        return header + body + length

    def __repr__(self) -> str:
        return f'Command({describe(self.encode())})'


def describe(command: bytes) -> str:
    """A command for a log: the body of VERIFY and CHANGE REFERENCE DATA is masked, for it is a PIN."""
    if len(command) < 2 or command[1] not in c.INS_WITH_SECRET_BODY:
        return command.hex(' ').upper()
    return command[:4].hex(' ').upper() + (' **' if len(command) > 4 else '')


def exchange(transmit: Transmit, command: Command) -> Response:
    """Send a command, fetch what 61xx announces and ask again with the length 6Cxx names.

    Raises `MalformedResponse` when the card announces more data without end, and whatever `transmit` raises.
    """
    response = transmit(command.encode())
    if response.sw >> 8 == c.SW1_WRONG_LENGTH:
        response = transmit(_with_expected(command, response.sw & 0xFF).encode())
    data = response.data
    for _ in range(_ROUNDS_OF_MORE_DATA):
        if response.sw >> 8 != c.SW1_MORE_DATA:
            return Response(data, response.sw)
        response = transmit(get_response(response.sw & 0xFF).encode())
        data += response.data
        if len(data) > _LONGEST_DATA:
            break
    raise MalformedResponse('the card announces more data without end')


def _with_expected(command: Command, length: int) -> Command:
    return Command(command.cla, command.ins, command.p1, command.p2, command.data, length or 256)


def select_application(aid: bytes) -> Command:
    """SELECT by the full AID: a prefix would select too (JICSAP), so it is never shortened."""
    return Command(c.CLA_ISO, c.INS_SELECT, 0x04, 0x0C, aid)


def select_file(identifier: int) -> Command:
    """SELECT an elementary file of the current application."""
    return Command(c.CLA_ISO, c.INS_SELECT, 0x02, 0x0C, identifier.to_bytes(2, 'big'))


def read_binary(offset: int, length: int = 256) -> Command:
    """READ BINARY at an offset of 15 bits, at most 256 bytes."""
    return Command(c.CLA_ISO, c.INS_READ_BINARY, offset >> 8, offset & 0xFF, expected=length)


def count_tries() -> Command:
    """VERIFY without a body: asks how many tries the selected PIN has left and costs none."""
    return Command(c.CLA_ISO, c.INS_VERIFY, 0x00, 0x80)


def verify(pin: bytes) -> Command:
    """VERIFY the selected PIN; raises `ValueError` for an empty one, which would silently be `count_tries`."""
    if not pin:
        raise ValueError('an empty PIN is never sent')
    return Command(c.CLA_ISO, c.INS_VERIFY, 0x00, 0x80, pin)


def sign(digest_info: bytes) -> Command:
    """COMPUTE DIGITAL SIGNATURE (PKCS#1 v1.5) with the selected key over a DigestInfo."""
    return Command(c.CLA_PROPRIETARY, c.INS_PERFORM_SECURITY_OPERATION, 0x00, 0x80, digest_info, 256)


def get_uid() -> Command:
    """The reader's own pseudo-APDU for the UID or IDm of a contactless card (PC/SC part 3)."""
    return Command(c.CLA_READER, c.INS_GET_DATA, 0x00, 0x00, expected=256)


def get_response(length: int) -> Command:
    """GET RESPONSE for data announced by 61xx; 0 means 256."""
    return Command(c.CLA_ISO, c.INS_GET_RESPONSE, 0x00, 0x00, expected=length or 256)
