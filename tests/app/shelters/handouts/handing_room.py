"""A shelter with items and a family, for the tests of handing out."""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.handouts.values import ItemEntry, ItemInfo, ItemKind, ItemRules
from app.shelters.handouts.wanted import Outcome, Wanted
from app.shelters.places import ShelterInfo
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

MEAL = ItemRules(kind=ItemKind.MEAL, interval=timedelta(hours=4), allergens=frozenset({'小麦', '卵'}))


@dataclass(frozen=True, slots=True)
class Handing:
    """One shelter, one person, one meal."""

    box: Box
    shelter: ShelterInfo
    hanako: UUID
    supper: ItemInfo

    async def give(self, **more: Any) -> Outcome:
        """Hanako is given supper, unless told otherwise."""
        wanted = {'item': self.supper.id, 'shelter': self.shelter.id, 'evacuee': self.hanako, **more}
        return await self.box.shelters.handouts.handouts.give(Wanted(**wanted), OFFICER)

    async def item(self, rules: ItemRules, name: str = '水', **more: Any) -> ItemInfo:
        """Another item."""
        entry = ItemEntry(name=name, unit='本', rules=rules, **more)
        return await self.box.shelters.handouts.items.save(uuid.uuid4(), entry, OFFICER)

    async def person(self, name: str, **details: Any) -> UUID:
        """Somebody else."""
        return (await register(self.box, self.shelter, PersonDetails(name=name, **details))).evacuee.id


async def handing(box: Box) -> Handing:
    """Open the shelter, register Hanako, and enter supper."""
    shelter = await opened_shelter(box)
    hanako = (await register(box, shelter, replace(HANAKO, allergies=()))).evacuee.id
    supper = await box.shelters.handouts.items.save(
        uuid.uuid4(), ItemEntry(name='夕食', unit='食', rules=MEAL), OFFICER
    )
    return Handing(box, shelter, hanako, supper)
