import re

from .line_pattern import LONGEST_LINE

_LINE_END = re.compile(rb'[\r\n]+')


class LineSplitter:
    """Cuts what a serial line brings into lines; what is longer than any line is dropped up to its end."""

    def __init__(self) -> None:
        self._rest = b''
        self._overlong = False
        self.dropped = 0
        """Fragments and overlong lines dropped so far."""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these bytes complete, without their ends and without empty ones."""
        *lines, self._rest = _LINE_END.split(self._rest + data)
        if lines and self._overlong:
            lines, self._overlong = lines[1:], False
        if len(self._rest) > LONGEST_LINE:
            self.dropped += not self._overlong
            self._rest, self._overlong = b'', True
        return [line for line in lines if line]

    def drop_fragment(self) -> None:
        """Forget a line that was begun and not ended, so that it cannot become part of the next one."""
        self.dropped += bool(self._rest)
        self._rest, self._overlong = b'', False
