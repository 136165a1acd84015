"""Headquarters' view (災害対策本部) of the shelters of this box and of the boxes that it exchanges with."""

from dataclasses import dataclass

from app import clock
from app.journal.journal import BoxIdentity
from app.shelter_settings import ShelterSettings
from app.shelters.headquarters.board import Board, board_of
from app.shelters.headquarters.figures import BoxFigures, FiguresSource, ShelterFigures
from app.shelters.headquarters.reading import read_figures
from app.shelters.headquarters.sharing import FiguresSharing
from app.shelters.registry import ShelterRegister
from app.shelters.values import RECEIVING
from app.storage.reading import ReadOnlyDatabase


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigures:
    """The figures of this box, read when they are asked for."""

    identity: BoxIdentity
    register: ShelterRegister
    reading: ReadOnlyDatabase
    settings: ShelterSettings

    async def figures(self, *, practice: bool, with_households: bool = False) -> list[BoxFigures]:
        """One box: this one."""
        now, shelters = clock.now(), await self.of_shelters(practice=practice, with_households=with_households)
        return [BoxFigures(box=self.identity.box, name='', as_of=now, shelters=shelters, is_own=True)]

    async def of_shelters(self, *, practice: bool, with_households: bool = False) -> tuple[ShelterFigures, ...]:
        """All shelters of this box that are in a drill, or all that are not."""
        known, now, settings = await self.register.all(), clock.now(), self.settings
        return await self.reading.read(
            lambda connection: read_figures(
                connection, known, settings, now, practice=practice, with_households=with_households
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Headquarters:
    """All shelters in one view."""

    own: OwnFigures
    sharing: FiguresSharing
    sources: tuple[FiguresSource, ...]

    async def board(self, *, practice: bool, with_households: bool = False) -> Board:
        """Everything that is known now, each shelter once."""
        told = [await each.figures(practice=practice, with_households=with_households) for each in self.sources]
        boxes = [box for boxes in told for box in boxes]
        return board_of(boxes, clock.now())

    async def drills(self) -> int:
        """So many shelters of this box are open for a drill."""
        return sum(one.practice and one.state in RECEIVING for one in await self.own.register.all())

    async def tell_others(self) -> None:
        """Tell other boxes what changed; for the periodic work of a box that has peers."""
        real = await self.own.of_shelters(practice=False, with_households=True)
        drills = await self.own.of_shelters(practice=True, with_households=True)
        await self.sharing.tell((*real, *drills))


def build_headquarters(
    identity: BoxIdentity,
    register: ShelterRegister,
    reading: ReadOnlyDatabase,
    settings: ShelterSettings,
    sharing: FiguresSharing,
) -> Headquarters:
    """Put the parts together."""
    own = OwnFigures(identity=identity, register=register, reading=reading, settings=settings)
    return Headquarters(own=own, sharing=sharing, sources=(own, sharing))
