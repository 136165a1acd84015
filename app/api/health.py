"""How the box is, for those who keep many of them alive. Holds nothing personal."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app import clock
from app.exchange.sender import PeerState
from app.journal.history import History
from app.runtime import Box, Condition
from app.storage.backup import BACKUP_MADE
from app.vehicles.garoon_polling import GaroonState
from device_drivers.card_reader.interface import ReaderState


class Status(StrEnum):
    """In one word."""

    OK = 'ok'
    DEGRADED = 'degraded'
    FAILED = 'failed'


class ReaderHealth(BaseModel):
    """A card reader and the desk that it serves."""

    address: str
    state: str
    desk: str | None


class DeviceHealth(BaseModel):
    """An alcohol checker or a camera and the desk that it serves; the address without its secrets."""

    kind: str
    address: str
    state: str
    desk: str


class GaroonHealth(BaseModel):
    """The source of reservations."""

    state: str
    """`off` (no address is set), `starting`, `ok` or `away`."""
    last_answer: datetime | None


class PeerHealth(BaseModel):
    """Another box with which journal lines are exchanged."""

    name: str
    state: str
    last_contact: datetime | None
    """When it last answered, since this box was started."""
    waiting: int
    """How many lines it does not have yet."""


class BackupHealth(BaseModel):
    """The last backup that was made, checked and put where it belongs."""

    last: datetime | None
    overdue: bool
    """There is none, or it is older than the setting `backup.remind_days`."""


class Health(BaseModel):
    """The state of the box; `failed` comes with status 503."""

    status: Status
    version: str
    name: str
    database: str
    """`ok`, or what is wrong with it."""
    clock: str
    readers: list[ReaderHealth]
    devices: list[DeviceHealth]
    """Alcohol checkers and cameras of desks."""
    garoon: GaroonHealth
    exchange: list[PeerHealth]
    backup: BackupHealth | None
    """None while the box is not open."""
    trusted_roots: list[str]
    """The certificate authorities that the box believes."""
    demo: bool


def health_routes(condition: Condition) -> APIRouter:
    """`/health`; it answers even where the box could not be opened."""
    router = APIRouter(tags=['box'])

    @router.get('/health')
    async def health(response: Response) -> Health:
        """How the box is."""
        found = _health(condition, await _backup(condition.box))
        if found.status is Status.FAILED:
            response.status_code = 503
        return found

    return router


async def _backup(box: Box | None) -> BackupHealth | None:
    if box is None:
        return None
    line = await History(box.reading, box.vault).last(BACKUP_MADE)
    last = line.recorded_at if line else None
    return BackupHealth(last=last, overdue=last is None or clock.now() - last > box.settings.backup.longest_age)


def _health(condition: Condition, backup: BackupHealth | None) -> Health:
    box = condition.box
    readers = _readers(box) if box else []
    devices = _devices(box) if box else []
    peers = _peers(box) if box else []
    quality = clock.moment().quality
    failure = condition.failure
    return Health(
        status=_status(failure is not None, [*readers, *devices], peers, quality),
        version=version('machibako'),
        name=condition.settings.name,
        database=str(failure) if failure else 'ok',
        clock=str(quality),
        readers=readers,
        devices=devices,
        exchange=peers,
        backup=backup,
        garoon=_garoon(box),
        trusted_roots=list(box.trust.names) if box else [],
        demo=condition.demo,
    )


def _status(
    failed: bool, devices: Sequence[ReaderHealth | DeviceHealth], peers: list[PeerHealth], quality: clock.ClockQuality
) -> Status:
    if failed:
        return Status.FAILED
    if quality.doubtful or any(device.state != ReaderState.READY for device in devices):
        return Status.DEGRADED
    if any(peer.state in (PeerState.UNREACHABLE, PeerState.REFUSED) for peer in peers):
        return Status.DEGRADED
    return Status.OK


def _peers(box: Box) -> list[PeerHealth]:
    return [
        PeerHealth(name=peer.name, state=str(peer.state), last_contact=peer.last_contact, waiting=peer.waiting)
        for peer in box.exchange.health()
    ]


def _garoon(box: Box | None) -> GaroonHealth:
    if box is None:
        return GaroonHealth(state=GaroonState.OFF, last_answer=None)
    return GaroonHealth(state=box.vehicles.garoon.status.state, last_answer=box.vehicles.garoon.last_answer)


def _devices(box: Box) -> list[DeviceHealth]:
    return [
        DeviceHealth(kind=str(one.kind), address=one.address, state=one.state, desk=one.desk.name)
        for one in box.devices.conditions()
    ]


def _readers(box: Box) -> list[ReaderHealth]:
    desks = {controller.desk.reader: controller.desk.name for controller in box.engine.running()}
    return [
        ReaderHealth(address=address, state=str(state), desk=desks.get(address))
        for address, state in box.readers.states().items()
    ]
