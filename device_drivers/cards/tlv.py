from dataclasses import dataclass

_LONGEST_TAG = 4
_LONGEST_LENGTH = 3


class TlvError(Exception):
    """Bytes that are not BER-TLV: cut short, an indefinite length, or an overlong tag."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One BER-TLV object: `tag` holds all tag bytes (DF22 is 0xDF22), `size` counts tag, length and value."""

    tag: int
    value: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Header:
    """Tag and length of an object whose value may not have been read yet; `size` is tag and length alone."""

    tag: int
    length: int
    size: int

    @property
    def total(self) -> int:
        """Bytes of the whole object."""
        return self.size + self.length


def read_header(data: bytes) -> Header:
    """Tag and length at the start of `data`: lengths of one byte, 81, 82 and 83 (ISO 8825-1); raises `TlvError`."""
    tag_size = _tag_size(data)
    length, length_size = _length(data[tag_size:])
    return Header(int.from_bytes(data[:tag_size], 'big'), length, tag_size + length_size)


def read_tlv(data: bytes) -> Tlv:
    """The first object of `data`, whatever follows it; raises `TlvError` when it is cut short."""
    header = read_header(data)
    if len(data) < header.total:
        raise TlvError(f'{header.total} bytes announced, {len(data)} present')
    return Tlv(header.tag, data[header.size : header.total], header.total)


def _tag_size(data: bytes) -> int:
    if not data:
        raise TlvError('no tag')
    if data[0] & 0x1F != 0x1F:
        return 1
    for index, byte in enumerate(data[1:_LONGEST_TAG], start=2):
        if not byte & 0x80:
            return index
    raise TlvError('a tag without end')


def _length(data: bytes) -> tuple[int, int]:
    if not data:
        raise TlvError('no length')
    if data[0] < 0x80:
        return data[0], 1
    count = data[0] & 0x7F
    if not 1 <= count <= _LONGEST_LENGTH:
        raise TlvError(f'a length of the form {data[0]:02X}')
    if len(data) < 1 + count:
        raise TlvError('a length cut short')
    return int.from_bytes(data[1 : 1 + count], 'big'), 1 + count
