import logging
from collections.abc import Callable

from .interface import CameraChanged

log = logging.getLogger(__name__)


class Listeners:
    """The callbacks of one camera; one that fails is logged and does not keep the event from the others."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[CameraChanged], None]] = []

    def add(self, callback: Callable[[CameraChanged], None]) -> Callable[[], None]:
        """Subscribe; the answer unsubscribes, and may be called more than once."""
        entry = [callback]
        self._callbacks.append(callback)

        def remove() -> None:
            if entry:
                self._callbacks.remove(entry.pop())

        return remove

    def emit(self, event: CameraChanged) -> None:
        """Tell everybody."""
        for callback in tuple(self._callbacks):
            try:
                callback(event)
            except Exception:
                log.exception('a listener of %s failed', event.camera)
