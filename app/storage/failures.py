"""What can go wrong with the disk, told apart by what the box must do."""

import sqlite3
from collections.abc import Iterator

# The shared memory file keeps nothing that must last: where it cannot grow, there is no room.
_FULL = {'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'}
_BUSY = {'SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_BUSY_RECOVERY'}
_FATAL_PREFIXES = ('SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CANTOPEN')


class StorageError(Exception):
    """The act was not recorded."""


class StorageFull(StorageError):
    """No room is left on the disk; recording goes on when there is room again."""


class StorageBusy(StorageError):
    """Another program holds the database; trying again may help."""


class StorageFailed(StorageError):
    """The disk does not keep what it is given: nothing more may be accepted by this process."""


class DatabaseDamaged(StorageError):
    """The database at start is not what it was; a person must decide, the box must not begin empty."""


def storage_error(error: BaseException) -> StorageError | None:
    """The storage fault behind an exception, or None where the cause lies elsewhere."""
    for cause in _causes(error):
        if isinstance(cause, StorageError):
            return cause
        name = getattr(cause, 'sqlite_errorname', None)
        if isinstance(cause, sqlite3.Error) and isinstance(name, str):
            return _by_name(name)
    return None


def _by_name(name: str) -> StorageError | None:
    if name in _FULL:
        return StorageFull(name)
    if name in _BUSY:
        return StorageBusy(name)
    if name.startswith(_FATAL_PREFIXES):
        return StorageFailed(name)
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    yield error
    for inner in (*error.args, error.__cause__, error.__context__):
        if isinstance(inner, BaseException) and inner is not error:
            yield from _causes(inner)
