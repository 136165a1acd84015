import asyncio
from collections.abc import Callable, Sequence

from device_drivers.alcohol_checker.bactrack_protocol import START_TEST
from device_drivers.alcohol_checker.interface import CheckerProblem
from device_drivers.alcohol_checker.radio import RadioError

CLEAN_BREATH = bytes.fromhex('81dc070000cf010b009f056409b8050000')
SOME_ALCOHOL = bytes.fromhex('8130d00000d4014800ef058b0a31061a00')


def status(code: int, seconds: int = 0) -> bytes:
    return bytes([0x80, code, seconds, 0x00, 0x15, 0xE7])


GUIDED = (
    *(status(1, seconds) for seconds in (5, 4, 3, 2, 1)),
    status(2),
    *(status(3, seconds) for seconds in (5, 4, 3, 2, 1)),
    status(4),
    status(5),
)


class GattServer:
    """A simulated BACtrack with a radio around it (`Radio` and `RadioLink`)."""

    def __init__(self, script: Sequence[bytes] = (), on_connection: Sequence[bytes] = ()) -> None:
        self.script = script
        self.on_connection = on_connection
        self.problem: CheckerProblem | None = None
        self.hangs = False
        self.drops = False
        self.written: list[bytes] = []
        self.open_links = 0
        self._notify: Callable[[bytes], None] = lambda _: None
        self._lost: Callable[[], None] = lambda: None

    async def connect(
        self, address: str, on_notification: Callable[[bytes], None], on_lost: Callable[[], None]
    ) -> 'GattServer':
        if self.hangs:
            await asyncio.Event().wait()
        if self.problem is not None:
            raise RadioError(self.problem)
        self.open_links += 1
        self._notify, self._lost = on_notification, on_lost
        for notification in self.on_connection:
            on_notification(notification)
        return self

    async def write(self, data: bytes) -> None:
        self.written.append(data)
        assert data == START_TEST
        for notification in self.script:
            self._notify(notification)
            await asyncio.sleep(0)
        if self.drops:
            self._lost()

    async def close(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        self.open_links -= 1
