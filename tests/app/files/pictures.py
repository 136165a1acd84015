"""Good and bad pictures."""

import struct
import zlib

import numpy as np

from device_drivers.camera.opencv import cv2

GPS_MARK = b'GPS 36.5611 136.6566'
HEIC = b'\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic' + bytes(500)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def jpeg(width: int = 320, height: int = 240) -> bytes:
    """A colourful JPEG."""
    return encoded('.jpg', width, height)


def png(width: int = 320, height: int = 240) -> bytes:
    """A colourful PNG."""
    return encoded('.png', width, height)


def jpeg_with_place() -> bytes:
    """A JPEG with an Exif segment that names a place."""
    body = b'Exif\x00\x00' + GPS_MARK
    return jpeg()[:2] + b'\xff\xe1' + struct.pack('>H', len(body) + 2) + body + jpeg()[2:]


def encoded(suffix: str, width: int, height: int) -> bytes:
    """A gradient in the format of the suffix."""
    rows, columns = np.mgrid[0:height, 0:width]
    frame = np.stack([columns % 256, rows % 256, (rows + columns) % 256], axis=-1).astype(np.uint8)
    return bytes(cv2.imencode(suffix, frame)[1].tobytes())


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack('>I', len(content)) + kind + content + struct.pack('>I', zlib.crc32(kind + content))


BOMB = (
    b'\x89PNG\r\n\x1a\n'
    + _chunk(b'IHDR', struct.pack('>IIBBBBB', 50_000, 50_000, 8, 2, 0, 0, 0))
    + _chunk(b'IDAT', zlib.compress(bytes(1_000_000)))
    + _chunk(b'IEND', b'')
)
