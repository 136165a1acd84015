"""Pictures from outside are decoded in a child alone; `work` is what runs there."""

import struct

from device_drivers.camera.limits import PictureLimits
from device_drivers.camera.picture_header import CheckedPicture, PictureError, PictureProblem

MOST_BYTES = 16 * 1024 * 1024
ORDER = '>HB'
"""Longest edge in pixels, and JPEG quality."""
TAKEN = '>HH'
"""Width and height in pixels."""
GOOD, REFUSED = b'g', b'r'


def order(content: bytes, longest_edge: int, quality: int) -> bytes:
    """What the child is asked."""
    return struct.pack(ORDER, longest_edge, quality) + content


def work(asked: bytes) -> bytes:
    """Check a picture and make it anew."""
    from device_drivers.camera.picture_check import check_picture

    head = struct.calcsize(ORDER)
    longest_edge, quality = struct.unpack(ORDER, asked[:head])
    limits = PictureLimits(most_bytes=MOST_BYTES, longest_edge=longest_edge, quality=quality)
    try:
        picture = check_picture(asked[head:], limits)
    except PictureError as error:
        return REFUSED + error.problem.value.encode()
    return GOOD + struct.pack(TAKEN, picture.width, picture.height) + picture.jpeg


def read_answer(answer: bytes) -> CheckedPicture:
    """The picture that the child made; raises `PictureError` for one that it did not take."""
    kind, rest = answer[:1], answer[1:]
    if kind == REFUSED:
        raise PictureError(PictureProblem(rest.decode()))
    head = struct.calcsize(TAKEN)
    width, height = struct.unpack(TAKEN, rest[:head])
    return CheckedPicture(rest[head:], width, height)
