"""From the first line of the start to the last of the stop, and what ends a box that cannot go on."""

import asyncio
import gc
import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from app import service_manager
from app.commands.local_socket import LocalSocket, serve
from app.composition import open_box
from app.demonstration.city import furnish, is_real
from app.journal.journal import read_head
from app.journal.line import Actor
from app.runtime import Condition
from app.settings import SettingsError
from app.storage.failures import StorageError, StorageFailed
from app.storage.transaction import STORAGE_FAILED, transaction

EXIT_NOT_CLOSED = 70
EXIT_STORAGE_FAILED = 74
EXIT_DEVICE_HOPELESS = 75
RED_SCREEN_SECONDS = 3.0
LAST_RESORT_SECONDS = 8.0
WATCHDOG_PATIENCE_SECONDS = 2.0
THREAD_TURN_SECONDS = 0.0005
"""A tap passes through several threads, and waits so long at each that computes (Python's own 5 ms add up)."""
log = logging.getLogger(__name__)


class RealBoxInDemoMode(SettingsError):
    """Somebody wants to show a demonstration in the directory of a real box."""


@dataclass(slots=True)
class Lifecycle:
    """Starts and stops the box of one process."""

    condition: Condition
    stop_serving: Callable[[], None]
    announce: Callable[[Condition], None]
    """Called when the box is open and everything may be used."""
    exit_code: int = 0
    is_closed: bool = False
    """Everything that was to be done at the end is done."""
    _socket: LocalSocket | None = None
    _endings: list[Callable[[], None]] = field(default_factory=list)
    _pending: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> None:
        """Open the box. A damaged database leaves it closed, and the kiosks say so; a wrong setting raises.

        Raises:
            SettingsError: it names the setting.
        """
        condition = self.condition
        sys.setswitchinterval(THREAD_TURN_SECONDS)
        _spare_what_stays()
        self._endings.append(STORAGE_FAILED.listen(self._storage_failed))
        try:
            condition.box = await open_box(condition.directory, condition.settings, demo=condition.demo)
            if condition.demo:
                await self._furnish()
        except StorageError as error:
            log.critical('Nothing can be recorded: %s', error)
            condition.failure = error
        else:
            await self._begin()
        self.announce(condition)
        _spare_what_stays()
        service_manager.notify('READY=1')

    async def stop(self) -> None:
        """Close the box, unless the disk has failed: then the next start must check everything."""
        service_manager.notify('STOPPING=1')
        try:
            await self._close()
        except Exception:
            self.exit_code = self.exit_code or EXIT_NOT_CLOSED
            log.critical('The box did not close as it should; the next start checks the database')
            if self.condition.box is not None:
                await self.condition.box.database.abandon()
            raise
        finally:
            self.is_closed = True
            self._end_even_with_stuck_threads()

    async def _close(self) -> None:
        for end in self._endings:
            end()
        if self._socket is not None:
            await self._socket.close()
        if self.condition.box is not None and not isinstance(self.condition.failure, StorageFailed):
            await self.condition.box.close()

    async def _begin(self) -> None:
        box = self.condition.require_box()
        self._endings.append(box.HOPELESS.listen(lambda _none: self._end(EXIT_DEVICE_HOPELESS)))
        await box.begin()
        await box.checkpoint()
        self._socket = await serve(box)
        if (seconds := service_manager.watchdog_seconds()) is not None:
            box.upkeep.every(seconds, 'watchdog', self._tell_alive)

    async def _furnish(self) -> None:
        box = self.condition.require_box()
        if await is_real(box):
            raise RealBoxInDemoMode(f'{box.directory.root}: this is the directory of a real box')
        await furnish(box)
        for desk in await box.desks.all():
            code = await box.access.enrolment.issue(desk.id, Actor.system())
            self.condition.enrolment_codes[desk.name] = code

    async def _tell_alive(self) -> None:
        async with asyncio.timeout(WATCHDOG_PATIENCE_SECONDS):
            await transaction(read_head)
        service_manager.notify('WATCHDOG=1')

    def _storage_failed(self, fault: StorageFailed) -> None:
        if self.condition.failure is None:
            self.condition.failure = fault
            self._end(EXIT_STORAGE_FAILED)

    def _end(self, exit_code: int) -> None:
        self.exit_code = self.exit_code or exit_code
        self._end_even_with_stuck_threads()
        task = asyncio.create_task(self._end_soon())
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

    def _end_even_with_stuck_threads(self) -> None:
        # Threads that wait for a broken disk or reader outlive the event loop, and the process with them.
        last_resort = threading.Timer(LAST_RESORT_SECONDS, os._exit, (self.exit_code,))
        last_resort.daemon = True
        last_resort.start()

    async def _end_soon(self) -> None:
        await asyncio.sleep(RED_SCREEN_SECONDS)
        log.critical('The box ends so that the service manager starts it again')
        self.stop_serving()


def _spare_what_stays() -> None:
    """Looking through all that was loaded for the start would hold up taps for 0.2 s whenever much is made at once."""
    gc.freeze()
    gc.enable()
