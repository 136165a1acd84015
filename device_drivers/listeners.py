"""The callbacks of a device."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar('T')
log = logging.getLogger(__name__)


class Listeners(Generic[T]):
    """The callbacks of one device; one that fails is logged and does not keep the event from the others."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[T], None]] = []

    def add(self, callback: Callable[[T], None]) -> Callable[[], None]:
        """Subscribe; the answer unsubscribes, and may be called more than once."""
        entry = [callback]
        self._callbacks.append(callback)

        def remove() -> None:
            if entry:
                self._callbacks.remove(entry.pop())

        return remove

    def emit(self, event: T) -> None:
        """Tell everybody."""
        for callback in tuple(self._callbacks):
            try:
                callback(event)
            except Exception:
                log.exception('A listener of %s failed', type(event).__name__)
