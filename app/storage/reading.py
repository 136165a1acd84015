"""Large reads on connections of their own that cannot write, in threads of their own."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar('T')
READERS = 2


class ReadOnlyDatabase:
    """A few read-only connections to the database of the box."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix='read-only')
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []

    @property
    def database(self) -> Path:
        """The file that is read."""
        return self._database

    async def read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Run the query function in a thread; rows are `sqlite3.Row`."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, query)

    def close(self) -> None:
        """Wait for the running reads and close."""
        self._threads.shutdown(wait=True)
        for connection in self._opened:
            connection.close()

    def _run(self, query: Callable[[sqlite3.Connection], T]) -> T:
        if not hasattr(self._local, 'connection'):
            self._local.connection = open_read_only(self._database, check_same_thread=False)
            self._opened.append(self._local.connection)
        return query(self._local.connection)


def open_read_only(database: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    """A connection that refuses to write."""
    connection = sqlite3.connect(
        f'file:{database}?mode=ro', uri=True, isolation_level=None, check_same_thread=check_same_thread
    )
    connection.row_factory = sqlite3.Row
    connection.execute('PRAGMA query_only=ON')
    return connection
