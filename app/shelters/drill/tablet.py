"""The hands of whoever works at a reception desk in a drill: they touch, scan and press as at a real tablet."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from app.desks.refusals import Refusal
from app.shelters.desk import ShelterDesk
from app.shelters.desk_presses import ChooseMode, Press, ReadFace, Show
from app.shelters.desk_screens import Mode, Problem, ShelterDeskView, Step, Told
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from device_drivers.cards.text_application import FaceKeyKind

ANSWER_SECONDS = 60.0


class TabletStopped(Exception):
    """The tablet did not lead on: it shows a problem, or nothing for a minute."""

    def __init__(self, view: ShelterDeskView) -> None:
        super().__init__(f'{view.desk_name} shows {view.step} with {view.problem}')


@dataclass(frozen=True, slots=True)
class Tablet:
    """One reception desk and its reader; one person after the other."""

    desk: ShelterDesk
    reader: SimulatedCardReader

    @property
    def problem(self) -> Problem | Refusal | None:
        """Why the last touch, scan or press did not lead on."""
        return self.desk.view.problem

    async def ready(self) -> None:
        """Wait until the desk knows which shelter it belongs to."""
        await self._until(lambda view: view.step is not Step.CLOSED)

    async def work_as(self, mode: Mode) -> None:
        """Choose what the desk does, if it does something else."""
        if self.desk.view.mode is not mode:
            await self.press(ChooseMode(mode))

    async def touch(self, card: SimulatedCard) -> ShelterDeskView:
        """A card is laid on the reader and taken away; what the desk shows then."""
        before = _answer(self.desk.view)
        self.reader.tap(card)
        return await self._until(lambda view: _answer(view) != before)

    async def scan(self, text: str) -> ShelterDeskView:
        """A code is scanned, or a number typed."""
        await self.desk.scan(text)
        return self.desk.view

    async def press(self, press: Press) -> ShelterDeskView:
        """Something is pressed.

        Raises:
            TabletStopped: it did not lead on.
        """
        await self.desk.press(press)
        if self.problem is not None:
            raise TabletStopped(self.desk.view)
        return self.desk.view

    async def read_face(self, card: SimulatedCard) -> ShelterDeskView:
        """The digits on the card's face are typed while it lies there; its holder is registered."""
        self.reader.hold(card)
        await self.press(Show(Step.CODE))
        await self.press(ReadFace(FaceKeyKind.CODE_B, card.code_b))
        try:
            return await self._until(lambda view: view.told in (Told.REGISTERED, Told.ALREADY))
        finally:
            self.reader.lift()

    async def _until(self, is_there: Callable[[ShelterDeskView], bool]) -> ShelterDeskView:
        changed = asyncio.Event()
        end = self.desk.listen(lambda _none: changed.set())
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                while not is_there(self.desk.view):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            raise TabletStopped(self.desk.view) from None
        finally:
            end()
        return self.desk.view


def _answer(view: ShelterDeskView) -> tuple[int, Step, bool]:
    return view.number, view.step, view.is_my_number
