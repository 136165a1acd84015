from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class CameraState(StrEnum):
    """What a camera is doing."""

    STARTING = 'starting'
    """Not heard of yet."""

    READY = 'ready'
    """It gives pictures that change."""

    FROZEN = 'frozen'
    """It sends the same picture again and again; ready by itself when the picture changes."""

    MISSING = 'missing'
    """Not plugged in, not answering, or answering with no picture; tried again with a back-off."""

    STOPPED = 'stopped'
    """`stop` was called, or `start` not yet."""


class CameraProblem(StrEnum):
    """Why there is no picture."""

    UNREACHABLE = 'unreachable'
    """No such device, or nobody answers at the address."""

    NO_ANSWER = 'no_answer'
    """Connected, and no picture within the time limit."""

    REFUSED = 'refused'
    """The camera wants another user name or password."""

    WRONG_ANSWER = 'wrong_answer'
    """The address answers with something that is no picture."""

    BAD_PICTURE = 'bad_picture'
    """A picture came and was damaged or too large; see `PictureProblem`."""

    FROZEN = 'frozen'
    """Only ever the same picture."""

    STOPPED = 'stopped'
    """The camera was stopped."""


class CameraError(Exception):
    """No picture, and why."""

    def __init__(self, problem: CameraProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One picture: a JPEG without metadata, its size in pixels, and when it came in seconds of the monotonic clock."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    taken_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraChanged:
    """The camera's state changed; `problem` says why it is missing."""

    camera: str
    state: CameraState
    problem: CameraProblem | None = None


class Camera(Protocol):
    """A source of still pictures; all methods belong to the event loop's thread, and events arrive there."""

    @property
    def address(self) -> str:
        """`usb:NAME`, `http://...`, `rtsp://...` or `sim:NAME`, without user name, password or other secrets."""

    @property
    def state(self) -> CameraState:
        """What the camera is doing now."""

    def start(self) -> None:
        """Begin to watch; returns at once. Called within a running event loop."""

    async def stop(self) -> None:
        """Stop watching; pending pictures end in `CameraError` (stopped)."""

    def listen(self, callback: Callable[[CameraChanged], None]) -> Callable[[], None]:
        """Call back with every change from now on; the answer unsubscribes."""

    async def still(self) -> Still:
        """A picture that came after this call. Raises `CameraError`; never waits longer than the camera's patience."""
