"""Typed events inside the box: emitted on the event loop, after the commit."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar('T')
log = logging.getLogger(__name__)


class Event(Generic[T]):
    """Something that happened, told to everyone who listens, in the order in which they came."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Call the listener at every emission until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._forget(listener)

    def emit(self, value: T) -> None:
        """Tell all listeners; one that fails does not keep the others from hearing it."""
        for listener in list(self._listeners):
            try:
                listener(value)
            except Exception:
                log.exception('A listener failed')

    def _forget(self, listener: Callable[[T], None]) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)
