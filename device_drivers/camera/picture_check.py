import numpy as np
from numpy.typing import NDArray

from .limits import PictureLimits
from .opencv import cv2
from .picture_header import CheckedPicture, PictureError, PictureProblem, read_header

__all__ = ['CheckedPicture', 'Frame', 'PictureError', 'PictureProblem', 'check_picture', 'encode_frame']

Frame = NDArray[np.uint8]
"""Rows, columns, and blue, green, red."""


def check_picture(data: bytes, limits: PictureLimits) -> CheckedPicture:
    """Take a JPEG or PNG from outside: size and structure are checked before any pixel is decoded.

    The rotation noted by phones is applied; place, time and all other metadata are dropped. Blocks for some 10 ms:
    call it in a thread. Raises `PictureError` (`domain/reliability.md 0` item 7: a 109 kB picture can cost 5 GB).
    """
    if len(data) > limits.most_bytes:
        raise PictureError(PictureProblem.TOO_MANY_BYTES)
    header = read_header(data)
    if header.width * header.height > limits.most_pixels:
        raise PictureError(PictureProblem.TOO_MANY_PIXELS)
    return encode_frame(_decode(data[: header.length]), limits)


def encode_frame(frame: Frame, limits: PictureLimits) -> CheckedPicture:
    """A frame as a JPEG within the limits; raises `PictureError` for one that cannot be encoded."""
    height, width = frame.shape[:2]
    if width * height > limits.most_pixels:
        raise PictureError(PictureProblem.TOO_MANY_PIXELS)
    small = _fit(frame, limits.longest_edge)
    try:
        is_encoded, jpeg = cv2.imencode('.jpg', small, [cv2.IMWRITE_JPEG_QUALITY, limits.quality])
    except cv2.error as error:
        raise PictureError(PictureProblem.DAMAGED) from error
    if not is_encoded:
        raise PictureError(PictureProblem.DAMAGED)
    return CheckedPicture(jpeg.tobytes(), small.shape[1], small.shape[0])


def _decode(data: bytes) -> Frame:
    try:
        frame = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise PictureError(PictureProblem.DAMAGED) from error
    if frame is None:
        raise PictureError(PictureProblem.DAMAGED)
    return np.asarray(frame, np.uint8)


def _fit(frame: Frame, longest_edge: int) -> Frame:
    height, width = frame.shape[:2]
    scale = longest_edge / max(height, width)
    if scale >= 1:
        return frame
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
