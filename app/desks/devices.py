"""The alcohol checkers and cameras of the desks, opened once each, and given back when no desk has them any more."""

import asyncio
import importlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.desks.device_addresses import display_camera, shown_address
from app.desks.register import DeskInfo
from app.events import Event
from device_drivers.alcohol_checker.interface import AlcoholChecker, CheckerEvent
from device_drivers.alcohol_checker.line_pattern import LinePattern
from device_drivers.alcohol_checker.registry import open_checker
from device_drivers.camera.interface import Camera, CameraChanged
from device_drivers.camera.limits import CameraSettings
from device_drivers.camera.registry import normalise_address, open_camera

PICTURE_SECONDS = 5.0
"""How long a picture is waited for; the person at the desk has left by then."""
log = logging.getLogger(__name__)
Device = AlcoholChecker | Camera


class DeviceKind(StrEnum):
    """What a desk may have beside its card reader."""

    CHECKER = 'checker'
    CAMERA = 'camera'


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """Something was heard from a device of a desk."""

    desk: UUID
    event: CheckerEvent | CameraChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCondition:
    """How a device is. `address` without its secrets; `since` when it came into this state (Asia/Tokyo)."""

    desk: DeskInfo
    kind: DeviceKind
    address: str
    state: str
    since: datetime


class DeskDevices:
    """All checkers and cameras in use."""

    def __init__(self, patterns: Mapping[str, LinePattern]) -> None:
        self._patterns = patterns
        self._desks: dict[UUID, DeskInfo] = {}
        self._checkers: dict[str, AlcoholChecker] = {}
        self._cameras: dict[str, Camera] = {}
        self._since: dict[Device, datetime] = {}
        self.HEARD: Event[DeskEvent] = Event()
        """A checker or a camera of a desk said something."""
        self.CHANGED: Event[None] = Event()
        """Desks have other devices now."""

    async def keep(self, desks: Iterable[DeskInfo]) -> None:
        """Open the devices of these desks that are not open yet, and stop all others."""
        self._desks = {desk.id: desk for desk in desks}
        cameras = {camera for desk in self._desks.values() for camera in _cameras_of(desk)}
        await self._stop(self._checkers, {desk.checker for desk in self._desks.values()})
        await self._stop(self._cameras, cameras)
        if cameras:
            await asyncio.to_thread(importlib.import_module, 'device_drivers.camera.opencv')
        for desk in self._desks.values():
            self._open(desk)
        self.CHANGED.emit(None)

    def checker(self, desk: UUID) -> AlcoholChecker | None:
        """The alcohol checker of a desk; None where it has none, and values are typed."""
        info = self._desks.get(desk)
        return self._checkers.get(info.checker) if info else None

    def camera(self, desk: UUID) -> Camera | None:
        """The camera that sees the driver."""
        info = self._desks.get(desk)
        return self._cameras.get(info.camera) if info else None

    def display_camera(self, desk: UUID) -> Camera | None:
        """The camera that sees the display of the checker."""
        info = self._desks.get(desk)
        return self._cameras.get(display_camera(info.checker)) if info else None

    def conditions(self) -> list[DeviceCondition]:
        """How each device of each desk is, by the name of the desk; a camera of a display counts with its checker."""
        desks = sorted(self._desks.values(), key=lambda desk: desk.name)
        return [condition for desk in desks for condition in self._conditions_of(desk)]

    def of(self, desk: UUID) -> list[DeviceCondition]:
        """How the devices of this desk are."""
        info = self._desks.get(desk)
        return self._conditions_of(info) if info else []

    async def close(self) -> None:
        """Stop all devices."""
        self._desks = {}
        await self._stop(self._checkers, set())
        await self._stop(self._cameras, set())

    def _open(self, desk: DeskInfo) -> None:
        try:
            for address in _cameras_of(desk):
                self._use_camera(address)
            if desk.checker and desk.checker not in self._checkers:
                checker = open_checker(desk.checker, self._patterns, self._use_camera)
                self._checkers[desk.checker] = checker
                self._follow(checker, checker.listen, lambda info: info.checker == desk.checker)
                checker.start()
        except ValueError as error:
            log.error('Desk %s cannot use a device: %s', desk.name, type(error).__name__)

    def _use_camera(self, address: str) -> Camera:
        address = normalise_address(address)
        if address not in self._cameras:
            camera = open_camera(address, CameraSettings(patience=PICTURE_SECONDS))
            self._cameras[address] = camera
            self._follow(camera, camera.listen, lambda info: address in _cameras_of(info))
            camera.start()
        return self._cameras[address]

    def _follow(
        self, device: Device, listen: Callable[[Callable[..., None]], object], is_of: Callable[[DeskInfo], bool]
    ) -> None:
        state = [device.state]
        self._since[device] = clock.now()

        def heard(event: CheckerEvent | CameraChanged) -> None:
            if device.state is not state[0]:
                state[0] = device.state
                self._since[device] = clock.now()
            for desk in [each.id for each in self._desks.values() if is_of(each)]:
                self.HEARD.emit(DeskEvent(desk, event))

        listen(heard)

    async def _stop(self, devices: dict[str, AlcoholChecker] | dict[str, Camera], wanted: set[str]) -> None:
        for address in set(devices) - wanted:
            device = devices.pop(address)
            self._since.pop(device, None)
            await device.stop()

    def _conditions_of(self, desk: DeskInfo) -> list[DeviceCondition]:
        found = {
            DeviceKind.CHECKER: (desk.checker, self.checker(desk.id)),
            DeviceKind.CAMERA: (desk.camera, self.camera(desk.id)),
        }
        return [
            DeviceCondition(
                desk=desk,
                kind=kind,
                address=shown_address(address),
                state=str(device.state) if device else 'missing',
                since=self._since[device] if device else clock.now(),
            )
            for kind, (address, device) in found.items()
            if address
        ]


def _cameras_of(desk: DeskInfo) -> list[str]:
    return [camera for camera in (desk.camera, display_camera(desk.checker)) if camera]
