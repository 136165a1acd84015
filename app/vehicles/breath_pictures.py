"""Pictures that go with a breath test: the display of the checker, and the driver where the city wants it."""

import asyncio
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app import clock
from app.children.supervisor import ChildError
from app.desks.devices import DeskDevices
from app.files.store import FileKind, FileStore, NewFile
from app.journal.line import Actor
from app.storage.failures import StorageError
from app.storage.transaction import Transaction, transaction
from app.vehicles.alcohol_values import CheckInfo
from app.vehicles.models import AlcoholPicture
from device_drivers.camera.interface import Camera, CameraError
from device_drivers.camera.picture_header import PictureError

FACE = 'face'
log = logging.getLogger(__name__)


class PictureState(StrEnum):
    """What became of a picture that was wanted."""

    WANTED = 'wanted'
    """Being taken; found after a restart, there is none."""
    KEPT = 'kept'
    MISSING = 'missing'


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureInfo:
    """A picture that was wanted of a breath test."""

    id: UUID
    is_face: bool
    """Of the driver; else of the display."""
    state: PictureState
    file: UUID | None


async def pictures_of(checks: Sequence[UUID]) -> dict[UUID, tuple[PictureInfo, ...]]:
    """The pictures that were wanted of these tests, by test; a test without is left out."""
    found: dict[UUID, tuple[PictureInfo, ...]] = {}
    for row in await AlcoholPicture.filter(check_id__in=list(checks)).order_by('kind', 'id'):
        info = PictureInfo(id=row.id, is_face=row.kind == FACE, state=PictureState(row.state), file=row.file)
        found[row.check_id] = (*found.get(row.check_id, ()), info)
    return found


class BreathPictures:
    """Takes pictures while the desk goes on; a camera that is away holds nobody up, and that is recorded."""

    def __init__(self, devices: DeskDevices, files: FileStore, *, face: bool) -> None:
        self._devices = devices
        self._files = files
        self._face = face
        self._taking: set[asyncio.Task[None]] = set()

    async def take(self, desk: UUID, check: CheckInfo) -> None:
        """Note which pictures are wanted, and begin to take them."""
        cameras = {FileKind.BREATH_DISPLAY: self._devices.display_camera(desk)}
        if self._face:
            cameras[FileKind.FACE] = self._devices.camera(desk)
        for kind, camera in cameras.items():
            if camera is not None:
                await self._begin(check, kind, camera)

    async def close(self) -> None:
        """Finish the pictures that are being taken."""
        await asyncio.gather(*self._taking)

    async def _begin(self, check: CheckInfo, kind: FileKind, camera: Camera) -> None:
        picture = uuid.uuid4()
        row = {'id': picture, 'check_id': check.id, 'kind': _short(kind), 'state': str(PictureState.WANTED)}

        async def work(tx: Transaction) -> None:
            await AlcoholPicture.create(**row, using_db=tx.connection)

        await transaction(work)
        task = asyncio.create_task(self._take(picture, check, kind, camera), name=f'{kind} {picture}')
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)

    async def _take(self, picture: UUID, check: CheckInfo, kind: FileKind, camera: Camera) -> None:
        try:
            still = await camera.still()
            new = NewFile(kind=kind, content=still.jpeg, subject=check.driver, record=check.id, taken_at=clock.now())
            file = await self._files.keep(new, Actor.system())
        except CameraError as error:
            await _settle(picture, PictureState.MISSING, reason=str(error.problem))
        except (PictureError, ChildError, StorageError) as error:
            log.warning('The picture of a breath test was not kept: %s', type(error).__name__)
            await _settle(picture, PictureState.MISSING, reason='not_kept')
        else:
            await _settle(picture, PictureState.KEPT, file=file.id)


async def _settle(picture: UUID, state: PictureState, *, file: UUID | None = None, reason: str = '') -> None:
    async def work(tx: Transaction) -> None:
        changes = {'state': str(state), 'file': file, 'reason': reason}
        await AlcoholPicture.filter(id=picture).using_db(tx.connection).update(**changes)

    try:
        await transaction(work)
    except StorageError as error:
        log.warning('What became of a picture was not recorded: %s', type(error).__name__)


def _short(kind: FileKind) -> str:
    return FACE if kind is FileKind.FACE else 'display'
