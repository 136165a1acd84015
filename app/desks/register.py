"""The desks of the box: which tablet belongs to which reader and job."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app import clock
from app.desks.models import Desk
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import Transaction, transaction

DESK_ADDED = 'desks.added'
DESK_REMOVED = 'desks.removed'
LONGEST_NAME = 100


class Job(StrEnum):
    """What a desk is for."""

    ATTENDANCE = 'attendance'
    VEHICLES = 'vehicles'
    SHELTER = 'shelter'


class DeskProblem(StrEnum):
    """Why a desk was not added."""

    NAME_TAKEN = 'name_taken'
    READER_TAKEN = 'reader_taken'
    BAD_NAME = 'bad_name'


class DeskRefused(Exception):
    """The desk was not added."""

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


class DeskRegister:
    """Adds, lists and removes desks."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[None] = Event()
        """A desk was added or removed."""

    async def all(self) -> list[DeskInfo]:
        """All desks in use, by name."""
        return [_info(row) for row in await Desk.filter(removed_at=None).order_by('name')]

    async def find(self, name: str) -> DeskInfo | None:
        """The desk of this name."""
        row = await Desk.get_or_none(name=name, removed_at=None)
        return _info(row) if row else None

    async def add(self, name: str, job: Job, reader: str, actor: Actor) -> DeskInfo:
        """Add a desk; a reader belongs to one desk.

        Raises:
            DeskRefused: the name or the reader is in use, or the name is empty or too long.
        """
        if not name.strip() or len(name) > LONGEST_NAME:
            raise DeskRefused(DeskProblem.BAD_NAME)
        desk = DeskInfo(uuid.uuid4(), name.strip(), job, reader)

        async def work(tx: Transaction) -> None:
            living = await Desk.filter(removed_at=None).using_db(tx.connection)
            if any(row.name == desk.name for row in living):
                raise DeskRefused(DeskProblem.NAME_TAKEN)
            if any(row.reader == desk.reader for row in living):
                raise DeskRefused(DeskProblem.READER_TAKEN)
            await Desk.create(id=desk.id, name=desk.name, job=str(job), reader=reader, using_db=tx.connection)
            payload = {'desk': str(desk.id), 'name': desk.name, 'job': str(job), 'reader': reader}
            await self._journal.append(tx, Act(kind=DESK_ADDED, actor=actor, desk=desk.id, payload=payload))
            tx.after_commit(lambda: self.CHANGED.emit(None))

        await transaction(work)
        return desk

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


def _info(row: Desk) -> DeskInfo:
    return DeskInfo(row.id, row.name, Job(row.job), row.reader)
