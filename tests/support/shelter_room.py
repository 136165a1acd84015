"""The box of a shelter or of headquarters, told what to do: `python -m tests.support.shelter_room DIRECTORY`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.runtime import Box
from app.shelters.evacuees import Registration
from app.shelters.handouts.values import ItemEntry, ItemRules
from app.shelters.handouts.wanted import Wanted
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from tests.support.obeying import obey
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

CARD = Token('felica', '|0114A1B2C3D4E5F6', 'E5F6')
LONG_AGO = datetime(2020, 1, 1, tzinfo=TOKYO)


class ShelterRoom:
    """What can be ordered."""

    def __init__(self, box: Box) -> None:
        self._box = box

    async def has_key(self) -> bool:
        """Whether headquarters has handed it over."""
        return await self._box.shelters.across.keys.current() is not None

    async def arrive(self, name: str) -> bool:
        """The shelter opens, somebody comes with a card and is given a blanket; whether they were."""
        room, shelter = self._box.shelters, await opened_shelter(self._box, name)
        registration = Registration(arrival=Arrival(shelter=shelter.id), details=HANAKO, token=CARD)
        evacuee = (await room.evacuees.register(registration, OFFICER)).evacuee.id
        await room.handouts.items.save(UUID(int=1), ItemEntry(name='毛布', rules=ItemRules(in_all=1)), OFFICER)
        wanted = Wanted(item=UUID(int=1), shelter=shelter.id, evacuee=evacuee)
        return (await room.handouts.handouts.give(wanted, OFFICER)).handout is not None

    async def came_from(self) -> str:
        """The shelter that they came from, as the desk names it."""
        found = await self._box.shelters.evacuees.by_token(CARD)
        return await self._box.shelters.across.elsewhere.came_from(found.id) if found else ''

    async def left_behind(self) -> int:
        """So many were received elsewhere since."""
        return len(await self._box.shelters.across.elsewhere.left_behind())

    async def doubles(self) -> list[list[Any]]:
        """What was received twice, and at which shelters."""
        found = await self._box.shelters.across.doubles.since(LONG_AGO, practice=False)
        return [[one.item, one.first.shelter_name, one.second.shelter_name] for one in found]


if __name__ == '__main__':
    obey(ShelterRoom)
