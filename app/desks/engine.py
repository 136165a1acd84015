"""Binds each desk to its reader and its job, and keeps one controller per desk running."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from uuid import UUID

from app.desks.devices import DeskDevices
from app.desks.readers import Readers
from app.desks.register import DeskInfo, DeskRegister, Job
from app.events import Event
from device_drivers.card_reader.interface import CardReader
from device_drivers.card_reader.pcsc_calls import PcscNotInstalled

log = logging.getLogger(__name__)


class DeskController(Protocol):
    """What runs a desk: takes the events of its reader and of its tablet, and tells what the tablet shows."""

    @property
    def desk(self) -> DeskInfo:
        """The desk that it runs."""

    @property
    def view(self) -> Any:
        """What the tablet shows now; a plain value of the room that owns the job."""

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Be told whenever the view changed; the answer ends it."""

    def redraw(self) -> None:
        """Something outside the desk changed what it shows."""

    async def close(self) -> None:
        """Finish what was begun and stop."""


ControllerFactory = Callable[[DeskInfo, CardReader], DeskController]


class DeskEngine:
    """The running desks of the box."""

    def __init__(
        self,
        register: DeskRegister,
        readers: Readers,
        devices: DeskDevices,
        jobs: Mapping[Job, ControllerFactory],
    ) -> None:
        self._register = register
        self._readers = readers
        self._devices = devices
        self._jobs = jobs
        self._refreshing = asyncio.Lock()
        self._running: dict[UUID, DeskController] = {}
        self._used: dict[UUID, CardReader] = {}
        self.CLOSED: Event[UUID] = Event()
        """A desk was taken out of use."""

    async def refresh(self) -> None:
        """Start the desks that are new, stop those that are gone, and let each have its devices."""
        async with self._refreshing:
            await self._refresh()

    def controller(self, desk: UUID) -> DeskController | None:
        """The controller of a running desk."""
        return self._running.get(desk)

    def running(self) -> list[DeskController]:
        """All running desks."""
        return list(self._running.values())

    def redraw(self) -> None:
        """Let all tablets show what changed for all of them, such as the quality of the clock."""
        for controller in self._running.values():
            controller.redraw()

    async def close(self) -> None:
        """Stop all desks."""
        for controller in self._running.values():
            await controller.close()
        self._running.clear()

    async def _refresh(self) -> None:
        desks = {desk.id: desk for desk in await self._register.all()}
        await self._devices.keep(desks.values())
        for gone in set(self._running) - set(desks):
            await self._stop(gone)
        for desk in desks.values():
            if desk.id not in self._running and desk.job in self._jobs:
                self._start(desk)

    async def _stop(self, desk: UUID) -> None:
        await self._running.pop(desk).close()
        await self._readers.give_back(self._used.pop(desk))
        self.CLOSED.emit(desk)

    def _start(self, desk: DeskInfo) -> None:
        try:
            reader = self._readers.use(desk.reader)
        except (ValueError, PcscNotInstalled) as error:
            log.error('Desk %s cannot use its reader: %s', desk.name, error)
            return
        self._used[desk.id] = reader
        self._running[desk.id] = self._jobs[desk.job](desk, reader)
