import logging
import threading
import time
from collections.abc import Callable

import serial

from .interface import CheckerState, Measurement
from .line_splitter import LineSplitter
from .serial_settings import SerialSettings

log = logging.getLogger(__name__)

SerialReport = Measurement | CheckerState
"""What the thread tells: a reading, or what the line is doing."""

OpenLine = Callable[[SerialSettings], serial.Serial]
"""Opens the port, in the thread of the worker."""

_CHUNK = 512


def open_line(settings: SerialSettings) -> serial.Serial:
    """The port, for this process alone. Raises `serial.SerialException` and `OSError`."""
    return serial.Serial(
        settings.port,
        baudrate=settings.baud,
        bytesize=settings.data_bits,
        parity=settings.parity,
        stopbits=settings.stop_bits,
        timeout=settings.read_timeout,
        exclusive=True,
    )


class SerialWorker:
    """The thread that listens to one serial line and opens it again when it was unplugged.

    `report` is called in this thread.
    """

    def __init__(
        self, settings: SerialSettings, report: Callable[[SerialReport], None], open_port: OpenLine = open_line
    ) -> None:
        self._settings = settings
        self._report = report
        self._open_port = open_port
        self._asked_at: float | None = None
        self._stopping = threading.Event()
        self._splitter = LineSplitter()
        self._not_measurements = 0
        self._thread = threading.Thread(target=self._run, name=f'serial {settings.port}', daemon=True)

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    @property
    def ignored_lines(self) -> int:
        """Lines and fragments that were no measurement: a wrong pattern or baud rate shows here."""
        return self._not_measurements + self._splitter.dropped

    @property
    def overdue(self) -> bool:
        """Whether a call into the driver has not come back in time."""
        asked_at = self._asked_at
        return asked_at is not None and time.monotonic() - asked_at > self._settings.answer_timeout

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; it does within the read timeout."""
        self._stopping.set()

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with self._open() as line:
                    failures = 0
                    line.reset_input_buffer()
                    self._report(CheckerState.READY)
                    self._listen(line)
            except (serial.SerialException, OSError) as error:
                log.debug('%s: %s', self._settings.port, error)
            self._asked_at = None
            if not self._stopping.is_set():
                self._report(CheckerState.MISSING)
                self._stopping.wait(self._settings.back_off(failures))
                failures += 1

    def _open(self) -> serial.Serial:
        self._asked_at = time.monotonic()
        try:
            return self._open_port(self._settings)
        finally:
            self._asked_at = None

    def _listen(self, line: serial.Serial) -> None:
        heard_at = time.monotonic()
        while not self._stopping.is_set():
            self._asked_at = time.monotonic()
            data = line.read(min(max(1, line.in_waiting), _CHUNK))
            self._asked_at = None
            now = time.monotonic()
            if now - heard_at > self._settings.line_patience:
                self._splitter.drop_fragment()
            if data:
                heard_at = now
                self._read_lines(data, now)

    def _read_lines(self, data: bytes, now: float) -> None:
        for line in self._splitter.feed(data):
            measurement = self._settings.pattern.read(line, now)
            if measurement is None:
                self._not_measurements += 1
            else:
                self._report(measurement)
