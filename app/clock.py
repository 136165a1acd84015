"""The only place that asks the operating system for the time."""

import ctypes
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo('Asia/Tokyo')
BUILT_ON = datetime(2026, 11, 1, tzinfo=UTC)
STEP_SECONDS = 2.0
_STA_UNSYNC = 0x0040
_TIME_ERROR = 5


class ClockQuality(StrEnum):
    """How far the wall clock can be believed."""

    SYNCHRONISED = 'synchronised'
    UNSYNCHRONISED = 'unsynchronised'
    STEPPED = 'stepped'
    UNKNOWN = 'unknown'
    RECONSTRUCTED = 'reconstructed'

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at the clock."""
        return self in (ClockQuality.STEPPED, ClockQuality.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time with everything that is needed to judge it, or to correct it later."""

    at: datetime
    """Wall time with zone (Asia/Tokyo)."""
    monotonic_ns: int
    """Nanoseconds since an unspecified point of this boot; never goes back."""
    boot_id: str
    quality: ClockQuality

    def seconds_since(self, earlier: 'Moment') -> float:
        """Seconds from the earlier moment, by the monotonic clock within one boot, else by the wall clock."""
        if earlier.boot_id == self.boot_id:
            return (self.monotonic_ns - earlier.monotonic_ns) / 1e9
        return (self.at - earlier.at).total_seconds()


class SystemClock:
    """The clocks of this machine; remembers a step of the wall clock until it is explained."""

    def __init__(self) -> None:
        self.boot_id = _boot_id()
        self._offset_ns = self._wall_minus_monotonic()
        self._stepped_from_ns: int | None = None
        self._synchronised_at_step = False

    def now(self) -> datetime:
        """Wall time with zone (Asia/Tokyo)."""
        return datetime.now(TOKYO)

    def monotonic_ns(self) -> int:
        """Nanoseconds that never go back."""
        return time.monotonic_ns()

    def moment(self) -> Moment:
        """Now, with the quality of the clock."""
        return Moment(self.now(), self.monotonic_ns(), self.boot_id, self.quality())

    def quality(self) -> ClockQuality:
        """How far the wall clock can be believed now."""
        synchronised = kernel_is_synchronised()
        self._watch_for_step(synchronised)
        if self.now() < BUILT_ON:
            return ClockQuality.UNKNOWN
        if self._stepped_from_ns is not None:
            return ClockQuality.STEPPED
        return ClockQuality.SYNCHRONISED if synchronised else ClockQuality.UNSYNCHRONISED

    def _watch_for_step(self, synchronised: bool) -> None:
        # The thread of the database asks for moments too: each value is read once.
        offset, before, stepped_from = self._wall_minus_monotonic(), self._offset_ns, self._stepped_from_ns
        if abs(offset - before) > STEP_SECONDS * 1e9 and stepped_from is None:
            self._synchronised_at_step = synchronised
            self._stepped_from_ns = stepped_from = before
        self._offset_ns = offset
        if stepped_from is None:
            return
        went_back = abs(offset - stepped_from) <= STEP_SECONDS * 1e9
        was_set_by_the_network = synchronised and not self._synchronised_at_step
        if went_back or was_set_by_the_network:
            self._stepped_from_ns = None

    @staticmethod
    def _wall_minus_monotonic() -> int:
        return time.time_ns() - time.monotonic_ns()


def now() -> datetime:
    """Wall time with zone (Asia/Tokyo)."""
    return _clock.now()


def today() -> date:
    """The calendar date in Tokyo."""
    return now().date()


def monotonic() -> float:
    """Seconds that never go back; for durations and periodic work."""
    return _clock.monotonic_ns() / 1e9


def moment() -> Moment:
    """Now, with monotonic time, boot id and the quality of the clock."""
    return _clock.moment()


@contextmanager
def use(clock: 'SystemClock | SettableClock') -> Iterator[None]:
    """Let the whole box ask another clock; for tests and replays."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield
    finally:
        _clock = before


class SettableClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, at: datetime, quality: ClockQuality = ClockQuality.SYNCHRONISED) -> None:
        self._at = at.astimezone(TOKYO)
        self._monotonic_ns = 1_000_000_000
        self._quality = quality
        self.boot_id = 'settable'

    def now(self) -> datetime:
        """The time that was set."""
        return self._at

    def monotonic_ns(self) -> int:
        """Nanoseconds that passed by `forward`."""
        return self._monotonic_ns

    def moment(self) -> Moment:
        """The time that was set, with the quality that was set."""
        return Moment(self._at, self._monotonic_ns, self.boot_id, self._quality)

    def forward(self, **duration: float) -> None:
        """Let time pass on both clocks; the arguments are those of `timedelta`."""
        passed = timedelta(**duration)
        self._at += passed
        self._monotonic_ns += round(passed.total_seconds() * 1e9)

    def step(self, to: datetime, quality: ClockQuality = ClockQuality.STEPPED) -> None:
        """Set the wall clock alone, as somebody turning it does."""
        self._at = to.astimezone(TOKYO)
        self._quality = quality


def kernel_is_synchronised() -> bool:
    """Whether the kernel's clock follows a time server (`adjtimex(2)`)."""
    buffer = ctypes.create_string_buffer(256)
    try:
        state = _c_library().adjtimex(buffer)
    except (OSError, AttributeError):
        return False
    status = int.from_bytes(buffer.raw[40:44], 'little')
    return 0 <= state < _TIME_ERROR and not status & _STA_UNSYNC


@cache
def _c_library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _boot_id() -> str:
    try:
        return Path('/proc/sys/kernel/random/boot_id').read_text(encoding='ascii').strip()
    except OSError:
        return 'unknown'


_clock: SystemClock | SettableClock = SystemClock()
