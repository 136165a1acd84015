"""A kiosk page in a process of its own: a desk that shows what is posted to it, and tells what it was asked."""

from nicegui import ui

from app.attendance.screens import DeskView, Direction
from pages.kiosk import attendance
from tests.pages.kiosk.script import Script, serve
from tests.pages.kiosk.views import IDLE, VIEW


class ScriptedDesk(Script[DeskView]):
    """A controller without rules."""

    async def choose(self, direction: Direction | None) -> None:
        """Remember the press."""
        self.calls.append(('choose', direction))

    async def answer(self, direction: Direction) -> None:
        """Remember the press."""
        self.calls.append(('answer', direction))

    async def cancel(self) -> None:
        """Remember the press."""
        self.calls.append(('cancel',))

    async def renew_start(self) -> None:
        """Remember the press."""
        self.calls.append(('renew_start',))

    async def renew_number(self, staff_number: str) -> None:
        """Remember what was typed."""
        self.calls.append(('renew_number', staff_number))

    async def acknowledge(self, number: int) -> None:
        """Remember what was shown."""
        self.calls.append(('acknowledge', number))

    async def tablet_is_back(self) -> None:
        """Remember that a browser connected."""
        self.calls.append(('tablet_is_back',))


desk = ScriptedDesk(IDLE)


@ui.page('/kiosk')
def kiosk() -> None:
    """The page under test."""
    attendance.draw(desk)


if __name__ in {'__main__', '__mp_main__'}:
    serve(desk, VIEW)
