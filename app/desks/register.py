"""The desks of the box: which tablet belongs to which reader and job."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.desks.device_addresses import display_camera, port_of, shown_address
from app.desks.models import Desk
from app.desks.practice import Practices
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

DESK_ADDED = 'desks.added'
DESK_CHANGED = 'desks.changed'
DESK_REMOVED = 'desks.removed'
LONGEST_NAME = 100


class Job(StrEnum):
    """What a desk is for."""

    ATTENDANCE = 'attendance'
    VEHICLES = 'vehicles'
    SHELTER = 'shelter'


class DeskProblem(StrEnum):
    """Why a desk was not added or changed."""

    NAME_TAKEN = 'name_taken'
    READER_TAKEN = 'reader_taken'
    CHECKER_TAKEN = 'checker_taken'
    CAMERA_TAKEN = 'camera_taken'
    BAD_NAME = 'bad_name'
    GONE = 'gone'
    """There is no such desk any more."""


class DeskRefused(Exception):
    """The desk was not added or changed."""

    def __init__(self, problem: DeskProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class DeskInfo:
    """A desk of this box."""

    id: UUID
    name: str
    job: Job
    reader: str
    """Address of its card reader."""
    checker: str = field(default='', repr=False)
    """Address of its alcohol checker; empty: values are typed."""
    camera: str = field(default='', repr=False)
    """Address of the camera that sees the driver; empty: none. May hold a password."""
    practice_until: datetime | None = None
    """None, or past: what happens at it is recorded."""


class DeskRegister:
    """Adds, lists, changes and removes desks."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal
        self.practices = Practices(journal)
        self.CHANGED: Event[None] = Event()
        """A desk was added, changed or removed."""

    async def all(self) -> list[DeskInfo]:
        """All desks in use, by name."""
        return [self._info(row) for row in await Desk.filter(removed_at=None).order_by('name')]

    async def find(self, name: str) -> DeskInfo | None:
        """The desk of this name."""
        row = await Desk.get_or_none(name=name, removed_at=None)
        return self._info(row) if row else None

    async def add(
        self, name: str, job: Job, reader: str, actor: Actor, *, checker: str = '', camera: str = ''
    ) -> DeskInfo:
        """Add a desk; its devices belong to no other. Addresses as `DeviceAddresses` gives them.

        Raises:
            DeskRefused: the name or a device is in use, or the name is empty or too long.
        """
        if not name.strip() or len(name) > LONGEST_NAME:
            raise DeskRefused(DeskProblem.BAD_NAME)
        desk = DeskInfo(uuid.uuid4(), name.strip(), job, reader, checker, camera)
        await self._vault.ensure([(desk.id, RecordClass.VEHICLES)])

        async def work(tx: Transaction) -> None:
            self._refuse_taken(desk, await _living(tx))
            await Desk.create(
                id=desk.id, name=desk.name, job=str(job), reader=reader, **self._sealed(desk), using_db=tx.connection
            )
            payload = {'desk': str(desk.id), 'name': desk.name, 'job': str(job), 'reader': reader, **_devices(desk)}
            await self._journal.append(tx, Act(kind=DESK_ADDED, actor=actor, desk=desk.id, payload=payload))
            tx.after_commit(lambda: self.CHANGED.emit(None))

        await transaction(work)
        return desk

    async def change(
        self, desk: UUID, actor: Actor, *, checker: str | None = None, camera: str | None = None
    ) -> DeskInfo:
        """Give a desk another checker or camera; empty takes it away, None leaves it as it is.

        Raises:
            DeskRefused: another desk has the device, or the desk is gone.
        """
        await self._vault.ensure([(desk, RecordClass.VEHICLES)])

        async def work(tx: Transaction) -> DeskInfo:
            living = await _living(tx)
            before = next((self._info(row) for row in living if row.id == desk), None)
            if before is None:
                raise DeskRefused(DeskProblem.GONE)
            after = replace(
                before,
                checker=before.checker if checker is None else checker,
                camera=before.camera if camera is None else camera,
            )
            if after == before:
                return before
            self._refuse_taken(after, [row for row in living if row.id != desk])
            await Desk.filter(id=desk).using_db(tx.connection).update(**self._sealed(after))
            changes = {
                name: [_devices(before).get(name, ''), _devices(after).get(name, '')] for name in ('checker', 'camera')
            }
            payload = {'name': after.name, **{name: pair for name, pair in changes.items() if pair[0] != pair[1]}}
            await self._journal.append(tx, Act(kind=DESK_CHANGED, actor=actor, desk=desk, payload=payload))
            tx.after_commit(lambda: self.CHANGED.emit(None))
            return after

        return await transaction(work)

    async def remove(self, desk: UUID, actor: Actor) -> None:
        """Take a desk out of use; what was recorded at it stays."""

        async def work(tx: Transaction) -> None:
            row = await Desk.get_or_none(id=desk, removed_at=None, using_db=tx.connection)
            if row is None:
                return
            # The name becomes free for a new desk, and stays readable in the old lines.
            changes = {'removed_at': clock.now(), 'name': f'{row.name[:60]} ({str(row.id)[:8]})'}
            await Desk.filter(id=desk).using_db(tx.connection).update(**changes)
            await self._journal.append(tx, Act(kind=DESK_REMOVED, actor=actor, desk=desk, payload={'name': row.name}))
            tx.after_commit(lambda: self.CHANGED.emit(None))

        await transaction(work)

    def _refuse_taken(self, desk: DeskInfo, others: list[Desk]) -> None:
        for other in map(self._info, others):
            if other.name == desk.name:
                raise DeskRefused(DeskProblem.NAME_TAKEN)
            if other.reader == desk.reader:
                raise DeskRefused(DeskProblem.READER_TAKEN)
            if desk.checker and port_of(other.checker) == port_of(desk.checker):
                raise DeskRefused(DeskProblem.CHECKER_TAKEN)
            if _cameras(desk) & _cameras(other):
                raise DeskRefused(DeskProblem.CAMERA_TAKEN)

    def _sealed(self, desk: DeskInfo) -> dict[str, bytes | None]:
        owner = (desk.id, RecordClass.VEHICLES)
        given = {'checker': desk.checker, 'camera': desk.camera}
        return {
            name: self._vault.seal(owner, f'desk.{name}.{desk.id}', address) if address else None
            for name, address in given.items()
        }

    def _info(self, row: Desk) -> DeskInfo:
        owner = (row.id, RecordClass.VEHICLES)
        given = {'checker': row.checker, 'camera': row.camera}
        opened = {
            name: (self._vault.open(owner, f'desk.{name}.{row.id}', sealed) or '') if sealed else ''
            for name, sealed in given.items()
        }
        until = row.practice_until
        return DeskInfo(row.id, row.name, Job(row.job), row.reader, **opened, practice_until=until)


async def _living(tx: Transaction) -> list[Desk]:
    return await Desk.filter(removed_at=None).using_db(tx.connection)


def _cameras(desk: DeskInfo) -> set[str]:
    return {desk.camera, display_camera(desk.checker)} - {''}


def _devices(desk: DeskInfo) -> dict[str, str]:
    given = {'checker': desk.checker, 'camera': desk.camera}
    return {name: shown_address(address) for name, address in given.items() if address}
