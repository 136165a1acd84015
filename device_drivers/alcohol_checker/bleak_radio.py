import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakBluetoothNotAvailableError, BleakDeviceNotFoundError, BleakError

from .interface import CheckerProblem
from .radio import RadioError

log = logging.getLogger(__name__)

_CONNECT_TIMEOUT = 20.0
_CLOSE_TIMEOUT = 5.0


class BleakLink:
    """An open connection (`RadioLink`)."""

    def __init__(self, client: BleakClient, characteristic: str) -> None:
        self._client = client
        self._characteristic = characteristic

    async def write(self, data: bytes) -> None:
        """Write and wait for the device's confirmation; raises `RadioError` (lost)."""
        try:
            await self._client.write_gatt_char(self._characteristic, data, response=True)
        except (BleakError, OSError, EOFError) as error:
            raise RadioError(CheckerProblem.LOST) from error

    async def close(self) -> None:
        """Disconnect, within five seconds."""
        with suppress(BleakError, OSError, EOFError, TimeoutError):
            async with asyncio.timeout(_CLOSE_TIMEOUT):
                await self._client.disconnect()


class BleakRadio:
    """Bluetooth of this box through BlueZ (`Radio`)."""

    def __init__(self, service: str, characteristic: str) -> None:
        self._service = service
        self._characteristic = characteristic

    async def connect(
        self,
        address: str,
        on_notification: Callable[[bytes], None],
        on_lost: Callable[[], None],
    ) -> BleakLink:
        """Connect and subscribe; raises `RadioError` (missing, no_service)."""
        client = BleakClient(
            address,
            disconnected_callback=lambda _: on_lost(),
            services=[self._service],
            timeout=_CONNECT_TIMEOUT,
        )
        link = BleakLink(client, self._characteristic)
        try:
            await self._subscribe(client, on_notification)
        except BaseException as error:
            await link.close()
            if not isinstance(error, Exception):
                raise
            log.debug('%s: %r', address, error)
            raise RadioError(_problem(error)) from error
        return link

    async def _subscribe(self, client: BleakClient, on_notification: Callable[[bytes], None]) -> None:
        def notified(_: BleakGATTCharacteristic, data: bytearray) -> None:
            on_notification(bytes(data))

        await client.connect()
        await client.start_notify(self._characteristic, notified)


def _problem(error: Exception) -> CheckerProblem:
    if isinstance(error, BleakDeviceNotFoundError | TimeoutError):
        return CheckerProblem.MISSING
    if isinstance(error, BleakBluetoothNotAvailableError | OSError | EOFError):
        return CheckerProblem.NO_SERVICE
    return CheckerProblem.MISSING
