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

_CHUNK = 512


class SerialWorker:
    """The thread that listens to one serial line and opens it again when it was unplugged.

    `report` is called in this thread.
    """

    def __init__(self, settings: SerialSettings, report: Callable[[SerialReport], None]) -> None:
        self._settings = settings
        self._report = report
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
            if not self._stopping.is_set():
                self._report(CheckerState.MISSING)
                self._stopping.wait(self._settings.back_off(failures))
                failures += 1

    def _open(self) -> serial.Serial:
        return serial.Serial(
            self._settings.port,
            baudrate=self._settings.baud,
            bytesize=self._settings.data_bits,
            parity=self._settings.parity,
            stopbits=self._settings.stop_bits,
            timeout=self._settings.read_timeout,
            exclusive=True,
        )

    def _listen(self, line: serial.Serial) -> None:
        heard_at = time.monotonic()
        while not self._stopping.is_set():
            data = line.read(min(max(1, line.in_waiting), _CHUNK))
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
