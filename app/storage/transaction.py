"""The one way to change the database.

A task cancelled inside Tortoise's `in_transaction` keeps its lock for ever (domain/reliability.md 0.1), so one writer
task that nobody cancels runs all transactions. What waits at the same time shares one commit, and so one wait for the
disk.
"""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tortoise.backends.sqlite.client import SqliteClient

from app.events import Event
from app.storage.failures import StorageFailed, storage_error
from app.storage.writing_connection import writing_connection

T = TypeVar('T')
Statement = tuple[str, Sequence[object]]
"""SQL and the values for its question marks."""
Rows = list[dict[str, Any]]
MOST_AT_ONCE = 64
log = logging.getLogger(__name__)

STORAGE_FAILED: Event[StorageFailed] = Event()
"""The disk failed; nothing more is accepted until the process was started again."""


@dataclass(slots=True)
class Transaction:
    """An open transaction; queries inside it go through Tortoise as usual or through `connection`."""

    connection: SqliteClient
    asked: list[Rows] = field(default_factory=list)
    """The rows of each query that the work had `asking`."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What works of this transaction tell those that follow in it."""
    _after_commit: list[Callable[[], object]] = field(default_factory=list)
    _last: list[Statement] = field(default_factory=list)
    _deciding: sqlite3.Connection | None = None
    _is_committed: bool = False

    async def work(self, work: Callable[['Transaction'], Awaitable[T]], asking: Sequence[Statement]) -> T:
        """Begin if that was not done, write what the work before left for its end, ask, and do the work."""
        self.asked = await self._in_thread(lambda connection: self._begin_work(connection, asking))
        return await work(self)

    async def decide(self, decision: Callable[['Transaction'], T], *, is_last: bool) -> T:
        """Begin, decide, write what was decided and, after the last one, commit: all in one wait for the thread."""

        def act(connection: sqlite3.Connection) -> T:
            self._begin_work(connection, ())
            self._deciding = connection
            result = decision(self)
            self._deciding = None
            if is_last:
                self._write_last_and_commit(connection)
            return result

        return await self._in_thread(act)

    def ask(self, query: Statement) -> Rows:
        """The rows of a query; in a decision only."""
        assert self._deciding is not None  # noqa: S101 - what waits asks through Tortoise
        return _rows(self._deciding, query)

    def write_last(self, statement: Statement) -> None:
        """Write this when the work has ended, in the order of the calls; the work itself does not find it yet."""
        self._last.append(statement)

    async def write_what_is_left(self) -> None:
        """Write what the works so far left for their end."""
        if self._last:
            await self._in_thread(self._write_last)

    async def commit(self) -> None:
        """Write what was left for the end, and commit, unless the last decision did."""
        if not self._is_committed:
            await self._in_thread(self._write_last_and_commit)

    def after_commit(self, action: Callable[[], object]) -> None:
        """Do this once the commit is on the disk; not at all if it fails."""
        self._after_commit.append(action)

    def committed(self) -> None:
        """Do what waited for the commit."""
        for action in self._after_commit:
            action()

    def _write_last(self, connection: sqlite3.Connection) -> None:
        for sql, values in self._last:
            connection.execute(sql, values)
        self._last.clear()

    def _write_last_and_commit(self, connection: sqlite3.Connection) -> None:
        self._write_last(connection)
        connection.commit()
        self._is_committed = True

    def _begin_work(self, connection: sqlite3.Connection, asking: Sequence[Statement]) -> list[Rows]:
        if not connection.in_transaction:
            connection.execute('BEGIN IMMEDIATE')
        self._write_last(connection)
        return [_rows(connection, query) for query in asking]

    async def _in_thread(self, act: Callable[[sqlite3.Connection], T]) -> T:
        database: Any = self.connection._connection
        result: T = await database._execute(act, database._conn)
        return result


@dataclass(slots=True)
class _Waiting:
    run: Callable[[Transaction, bool], Awaitable[Any]]
    """The flag says whether nothing follows in the transaction."""
    is_decision: bool
    done: asyncio.Future[Any]


_waiting: deque[_Waiting] = deque()
_writer: asyncio.Task[None] | None = None


async def transaction(work: Callable[[Transaction], Awaitable[T]], asking: Sequence[Statement] = ()) -> T:
    """Run the work in a transaction and return its result after the commit.

    Each query waits for the thread of the database: the work finds in `asked` what came with its beginning, and what it
    leaves to `write_last` goes with its end.

    Keep it under 50 ms. The work commits even if the caller is cancelled, and may be run a second time when another one
    that shared its commit failed: everything it does outside the database belongs into `after_commit`. Never wait in it
    for hardware, the network or a task that queries.

    Raises:
        StorageFull, StorageBusy, StorageFailed: nothing of it was recorded.
    """
    return await _committed(lambda tx, _is_last: tx.work(work, asking), is_decision=False)


async def decided(decision: Callable[[Transaction], T]) -> T:
    """The same for what never waits: it runs in the thread of the database, so that all of it is one wait for it.

    It gets rows by `Transaction.ask`, leaves what it writes to `write_last`, and changes nothing else: it may be run a
    second time, as a work may.

    Raises:
        StorageFull, StorageBusy, StorageFailed: nothing of it was recorded.
    """
    return await _committed(lambda tx, is_last: tx.decide(decision, is_last=is_last), is_decision=True)


async def finish_transactions() -> None:
    """Wait until all transactions under way have ended; for stopping the box."""
    if _writer is not None and not _writer.done():
        await asyncio.wait([_writer])


def explained(error: Exception) -> Exception:
    """The storage fault behind an error, else the error; the whole box is told of a disk that failed."""
    fault = storage_error(error)
    if fault is None:
        return error
    fault.__cause__ = error
    if isinstance(fault, StorageFailed):
        log.critical('The disk failed: %s', fault)
        STORAGE_FAILED.emit(fault)
    return fault


async def _write() -> None:
    while _waiting:
        group = [_waiting.popleft() for _ in range(min(len(_waiting), MOST_AT_ONCE))]
        if not await _succeeded_together(group):
            for waiting in group:
                await _run_alone(waiting)


async def _succeeded_together(group: list[_Waiting]) -> bool:
    if len(group) == 1:
        return False
    try:
        results = await _commit(group)
    except Exception:
        return False
    for waiting, result in zip(group, results, strict=True):
        _answer(waiting, result)
    return True


async def _run_alone(waiting: _Waiting) -> None:
    try:
        (result,) = await _commit([waiting])
    except Exception as error:
        if not waiting.done.done():
            waiting.done.set_exception(explained(error))
            waiting.done.exception()
        return
    _answer(waiting, result)


async def _commit(group: list[_Waiting]) -> list[Any]:
    async with writing_connection(models=not all(each.is_decision for each in group)) as connection:
        opened = Transaction(connection)
        results = []
        for waiting in group:
            results.append(await waiting.run(opened, waiting is group[-1]))
        await opened.commit()
    opened.committed()
    return results


async def _committed(run: Callable[[Transaction, bool], Awaitable[T]], *, is_decision: bool) -> T:
    global _writer
    waiting = _Waiting(run, is_decision, asyncio.get_running_loop().create_future())
    _waiting.append(waiting)
    if _writer is None or _writer.done():
        _writer = asyncio.create_task(_write(), name='database writer')
    result: T = await waiting.done
    return result


def _rows(connection: sqlite3.Connection, query: Statement) -> Rows:
    return [dict(row) for row in connection.execute(*query).fetchall()]


def _answer(waiting: _Waiting, result: Any) -> None:
    if not waiting.done.done():
        waiting.done.set_result(result)
