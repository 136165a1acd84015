from collections.abc import Callable

from device_drivers.camera.interface import Camera, CameraError, CameraState

from .interface import CheckerError, CheckerEvent, CheckerProblem, CheckerState, Measurement
from .outlet import Outlet
from .typed import parse_typed, typed_measurement


class PhotoChecker:
    """A checker whose display is photographed while a person types what it shows (`AlcoholChecker`).

    The picture is evidence only; the number is the person's, nothing is read from the picture. The camera belongs to
    whoever opened it: it is neither started nor stopped here.
    """

    def __init__(self, address: str, camera: Camera) -> None:
        self.address = address
        self._camera = camera
        self._outlet = Outlet(address)
        self._unsubscribe: Callable[[], None] | None = None

    @property
    def state(self) -> CheckerState:
        """Ready while the camera has a picture."""
        return self._outlet.state

    def start(self) -> None:
        """Take readings from now on; a second call changes nothing."""
        if self._unsubscribe is not None:
            return
        self._unsubscribe = self._camera.listen(lambda _: self._follow_camera())
        self._follow_camera()

    async def stop(self) -> None:
        """Take no more readings; a pending measurement ends in `CheckerError` (stopped)."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._outlet.fail(CheckerProblem.STOPPED)
        self._outlet.change(CheckerState.STOPPED)

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def measure(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """The next reading that is entered, with its photo: see `AlcoholChecker.measure`."""
        return await self._outlet.take(timeout)

    async def enter(self, text: str) -> Measurement:
        """A person typed what the display shows; the picture is taken now.

        Raises `CheckerError`: not_a_value, impossible_value, no_photo, stopped. Whoever waits then goes on waiting.
        """
        if self._unsubscribe is None:
            raise CheckerError(CheckerProblem.STOPPED)
        parse_typed(text)
        measurement = typed_measurement(text, await self._take_photo())
        if self._unsubscribe is None:
            raise CheckerError(CheckerProblem.STOPPED)
        self._outlet.give(measurement)
        return measurement

    async def _take_photo(self) -> bytes:
        try:
            return (await self._camera.still()).jpeg
        except CameraError as error:
            raise CheckerError(CheckerProblem.NO_PHOTO) from error

    def _follow_camera(self) -> None:
        if self._camera.state is CameraState.READY:
            self._outlet.change(CheckerState.READY)
        elif self._camera.state is CameraState.STARTING:
            self._outlet.change(CheckerState.STARTING)
        else:
            self._outlet.change(CheckerState.MISSING)
