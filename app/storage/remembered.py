"""What is read at every step and changes seldom, kept in memory until somebody says that it changed."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar('T')
Facts = tuple[object, ...]


class Remembered(Generic[T]):
    """A value that is read when it is needed and was forgotten."""

    def __init__(self, read: Callable[[], Awaitable[T]]) -> None:
        self._read = read
        self._kept: tuple[T] | None = None
        self._changes = 0

    async def get(self) -> T:
        """The value. Never one that was read before it was last forgotten."""
        while self._kept is None:
            changes = self._changes
            value = await self._read()
            if changes == self._changes:
                self._kept = (value,)
        return self._kept[0]

    def forget(self) -> None:
        """It may have changed: call this after the commit."""
        self._kept = None
        self._changes += 1

    def amend(self, change: Callable[[T], T]) -> None:
        """It changed, and how is known: call this after the commit."""
        kept = self._kept
        self.forget()
        if kept is not None:
            self._kept = (change(kept[0]),)


class Worked(Generic[T]):
    """What was worked out of facts, for each of many things; worked out anew only where a fact differs."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Facts, T]] = {}

    def out(self, key: Hashable, facts: Facts, work: Callable[[], T]) -> T:
        """What these facts come to."""
        known = self._known.get(key)
        value = known[1] if known is not None and known[0] == facts else work()
        # The very facts of the last time are compared fastest.
        self._known[key] = (facts, value)
        return value
