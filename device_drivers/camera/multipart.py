import re

from .picture_header import PictureError, PictureProblem

_LENGTH = re.compile(rb'^content-length:\s*([0-9]{1,9})\s*$', re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(r'boundary="?(?:--)?(?P<boundary>[^";,\s]{1,70})"?', re.IGNORECASE)
_HEADER_END = b'\r\n\r\n'
_LONGEST_HEADER = 4096


def boundary_of(content_type: str) -> bytes | None:
    """The boundary named in a `multipart/x-mixed-replace` content type (RFC 2046 5.1.1), or None."""
    found = _BOUNDARY.search(content_type)
    return found['boundary'].encode('ascii', 'ignore') if found is not None else None


class MultipartPictures:
    """Cuts the body of a Motion JPEG answer into pictures; holds no more than one picture and a header."""

    def __init__(self, boundary: bytes, most_bytes: int) -> None:
        self._delimiter = b'--' + boundary
        self._most_bytes = most_bytes
        self._buffer = b''

    def feed(self, data: bytes) -> bytes | None:
        """The newest picture that these bytes complete, if any; older ones are passed over.

        Raises `PictureError` (too_many_bytes) for a picture that does not end.
        """
        self._buffer += data
        newest: bytes | None = None
        while (picture := self._next()) is not None:
            newest = picture
        if len(self._buffer) > self._most_bytes + _LONGEST_HEADER:
            raise PictureError(PictureProblem.TOO_MANY_BYTES)
        return newest

    def _next(self) -> bytes | None:
        start = self._buffer.find(self._delimiter)
        header_end = self._buffer.find(_HEADER_END, max(start, 0))
        if start < 0 or header_end < 0:
            return None
        body_start = header_end + len(_HEADER_END)
        body_end = self._body_end(start, body_start)
        if body_end is None:
            return None
        body = self._buffer[body_start:body_end]
        self._buffer = self._buffer[body_end:]
        return body.removesuffix(b'\r\n')

    def _body_end(self, start: int, body_start: int) -> int | None:
        length = _LENGTH.search(self._buffer, start, body_start)
        if length is None:
            end = self._buffer.find(self._delimiter, body_start)
            return end if end >= 0 else None
        end = body_start + int(length[1])
        return end if end <= len(self._buffer) else None
