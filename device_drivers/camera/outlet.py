import asyncio
import logging
from collections.abc import Callable

from device_drivers.listeners import Listeners

from .frozen import FrozenWatch
from .interface import CameraChanged, CameraError, CameraProblem, CameraState, Still
from .limits import CameraSettings

log = logging.getLogger(__name__)

_LOST = (CameraState.MISSING, CameraState.FROZEN)


class Outlet:
    """Where a camera's state and pictures come out: to its listeners, and to the calls that wait for a picture."""

    def __init__(self, address: str, settings: CameraSettings) -> None:
        self.address = address
        self.state = CameraState.STOPPED
        self.problem: CameraProblem | None = None
        """Why the camera is missing or frozen."""

        self._patience = settings.patience
        self._watch = FrozenWatch(settings.frozen_pictures, settings.frozen_seconds)
        self._listeners: Listeners[CameraChanged] = Listeners()
        self._waiting: list[asyncio.Future[Still]] = []

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for a picture."""
        return bool(self._waiting)

    def listen(self, callback: Callable[[CameraChanged], None]) -> Callable[[], None]:
        """Call back with every change from now on; the answer unsubscribes."""
        return self._listeners.add(callback)

    async def take(self) -> Still:
        """The next picture: see `Camera.still`."""
        if self.state is CameraState.STOPPED:
            raise CameraError(CameraProblem.STOPPED)
        if self.state in _LOST:
            raise CameraError(self.problem or CameraProblem.NO_ANSWER)
        waiting: asyncio.Future[Still] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            async with asyncio.timeout(self._patience):
                return await waiting
        except TimeoutError:
            raise CameraError(CameraProblem.NO_ANSWER) from None
        finally:
            self._waiting.remove(waiting)

    def give(self, still: Still) -> None:
        """A picture came; one that shows a frozen camera reaches nobody."""
        if self._watch.is_frozen(still.jpeg, still.taken_at):
            self._refuse(CameraProblem.FROZEN)
            self.change(CameraState.FROZEN, CameraProblem.FROZEN)
            return
        self.change(CameraState.READY)
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(still)

    def fail(self, problem: CameraProblem) -> None:
        """There is no picture for this reason, until the next one comes."""
        self._watch.forget()
        self._refuse(problem)
        self.change(CameraState.MISSING, problem)

    def stop(self) -> None:
        """Nobody gets a picture any more."""
        self._watch.forget()
        self._refuse(CameraProblem.STOPPED)
        self.change(CameraState.STOPPED)

    def change(self, state: CameraState, problem: CameraProblem | None = None) -> None:
        """The state is this from now on; losing the camera and having it back is logged once each."""
        if (state, problem) == (self.state, self.problem):
            return
        if state in _LOST and self.state not in _LOST:
            log.warning('%s is lost: %s', self.address, problem)
        if state is CameraState.READY and self.state in _LOST:
            log.info('%s is back', self.address)
        self.state, self.problem = state, problem
        self._listeners.emit(CameraChanged(camera=self.address, state=state, problem=problem))

    def _refuse(self, problem: CameraProblem) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_exception(CameraError(problem))
