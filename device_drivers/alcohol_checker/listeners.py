import logging
from collections.abc import Callable

from .interface import CheckerEvent

log = logging.getLogger(__name__)


class Listeners:
    """The callbacks of one checker; one that fails is logged and does not keep the event from the others."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[CheckerEvent], None]] = []

    def add(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Subscribe; the answer unsubscribes, and may be called more than once."""
        entry = [callback]
        self._callbacks.append(callback)

        def remove() -> None:
            if entry:
                self._callbacks.remove(entry.pop())

        return remove

    def emit(self, event: CheckerEvent) -> None:
        """Tell everybody."""
        for callback in tuple(self._callbacks):
            try:
                callback(event)
            except Exception:
                log.exception('a listener of %s failed', event.checker)
