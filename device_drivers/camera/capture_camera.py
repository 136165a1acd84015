import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from .capture_worker import CaptureReport, CaptureWorker
from .interface import CameraChanged, CameraProblem, CameraState, Still
from .limits import CameraSettings
from .outlet import Outlet

if TYPE_CHECKING:
    from cv2 import VideoCapture

_STOP_INTERVAL = 0.05
_CHECKS_PER_SILENCE = 10
_GRACE = 2.0


class CaptureCamera:
    """A camera that OpenCV opens (`Camera`): USB or RTSP. `open_capture` is called in the camera's own thread.

    A call into OpenCV cannot be interrupted. One that outlasts every time limit makes the camera `missing`; it is
    `ready` again when the call returns and a picture comes.
    """

    def __init__(self, address: str, open_capture: Callable[[], 'VideoCapture'], settings: CameraSettings) -> None:
        self._open_capture = open_capture
        self._settings = settings
        self._outlet = Outlet(address, settings)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._worker: CaptureWorker | None = None
        self._watchdog: asyncio.Task[None] | None = None
        self._heard_at = 0.0

    @property
    def address(self) -> str:
        """The address without its secrets."""
        return self._outlet.address

    @property
    def state(self) -> CameraState:
        """What the camera is doing now."""
        return self._outlet.state

    def start(self) -> None:
        """Begin to watch, in the running event loop; a second call changes nothing."""
        if self._worker is not None:
            return
        self._loop = asyncio.get_running_loop()
        self._outlet.change(CameraState.STARTING)
        self._heard_at = time.monotonic()
        self._worker = self._make_worker()
        self._worker.start()
        self._watchdog = asyncio.create_task(self._watch(), name=self.address)

    async def stop(self) -> None:
        """Stop watching; waits for the thread to let go, at most as long as a silent camera is waited for.

        A process that ends while the thread is within OpenCV would be aborted. Pending pictures end in `CameraError`
        (stopped).
        """
        worker, self._worker = self._worker, None
        self._outlet.stop()
        if self._watchdog is not None:
            self._watchdog.cancel()
            with suppress(asyncio.CancelledError):
                await self._watchdog
        if worker is not None:
            worker.stop()
            await self._wait_for_end(worker)

    def listen(self, callback: Callable[[CameraChanged], None]) -> Callable[[], None]:
        """Call back with every change from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def still(self) -> Still:
        """A picture that comes after this call: see `Camera.still`."""
        if self._worker is not None:
            self._worker.want()
        return await self._outlet.take()

    def _make_worker(self) -> CaptureWorker:
        def report(message: CaptureReport) -> None:
            self._from_thread(lambda: self._deliver(worker, message))

        worker = CaptureWorker(self.address, self._open_capture, self._settings, report)
        return worker

    def _deliver(self, worker: CaptureWorker, message: CaptureReport) -> None:
        if worker is not self._worker:
            return
        self._heard_at = time.monotonic()
        if isinstance(message, Still):
            self._outlet.give(message)
        else:
            self._outlet.fail(message)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._settings.silence / _CHECKS_PER_SILENCE)
            is_silent = time.monotonic() - self._heard_at > self._settings.silence + _GRACE
            if is_silent and self.state is not CameraState.MISSING:
                self._outlet.fail(CameraProblem.NO_ANSWER)

    async def _wait_for_end(self, worker: CaptureWorker) -> None:
        for _ in range(round((self._settings.silence + _GRACE) / _STOP_INTERVAL)):
            if not worker.alive:
                return
            await asyncio.sleep(_STOP_INTERVAL)

    def _from_thread(self, call: Callable[[], None]) -> None:
        if self._loop is None:
            return
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call)
