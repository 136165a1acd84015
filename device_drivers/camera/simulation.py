import math
import time
from collections.abc import Callable
from enum import StrEnum

import numpy as np

from .interface import CameraChanged, CameraError, CameraProblem, CameraState, Still
from .limits import CameraSettings
from .opencv import cv2
from .outlet import Outlet
from .picture_check import Frame, check_picture, encode_frame
from .picture_header import PictureError

_WIDTH, _HEIGHT = 640, 360
_CENTRE, _RADIUS = (180, 180), 150
_PAPER, _INK = (245, 245, 245), (60, 40, 20)


class CameraMode(StrEnum):
    """What a simulated camera does."""

    MOVING = 'moving'
    FROZEN = 'frozen'
    """The same picture again and again."""

    CORRUPT = 'corrupt'
    """Pictures that break off in the middle."""

    GONE = 'gone'
    """Unplugged."""


class SimulatedCamera:
    """A camera without hardware (`Camera`): a clock whose hand goes round once a minute.

    `now` in seconds of a monotonic clock. Pictures are drawn when asked for.
    """

    def __init__(
        self,
        address: str,
        settings: CameraSettings | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings or CameraSettings()
        self._outlet = Outlet(address, self._settings)
        self._now = now
        self._mode = CameraMode.MOVING
        self._frozen_at = 0.0

    @property
    def address(self) -> str:
        """`sim:NAME`."""
        return self._outlet.address

    @property
    def state(self) -> CameraState:
        """What the camera is doing now."""
        return self._outlet.state

    def start(self) -> None:
        """Begin to watch; a second call changes nothing."""
        if self.state is CameraState.STOPPED:
            self._look()

    async def stop(self) -> None:
        """Stop watching."""
        self._outlet.stop()

    def listen(self, callback: Callable[[CameraChanged], None]) -> Callable[[], None]:
        """Call back with every change from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def still(self) -> Still:
        """The clock as it stands now: see `Camera.still`."""
        if self.state is CameraState.STOPPED:
            raise CameraError(CameraProblem.STOPPED)
        still = self._look()
        if still is None or self.state is not CameraState.READY:
            raise CameraError(self._outlet.problem or CameraProblem.NO_ANSWER)
        return still

    def show(self, mode: CameraMode) -> None:
        """Pretend a fault; `moving` ends it. A frozen camera is found out by its pictures, as a real one is."""
        self._mode = mode
        self._frozen_at = self._now()
        if self.state is not CameraState.STOPPED:
            self._look()

    def _look(self) -> Still | None:
        if self._mode is CameraMode.GONE:
            self._outlet.fail(CameraProblem.UNREACHABLE)
            return None
        try:
            still = self._take()
        except PictureError:
            self._outlet.fail(CameraProblem.BAD_PICTURE)
            return None
        self._outlet.give(still)
        return still

    def _take(self) -> Still:
        now = self._now()
        limits = self._settings.limits
        picture = encode_frame(draw_clock(self._frozen_at if self._mode is CameraMode.FROZEN else now), limits)
        if self._mode is CameraMode.CORRUPT:
            picture = check_picture(picture.jpeg[: len(picture.jpeg) // 2], limits)
        return Still(jpeg=picture.jpeg, width=picture.width, height=picture.height, taken_at=now)


def draw_clock(seconds: float) -> Frame:
    """A dial with its hand at `seconds` past the minute, and the seconds in figures to the millisecond."""
    frame = np.full((_HEIGHT, _WIDTH, 3), _PAPER, np.uint8)
    cv2.circle(frame, _CENTRE, _RADIUS, _INK, 6, cv2.LINE_AA)
    for mark in range(12):
        cv2.line(frame, _on_dial(mark * 5, 0.86), _on_dial(mark * 5, 0.95), _INK, 4, cv2.LINE_AA)
    cv2.line(frame, _CENTRE, _on_dial(seconds, 0.8), _INK, 6, cv2.LINE_AA)
    cv2.putText(frame, f'{seconds % 60:06.3f}', (370, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, _INK, 4, cv2.LINE_AA)
    return frame


def _on_dial(seconds: float, radius: float) -> tuple[int, int]:
    angle = math.tau * (seconds % 60) / 60
    return (
        round(_CENTRE[0] + _RADIUS * radius * math.sin(angle)),
        round(_CENTRE[1] - _RADIUS * radius * math.cos(angle)),
    )
