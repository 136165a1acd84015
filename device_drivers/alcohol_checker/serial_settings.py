import re
from dataclasses import dataclass

from .line_pattern import LinePattern

_FRAMING = re.compile(r'(?P<bits>[5-8])(?P<parity>[NEO])(?P<stop>[12])')


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialSettings:
    """How to listen to one serial line. Times in seconds; `framing` is data bits, parity (N, E, O) and stop bits."""

    port: str
    """The device's path; `/dev/serial/by-id/...` stays the same when the box restarts."""

    pattern: LinePattern
    baud: int = 9600
    framing: str = '8N1'
    read_timeout: float = 0.2
    """How long the thread sleeps at most before it looks whether it shall end."""

    line_patience: float = 2.0
    """A line begun and not ended within this is noise."""

    answer_timeout: float = 10.0
    """A call into the serial driver that takes longer hangs: its thread is given up."""

    first_back_off: float = 0.5
    last_back_off: float = 10.0

    def __post_init__(self) -> None:
        if _FRAMING.fullmatch(self.framing) is None:
            raise ValueError(f'{self.framing!r} is no framing such as 8N1')
        if not 0 < self.baud <= 4_000_000:
            raise ValueError(f'{self.baud} is no baud rate')
        times = (self.read_timeout, self.line_patience, self.first_back_off, self.answer_timeout)
        if min(times) <= 0 or self.last_back_off < self.first_back_off:
            raise ValueError('serial times must be positive, and the last back-off no shorter than the first')
        if self.answer_timeout <= self.read_timeout:
            raise ValueError('a line that is read for longer than it may take to answer always hangs')

    @property
    def data_bits(self) -> int:
        """Bits in a character."""
        return int(self.framing[0])

    @property
    def parity(self) -> str:
        """`N`, `E` or `O`."""
        return self.framing[1]

    @property
    def stop_bits(self) -> int:
        """Bits after a character."""
        return int(self.framing[2])

    def back_off(self, failures: int) -> float:
        """Pause after so many failures in a row: doubling up to the last."""
        return float(min(self.first_back_off * 2 ** min(failures, 16), self.last_back_off))
