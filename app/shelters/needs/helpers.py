"""Tasks of a shelter, who takes them and when."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.needs.models import ShelterTask, TaskHelper
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

TASK_ADDED = 'shelters.task_added'
TASK_ENDED = 'shelters.task_ended'
TASK_TAKEN = 'shelters.task_taken'
TASK_GIVEN_BACK = 'shelters.task_given_back'
LONGEST_TITLE, LONGEST_NAME, MOST_HELPERS = 100, 100, 500


class HelpRefused(Exception):
    """Nothing was written; the message names the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEntry:
    """Work to be done, from a time until another."""

    shelter: UUID
    title: str
    helpers: int
    starts_at: datetime
    ends_at: datetime
    practice: bool


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who takes a task."""

    id: UUID
    name: str = field(repr=False)
    """Empty once the key was thrown away."""


@dataclass(frozen=True, slots=True)
class TaskInfo:
    """A task, and who takes it."""

    id: UUID
    entry: TaskEntry
    helpers: tuple[Helper, ...]

    @property
    def lacking(self) -> int:
        """So many helpers are still wanted."""
        return max(0, self.entry.helpers - len(self.helpers))


class HelperBook:
    """Tasks and shifts of the shelters of this box."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """A task of this shelter was added, taken, given back or ended."""

    async def add_task(self, entry: TaskEntry, actor: Actor) -> UUID:
        """Add work to be done.

        Raises:
            HelpRefused: no title, no helpers, or an end that is not after the start.
        """
        _check(entry)

        async def work(tx: Transaction) -> UUID:
            columns = {name: getattr(entry, name) for name in TaskEntry.__slots__}
            row = await ShelterTask.create(id=uuid.uuid4(), **columns, using_db=tx.connection)
            await self._write(tx, TASK_ADDED, entry.shelter, row.id, actor, practice=entry.practice)
            return row.id

        return await transaction(work)

    async def take(self, task: UUID, name: str, actor: Actor) -> UUID:
        """Somebody takes a task; the name is sealed under this shift.

        Raises:
            HelpRefused: no name, or the task has ended.
        """
        words = name.strip()
        if not words or len(words) > LONGEST_NAME:
            raise HelpRefused('name')
        helper = uuid.uuid4()
        await self._vault.ensure([(helper, RecordClass.SHELTER)])

        async def work(tx: Transaction) -> UUID:
            row = await _open_task(tx, task)
            sealed = self._vault.seal((helper, RecordClass.SHELTER), _helper_place(helper), words)
            await TaskHelper.create(id=helper, task=task, details=sealed, taken_at=clock.now(), using_db=tx.connection)
            line = Sealed(helper, RecordClass.SHELTER, {'name': words})
            await self._write(tx, TASK_TAKEN, row.shelter, task, actor, practice=row.practice, sealed=line)
            return helper

        return await transaction(work)

    async def give_back(self, helper: UUID, actor: Actor) -> None:
        """They cannot come after all.

        Raises:
            HelpRefused: nobody of this id has a task that goes on.
        """

        async def work(tx: Transaction) -> None:
            row = await TaskHelper.get_or_none(id=helper, ended_at=None, using_db=tx.connection)
            if row is None:
                raise HelpRefused('helper')
            task = await _open_task(tx, row.task)
            await TaskHelper.filter(id=helper).using_db(tx.connection).update(ended_at=clock.now())
            await self._write(tx, TASK_GIVEN_BACK, task.shelter, task.id, actor, practice=task.practice)

        await transaction(work)

    async def end_task(self, task: UUID, actor: Actor) -> None:
        """Done, or not needed any more.

        Raises:
            HelpRefused: it has ended before.
        """

        async def work(tx: Transaction) -> None:
            row = await _open_task(tx, task)
            await ShelterTask.filter(id=task).using_db(tx.connection).update(ended_at=clock.now())
            await self._write(tx, TASK_ENDED, row.shelter, task, actor, practice=row.practice)

        await transaction(work)

    async def tasks(self, shelter: UUID, *, practice: bool) -> Sequence[TaskInfo]:
        """What is to be done, the earliest first."""
        rows = await ShelterTask.filter(shelter=shelter, practice=practice, ended_at=None).order_by('starts_at')
        taken = await TaskHelper.filter(task__in=[row.id for row in rows], ended_at=None).order_by('taken_at')
        return [self._task(row, [one for one in taken if one.task == row.id]) for row in rows]

    async def _write(
        self,
        tx: Transaction,
        kind: str,
        shelter: UUID,
        subject: UUID,
        actor: Actor,
        *,
        practice: bool,
        sealed: Sealed | None = None,
    ) -> None:
        payload = {'practice': practice}
        lines = (sealed,) if sealed else ()
        act = Act(kind=kind, actor=actor, subjects=(shelter, subject), payload=payload, sealed=lines)
        await self._journal.append(tx, act)
        tx.after_commit(lambda: self.CHANGED.emit(shelter))

    def _task(self, row: ShelterTask, taken: Sequence[TaskHelper]) -> TaskInfo:
        entry = TaskEntry(**{name: getattr(row, name) for name in TaskEntry.__slots__})
        return TaskInfo(row.id, entry, tuple(Helper(one.id, self._name(one)) for one in taken))

    def _name(self, row: TaskHelper) -> str:
        return self._vault.open((row.id, RecordClass.SHELTER), _helper_place(row.id), row.details) or ''


async def _open_task(tx: Transaction, task: UUID) -> ShelterTask:
    row = await ShelterTask.get_or_none(id=task, ended_at=None, using_db=tx.connection)
    if row is None:
        raise HelpRefused('task')
    return row


def _check(entry: TaskEntry) -> None:
    if not entry.title.strip() or len(entry.title) > LONGEST_TITLE:
        raise HelpRefused('title')
    if not 1 <= entry.helpers <= MOST_HELPERS:
        raise HelpRefused('helpers')
    if entry.ends_at <= entry.starts_at:
        raise HelpRefused('ends_at')


def _helper_place(helper: UUID) -> str:
    return f'task_helper.details.{helper}'
