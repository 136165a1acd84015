import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import NoReturn

import httpx

from .http_client import ask, make_client
from .interface import CameraChanged, CameraError, CameraProblem, CameraState, Still
from .limits import CameraSettings
from .multipart import MultipartPictures, boundary_of
from .outlet import Outlet
from .picture_check import check_picture
from .picture_header import PictureError
from .url import CameraUrl

log = logging.getLogger(__name__)

_PICTURES = ('image/', 'application/octet-stream')


class HttpCamera:
    """A camera behind an HTTP address that answers with one picture, or with Motion JPEG (`Camera`).

    One picture is fetched again when somebody asks, and at every look; of a stream, only these pictures are decoded.
    """

    def __init__(self, url: CameraUrl, settings: CameraSettings | None = None) -> None:
        self._url = url
        self._settings = settings or CameraSettings()
        self._outlet = Outlet(url.shown, self._settings)
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._decoder: ThreadPoolExecutor | None = None
        self._failures = 0
        self._stall = CameraProblem.NO_ANSWER
        self.skipped_pictures = 0
        """Damaged pictures within streams that were passed over."""

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
        if self._task is not None:
            return
        self._outlet.change(CameraState.STARTING)
        self._decoder = ThreadPoolExecutor(max_workers=1, thread_name_prefix='camera')
        self._task = asyncio.create_task(self._run(), name=self.address)

    async def stop(self) -> None:
        """Stop watching and close the line; pending pictures end in `CameraError` (stopped)."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._decoder is not None:
            self._decoder.shutdown(wait=False)
        self._outlet.stop()

    def listen(self, callback: Callable[[CameraChanged], None]) -> Callable[[], None]:
        """Call back with every change from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def still(self) -> Still:
        """A picture that comes after this call: see `Camera.still`."""
        self._wake.set()
        return await self._outlet.take()

    async def _run(self) -> None:
        async with make_client(self._settings.silence) as client:
            while True:
                try:
                    await self._watch(client)
                except CameraError as error:
                    self._outlet.fail(error.problem)
                except Exception:
                    log.exception('%s failed', self.address)
                    self._outlet.fail(CameraProblem.WRONG_ANSWER)
                await asyncio.sleep(self._settings.back_off(self._failures))
                self._failures += 1

    async def _watch(self, client: httpx.AsyncClient) -> None:
        while True:
            self._wake.clear()
            await self._deliver(await self._fetch(client))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._settings.look_interval)

    async def _fetch(self, client: httpx.AsyncClient) -> bytes:
        self._stall = CameraProblem.NO_ANSWER
        try:
            async with asyncio.timeout(self._settings.silence) as limit, ask(client, self._url) as answer:
                kind = answer.headers.get('content-type', '').lower()
                if kind.startswith('multipart/'):
                    await self._follow(answer, limit)
                if not kind.startswith(_PICTURES):
                    raise CameraError(CameraProblem.WRONG_ANSWER)
                return await self._read(answer)
        except TimeoutError:
            raise CameraError(self._stall) from None

    async def _read(self, answer: httpx.Response) -> bytes:
        picture = bytearray()
        async for chunk in answer.aiter_raw():
            picture += chunk
            if len(picture) > self._settings.limits.most_bytes:
                raise CameraError(CameraProblem.BAD_PICTURE)
        return bytes(picture)

    async def _follow(self, answer: httpx.Response, limit: asyncio.Timeout) -> NoReturn:
        boundary = boundary_of(answer.headers['content-type'])
        if boundary is None:
            raise CameraError(CameraProblem.WRONG_ANSWER)
        pictures = MultipartPictures(boundary, self._settings.limits.most_bytes)
        looked_at = float('-inf')
        async for chunk in answer.aiter_raw():
            picture = _newest(pictures, chunk)
            is_due = time.monotonic() - looked_at >= self._settings.look_interval
            if picture is not None and (is_due or self._outlet.is_wanted) and await self._try(picture):
                looked_at = time.monotonic()
                limit.reschedule(asyncio.get_running_loop().time() + self._settings.silence)
        raise CameraError(CameraProblem.UNREACHABLE)

    async def _try(self, picture: bytes) -> bool:
        try:
            await self._deliver(picture)
        except CameraError as error:
            self._stall = error.problem
            self.skipped_pictures += 1
            return False
        return True

    async def _deliver(self, picture: bytes) -> None:
        came_at = time.monotonic()
        check = partial(check_picture, picture, self._settings.limits)
        try:
            checked = await asyncio.get_running_loop().run_in_executor(self._decoder, check)
        except PictureError as error:
            raise CameraError(CameraProblem.BAD_PICTURE) from error
        self._failures = 0
        self._outlet.give(
            Still(jpeg=checked.jpeg, width=checked.width, height=checked.height, taken_at=came_at),
        )


def _newest(pictures: MultipartPictures, chunk: bytes) -> bytes | None:
    try:
        return pictures.feed(chunk)
    except PictureError as error:
        raise CameraError(CameraProblem.BAD_PICTURE) from error
