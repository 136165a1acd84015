import asyncio
from collections.abc import Callable

from device_drivers.camera.interface import Camera, CameraChanged, CameraError, CameraProblem, CameraState


class Witness:
    """Keeps what a camera tells, and waits for it."""

    def __init__(self, camera: Camera) -> None:
        self.events: list[CameraChanged] = []
        self._heard = asyncio.Event()
        camera.listen(self._hear)

    @property
    def states(self) -> list[CameraState]:
        return [event.state for event in self.events]

    @property
    def problems(self) -> list[CameraProblem]:
        return [event.problem for event in self.events if event.problem is not None]

    async def until_state(self, state: CameraState) -> None:
        await self.until(lambda: bool(self.events) and self.events[-1].state is state)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not holds():
                self._heard.clear()
                await self._heard.wait()

    def _hear(self, event: CameraChanged) -> None:
        self.events.append(event)
        self._heard.set()


async def problem_of(camera: Camera) -> CameraProblem:
    """Why this camera gives no picture."""
    try:
        await camera.still()
    except CameraError as error:
        return error.problem
    raise AssertionError('the camera gave a picture')
