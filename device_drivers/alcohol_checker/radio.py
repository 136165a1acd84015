from collections.abc import Callable
from typing import Protocol

from .interface import CheckerProblem


class RadioError(Exception):
    """The radio failed: missing, no_service or lost."""

    def __init__(self, problem: CheckerProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class RadioLink(Protocol):
    """An open connection to one device."""

    async def write(self, data: bytes) -> None:
        """Write to the characteristic and wait until the device has it; raises `RadioError`."""

    async def close(self) -> None:
        """Disconnect; raises nothing when the device is gone already."""


class Radio(Protocol):
    """Bluetooth Low Energy, as far as a checker with one characteristic needs it."""

    async def connect(
        self,
        address: str,
        on_notification: Callable[[bytes], None],
        on_lost: Callable[[], None],
    ) -> RadioLink:
        """Connect and subscribe; both callbacks come in the event loop. Raises `RadioError`; cancelling lets go."""
