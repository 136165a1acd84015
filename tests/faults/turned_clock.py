"""A wall clock that tests turn under a running box, while its monotonic clock goes on (libfaketime)."""

import os
from collections.abc import Mapping
from pathlib import Path

_LIBRARIES = Path('/usr/lib')


class TurnedClock:
    """The wall clock of one box; it begins right."""

    def __init__(self, place: Path) -> None:
        self._file = place / 'wall_clock'
        self.right()

    @property
    def environment(self) -> Mapping[str, str]:
        """What the box must be started with."""
        (library, *_) = sorted(_LIBRARIES.glob('*/faketime/libfaketimeMT.so.1'))
        return {
            'LD_PRELOAD': str(library),
            'FAKETIME_TIMESTAMP_FILE': str(self._file),
            'FAKETIME_NO_CACHE': '1',
            'FAKETIME_DONT_FAKE_MONOTONIC': '1',
        }

    def right(self) -> None:
        """Set it right."""
        self.turn('+0')

    def turn(self, to: str) -> None:
        """`+3600` and `-3600` are seconds from the right time; `@1970-01-01 00:00:00` runs on from that time."""
        written = self._file.with_suffix('.new')
        written.write_text(to)
        os.replace(written, self._file)
