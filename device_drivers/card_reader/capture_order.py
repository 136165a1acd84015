import threading
from collections.abc import Callable
from dataclasses import dataclass

from device_drivers.cards.credential import CardError

from .interface import Captured


@dataclass(slots=True, eq=False, repr=False)
class CaptureOrder:
    """A wish to take the next card for linking; `resolve` is called once, from any thread."""

    pin: str | None
    resolve: Callable[[Captured | CardError], None]

    def take_pin(self) -> str | None:
        """The PIN, which is forgotten here."""
        pin, self.pin = self.pin, None
        return pin

    def __repr__(self) -> str:
        return 'CaptureOrder()'


class OrderBox:
    """Holds at most one order between the event loop, which places it, and a reader's thread, which takes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._order: CaptureOrder | None = None

    def place(self, order: CaptureOrder) -> None:
        """Lay an order in."""
        with self._lock:
            self._order = order

    def take(self) -> CaptureOrder | None:
        """Take the order out, if there is one."""
        with self._lock:
            order, self._order = self._order, None
            return order
