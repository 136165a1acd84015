"""Pictures from outside are decoded in a child alone; `work` is what runs there."""

import json
import struct

from device_drivers.camera.limits import PictureLimits
from device_drivers.camera.picture_header import CheckedPicture, PictureError, PictureProblem

MOST_BYTES = 16 * 1024 * 1024
ORDER = '>HB?'
"""Longest edge in pixels, JPEG quality, and whether codes are wanted."""
TAKEN = '>HHH'
"""Width and height in pixels, and bytes of the codes that were read."""
MOST_CODES, LONGEST_CODE = 8, 200
GOOD, REFUSED = b'g', b'r'


def order(content: bytes, longest_edge: int, quality: int, *, with_codes: bool = False) -> bytes:
    """What the child is asked."""
    return struct.pack(ORDER, longest_edge, quality, with_codes) + content


def work(asked: bytes) -> bytes:
    """Check a picture and make it anew."""
    from device_drivers.camera.picture_check import check_picture

    head = struct.calcsize(ORDER)
    longest_edge, quality, with_codes = struct.unpack(ORDER, asked[:head])
    limits = PictureLimits(most_bytes=MOST_BYTES, longest_edge=longest_edge, quality=quality)
    try:
        picture = check_picture(asked[head:], limits)
    except PictureError as error:
        return REFUSED + error.problem.value.encode()
    codes = json.dumps(_codes_on(picture.jpeg) if with_codes else []).encode()
    return GOOD + struct.pack(TAKEN, picture.width, picture.height, len(codes)) + codes + picture.jpeg


def read_answer(answer: bytes) -> CheckedPicture:
    """The picture that the child made; raises `PictureError` for one that it did not take."""
    kind, rest = answer[:1], answer[1:]
    if kind == REFUSED:
        raise PictureError(PictureProblem(rest.decode()))
    head = struct.calcsize(TAKEN)
    width, height, codes = struct.unpack(TAKEN, rest[:head])
    return CheckedPicture(rest[head + codes :], width, height)


def read_codes(answer: bytes) -> tuple[str, ...]:
    """The QR codes that the child read on a picture that it took."""
    rest = answer[1:]
    head = struct.calcsize(TAKEN)
    _width, _height, codes = struct.unpack(TAKEN, rest[:head])
    return tuple(json.loads(rest[head : head + codes]))


def _codes_on(jpeg: bytes) -> list[str]:
    import numpy as np
    import zxingcpp

    from device_drivers.camera.opencv import cv2

    frame = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    found = zxingcpp.read_barcodes(frame, formats=zxingcpp.barcode_formats_from_str('QRCode'))
    return [one.text for one in found if len(one.text) <= LONGEST_CODE][:MOST_CODES]
