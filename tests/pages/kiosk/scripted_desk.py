"""A kiosk page in a process of its own: a desk that shows what is posted to it, and tells what it was asked."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from fastapi import Request
from nicegui import app, ui

from app.attendance.screens import DeskView, Direction
from app.events import Event
from components.theme import register_assets
from pages.kiosk import attendance
from tests.pages.kiosk.views import IDLE, VIEW


class ScriptedDesk:
    """A controller without rules."""

    def __init__(self) -> None:
        self.view: DeskView = IDLE
        self.calls: list[tuple[Any, ...]] = []
        self._changed: Event[None] = Event()

    def show(self, view: DeskView) -> None:
        """Change the view as the flow would."""
        self.view = view
        self._changed.emit(None)

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Keep the page's redraw."""
        return self._changed.listen(listener)

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


desk = ScriptedDesk()


@ui.page('/kiosk')
def kiosk() -> None:
    """The page under test."""
    attendance.draw(desk)


@app.put('/script/view')
async def show(request: Request) -> dict[str, Any]:
    """Show a view, and answer with it."""
    desk.show(VIEW.validate_json(await request.body()))
    return asdict(desk.view)


@app.get('/script/calls')
def calls() -> list[tuple[Any, ...]]:
    """Everything that the page asked of its controller so far."""
    return desk.calls


@app.delete('/script/calls')
def forget_calls() -> None:
    """Begin to listen anew."""
    desk.calls.clear()


if __name__ in {'__main__', '__mp_main__'}:
    register_assets()
    ui.run(
        host='127.0.0.1',
        port=int(sys.argv[1]),
        reload=False,
        show=False,
        language='ja',
        tailwind=False,
        reconnect_timeout=120,
        uvicorn_logging_level='warning',
        show_welcome_message=False,
    )
