"""A desk that shows what is posted to it and tells what it was asked, over HTTP."""

import sys
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from fastapi import Request
from nicegui import app
from pydantic import TypeAdapter

from app.events import Event
from components.theme import register_assets
from tests.support.served import serve_pages

View = TypeVar('View')


class Script(Generic[View]):
    """What all scripted controllers have: a view that is set from outside, and the calls of the page."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.calls: list[tuple[Any, ...]] = []
        self._changed: Event[None] = Event()

    def show(self, view: View) -> None:
        """Change the view as the flow would."""
        self.view = view
        self._changed.emit(None)

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Keep the page's redraw."""
        return self._changed.listen(listener)


def serve(desk: Script[View], adapter: TypeAdapter[View]) -> None:
    """Serve the pages of this process on the port that the command line names."""

    @app.put('/script/view')
    async def show(request: Request) -> None:
        desk.show(adapter.validate_json(await request.body()))

    @app.get('/script/calls')
    def calls() -> list[tuple[Any, ...]]:
        return desk.calls

    @app.delete('/script/calls')
    def forget_calls() -> None:
        desk.calls.clear()

    register_assets()
    serve_pages(int(sys.argv[1]))
