import cv2
import numpy as np
from numpy.typing import NDArray

RNG = np.random.default_rng(7)


def noise(width: int = 64, height: int = 48) -> NDArray[np.uint8]:
    return RNG.integers(0, 255, (height, width, 3), np.uint8)


def jpeg(width: int = 64, height: int = 48) -> bytes:
    return bytes(cv2.imencode('.jpg', noise(width, height))[1])


def png(width: int = 64, height: int = 48) -> bytes:
    return bytes(cv2.imencode('.png', noise(width, height))[1])


def jpeg_that_claims(width: int, height: int) -> bytes:
    """A small JPEG whose header says another size."""
    data = jpeg()
    at = data.index(b'\xff\xc0') + 5
    return data[:at] + height.to_bytes(2, 'big') + width.to_bytes(2, 'big') + data[at + 4 :]


def jpeg_with_metadata(orientation: int, place: bytes) -> bytes:
    """A JPEG as phones make it: Exif with a rotation (1 to 8) and a text, and a small picture within."""
    entry = b'\x01\x12\x00\x03\x00\x00\x00\x01' + orientation.to_bytes(2, 'big') + b'\x00\x00'
    tiff = b'MM\x00*\x00\x00\x00\x08\x00\x01' + entry + b'\x00\x00\x00\x00' + place + jpeg(8, 8)
    exif = b'Exif\x00\x00' + tiff
    data = jpeg()
    return data[:2] + b'\xff\xe1' + (len(exif) + 2).to_bytes(2, 'big') + exif + data[2:]
