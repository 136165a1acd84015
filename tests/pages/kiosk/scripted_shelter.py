"""The reception desk's page in a process of its own, with a controller without rules."""

from dataclasses import fields
from enum import StrEnum

from nicegui import ui

from app.shelters.desk_presses import Press
from app.shelters.desk_screens import ShelterDeskView
from pages.kiosk import shelter
from tests.pages.kiosk.script import Script, serve
from tests.pages.kiosk.shelter_views import SHELTER_VIEW, WAITING


class ScriptedShelterDesk(Script[ShelterDeskView]):
    """Remembers every press."""

    async def scan(self, text: str) -> None:
        """Remember the code."""
        self.calls.append(('scan', text))

    async def press(self, press: Press) -> None:
        """Remember the press and what it says."""
        if isinstance(press, StrEnum):
            self.calls.append((str(press),))
            return
        told = (str(getattr(press, each.name)) for each in fields(press))
        self.calls.append((type(press).__name__, *told))


desk = ScriptedShelterDesk(WAITING)


@ui.page('/kiosk')
def kiosk() -> None:
    """The page under test."""
    shelter.draw(desk)


if __name__ in {'__main__', '__mp_main__'}:
    serve(desk, SHELTER_VIEW)
