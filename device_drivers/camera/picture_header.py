import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CheckedPicture:
    """A picture made anew: a JPEG without metadata and no larger than the limits, with its size in pixels."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int


class PictureProblem(StrEnum):
    """Why a picture from outside is not taken."""

    TOO_MANY_BYTES = 'too_many_bytes'
    TOO_MANY_PIXELS = 'too_many_pixels'
    TRUNCATED = 'truncated'
    DAMAGED = 'damaged'
    UNKNOWN_FORMAT = 'unknown_format'
    """Neither JPEG nor PNG."""


class PictureError(Exception):
    """A picture that is not taken, and why."""

    def __init__(self, problem: PictureProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """The size a picture claims, in pixels, and how many bytes it has without what is appended behind it."""

    width: int
    height: int
    length: int


_JPEG = b'\xff\xd8'
_PNG = b'\x89PNG\r\n\x1a\n'
_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_SCAN, _END = 0xDA, 0xD9


def read_header(data: bytes) -> PictureHeader:
    """Walk through a JPEG (ISO/IEC 10918-1 B.1) or PNG (ISO/IEC 15948) to its end without decoding any pixel.

    Raises `PictureError` (unknown_format, truncated, damaged).
    """
    if data.startswith(_JPEG):
        return _read_jpeg(data)
    if data.startswith(_PNG):
        return _read_png(data)
    raise PictureError(PictureProblem.UNKNOWN_FORMAT)


def _read_jpeg(data: bytes) -> PictureHeader:
    size: tuple[int, int] | None = None
    at = len(_JPEG)
    while True:
        at, marker = _next_marker(data, at)
        if marker == _END:
            break
        if marker in _BARE_MARKERS:
            continue
        length = int.from_bytes(_bytes(data, at, 2), 'big')
        segment = _bytes(data, at, length)
        if marker in _SIZE_MARKERS:
            size = size or _jpeg_size(segment)
        at += max(length, 2)
        if marker == _START_OF_SCAN:
            at = _end_of_scan(data, at)
    if size is None:
        raise PictureError(PictureProblem.DAMAGED)
    return PictureHeader(*size, length=at)


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    if _bytes(data, at, 1) != b'\xff':
        raise PictureError(PictureProblem.DAMAGED)
    while _bytes(data, at, 1) == b'\xff':
        at += 1
    return at + 1, data[at]


def _end_of_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b'\xff', at)
        if at < 0 or at + 1 >= len(data):
            raise PictureError(PictureProblem.TRUNCATED)
        following = data[at + 1]
        if following and following != 0xFF and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2


def _jpeg_size(segment: bytes) -> tuple[int, int]:
    if len(segment) < 7:
        raise PictureError(PictureProblem.DAMAGED)
    height, width = int.from_bytes(segment[3:5], 'big'), int.from_bytes(segment[5:7], 'big')
    if not width or not height:
        raise PictureError(PictureProblem.DAMAGED)
    return width, height


def _read_png(data: bytes) -> PictureHeader:
    size: tuple[int, int] | None = None
    for kind, content, end in _png_chunks(data):
        if kind == b'IHDR' and size is None and len(content) == 13:
            size = int.from_bytes(content[:4], 'big'), int.from_bytes(content[4:8], 'big')
        if kind == b'IEND' and size is not None and 0 not in size:
            return PictureHeader(*size, length=end)
    raise PictureError(PictureProblem.DAMAGED)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    at = len(_PNG)
    while True:
        length = int.from_bytes(_bytes(data, at, 4), 'big')
        body = _bytes(data, at + 4, length + 4)
        checksum = int.from_bytes(_bytes(data, at + 8 + length, 4), 'big')
        if zlib.crc32(body) != checksum:
            raise PictureError(PictureProblem.DAMAGED)
        at += length + 12
        yield body[:4], body[4:], at
        if body[:4] == b'IEND':
            return


def _bytes(data: bytes, at: int, count: int) -> bytes:
    if at + count > len(data):
        raise PictureError(PictureProblem.TRUNCATED)
    return data[at : at + count]
