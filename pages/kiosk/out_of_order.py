"""The kiosk of a box that could not open its database: it says so, and whom to call."""

from collections.abc import Callable
from dataclasses import dataclass

from app.attendance.screens import DeskView, Direction
from pages.kiosk import attendance


@dataclass(frozen=True, slots=True)
class ClosedDesk:
    """A desk at which nothing can be recorded."""

    whom_to_call: str

    @property
    def view(self) -> DeskView:
        """The red screen."""
        return DeskView(desk_name='', storage_failed=True, whom_to_call=self.whom_to_call)

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Nothing ever changes."""
        return lambda: None

    async def choose(self, direction: Direction | None) -> None:
        """Nothing can be chosen."""

    async def answer(self, direction: Direction) -> None:
        """Nothing is asked."""

    async def cancel(self) -> None:
        """Nothing was begun."""

    async def renew_start(self) -> None:
        """No card can be linked."""

    async def renew_number(self, staff_number: str) -> None:
        """No card can be linked."""

    async def acknowledge(self, number: int) -> None:
        """No result is shown."""

    async def tablet_is_back(self) -> None:
        """Nothing was recorded meanwhile."""


def draw(whom_to_call: str) -> None:
    """The red screen on the current page."""
    attendance.draw(ClosedDesk(whom_to_call))
