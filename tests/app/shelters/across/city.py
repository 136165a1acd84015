"""Two shelters and headquarters, each with its own box, and a card that is touched at both shelters."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from app.exchange.message import Batch
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.evacuees import EvacueeInfo, Registration
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from tests.support.box import opened_box
from tests.support.shelter import HANAKO, OFFICER, opened_shelter
from tests.support.two_boxes import lines_of

IZUMI, KIDA, HEADQUARTERS = '泉小学校', '木曳野小学校', '本部'
CARD = Token('felica', '|0114A1B2C3D4E5F6', 'E5F6')


class City:
    """Boxes that are open side by side is more than one process can do: they are opened by turns."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @asynccontextmanager
    async def at(self, name: str) -> AsyncIterator[Box]:
        """The open box."""
        async with opened_box(self._root / name, shelters={'headquarters': name == HEADQUARTERS}) as box:
            yield box

    async def prepare(self) -> None:
        """Both shelters have the key and are open."""
        await self.hand_over_the_key()
        await self.open()

    async def hand_over_the_key(self) -> None:
        """Headquarters makes the key, and both boxes get it."""
        async with self.at(HEADQUARTERS) as box:
            await box.shelters.across.keep_a_key()
        for name in (IZUMI, KIDA):
            await self.bring(HEADQUARTERS, name)

    async def open(self) -> None:
        """Both shelters receive people."""
        for name in (IZUMI, KIDA):
            async with self.at(name) as box:
                await opened_shelter(box, name)

    async def bring(self, source: str, target: str) -> None:
        """Carry all lines of one box to another."""
        async with self.at(source) as box:
            identity, lines = box.journal.identity, await lines_of(box)
        async with self.at(target) as box:
            await box.exchange.receiver.receive(source, Batch(box=identity.box, epoch=identity.epoch, lines=lines))

    async def exchange(self, *others: str) -> None:
        """All that the shelters wrote reaches headquarters, and from there the shelters."""
        for name in (IZUMI, KIDA, *others):
            await self.bring(name, HEADQUARTERS)
        for name in (IZUMI, KIDA, *others):
            await self.bring(HEADQUARTERS, name)


async def arrive(
    box: Box, token: Token | None = CARD, details: PersonDetails = HANAKO, *, practice: bool = False
) -> EvacueeInfo:
    """Somebody is registered at the shelter of the box."""
    shelter = await shelter_of(box)
    registration = Registration(arrival=Arrival(shelter=shelter, practice=practice), details=details, token=token)
    return (await box.shelters.evacuees.register(registration, OFFICER)).evacuee


async def shelter_of(box: Box) -> UUID:
    """The shelter in which the box stands."""
    here = await box.shelters.register.here()
    assert here is not None
    return here.id


async def evacuee_of(box: Box, token: Token = CARD) -> EvacueeInfo:
    """Whom the card leads to."""
    found = await box.shelters.evacuees.by_token(token)
    assert found is not None
    return found
