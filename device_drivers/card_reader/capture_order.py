import threading
from collections.abc import Callable
from dataclasses import dataclass

from device_drivers.cards.credential import CardError
from device_drivers.cards.text_application import FaceKey

from .interface import Captured, FaceRead

Outcome = Captured | FaceRead | CardError


@dataclass(slots=True, eq=False, repr=False)
class CaptureOrder:
    """A wish to take the next card for linking, or to read it with `face_key`; `resolve` is called from any thread."""

    pin: str | None
    resolve: Callable[[Outcome], None]
    face_key: FaceKey | None = None

    def take_pin(self) -> str | None:
        """The PIN, which is forgotten here."""
        pin, self.pin = self.pin, None
        return pin

    def take_face_key(self) -> FaceKey | None:
        """The key of the face, which is forgotten here."""
        key, self.face_key = self.face_key, None
        return key

    def __repr__(self) -> str:
        return 'CaptureOrder()'


class OrderBox:
    """Holds at most one order between the event loop, which places it, and a reader's thread, which takes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._order: CaptureOrder | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether an order lies there."""
        return self._order is not None

    def place(self, order: CaptureOrder) -> None:
        """Lay an order in."""
        with self._lock:
            self._order = order

    def take(self) -> CaptureOrder | None:
        """Take the order out, if there is one."""
        with self._lock:
            order, self._order = self._order, None
            return order
