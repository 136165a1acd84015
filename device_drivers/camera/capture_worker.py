import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from .interface import CameraProblem, Still
from .limits import CameraSettings
from .opencv import cv2
from .picture_check import Frame, encode_frame
from .picture_header import PictureError

if TYPE_CHECKING:
    from cv2 import VideoCapture

log = logging.getLogger(__name__)

CaptureReport = Still | CameraProblem
"""What the thread tells: a picture, or why there is none."""


class CaptureWorker:
    """The thread that keeps one `cv2.VideoCapture` drained and encodes a frame when one is wanted or due.

    Frames are grabbed all the time, for a consumer that is slower than the camera falls behind for ever; only those
    looked at are decoded. A capture that fails once never recovers: it is released and opened anew after a back-off.
    `open_capture` and `report` are called in this thread.
    """

    def __init__(
        self,
        name: str,
        open_capture: Callable[[], 'VideoCapture'],
        settings: CameraSettings,
        report: Callable[[CaptureReport], None],
    ) -> None:
        self._open_capture = open_capture
        self._settings = settings
        self._report = report
        self._stopping = threading.Event()
        self._wanted = threading.Event()
        self._looked_at = float('-inf')
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; returns at once. It does when the camera answers or its silence is over."""
        self._stopping.set()

    def want(self) -> None:
        """Encode the next frame."""
        self._wanted.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                problem = self._watch()
            except (cv2.error, OSError) as error:
                log.debug('%s: %s', self._thread.name, type(error).__name__)
                problem = CameraProblem.UNREACHABLE
            if not self._stopping.is_set():
                self._report(problem)
                self._stopping.wait(self._settings.back_off(self._failures))
                self._failures += 1

    def _watch(self) -> CameraProblem:
        self._looked_at = float('-inf')
        capture = self._open_capture()
        try:
            if not capture.isOpened():
                return CameraProblem.UNREACHABLE
            if self._is_too_large(capture):
                return CameraProblem.BAD_PICTURE
            while not self._stopping.is_set():
                if not capture.grab():
                    return CameraProblem.NO_ANSWER
                if self._wanted.is_set() or time.monotonic() - self._looked_at >= self._settings.look_interval:
                    self._look(capture)
            return CameraProblem.STOPPED
        finally:
            capture.release()

    def _is_too_large(self, capture: 'VideoCapture') -> bool:
        pixels = capture.get(cv2.CAP_PROP_FRAME_WIDTH) * capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
        return bool(pixels > self._settings.limits.most_pixels)

    def _look(self, capture: 'VideoCapture') -> None:
        taken_at = time.monotonic()
        has_frame, frame = capture.retrieve()
        if not has_frame:
            return
        self._wanted.clear()
        self._looked_at = taken_at
        try:
            self._report(_still(np.asarray(frame, np.uint8), taken_at, self._settings))
        except PictureError:
            self._report(CameraProblem.BAD_PICTURE)
        else:
            self._failures = 0


def _still(frame: Frame, taken_at: float, settings: CameraSettings) -> Still:
    picture = encode_frame(frame, settings.limits)
    return Still(jpeg=picture.jpeg, width=picture.width, height=picture.height, taken_at=taken_at)
