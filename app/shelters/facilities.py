"""Where a box stands, shelters that are in no list, and drills."""

import uuid
from dataclasses import replace
from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.models import Shelter
from app.shelters.places import ShelterEntry, ShelterInfo, ShelterRefused
from app.shelters.registry import BOX_STANDS, ShelterRegister
from app.shelters.values import RECEIVING, ShelterKind
from app.storage.transaction import Transaction, transaction

PRACTICE = 'shelters.practice'
UNLISTED = (
    ShelterKind.TEMPORARY,
    ShelterKind.SELF_ORGANISED,
    ShelterKind.STRANDED,
    ShelterKind.STAGE_1_5,
    ShelterKind.STAGE_2,
    ShelterKind.PARKED_CARS,
    ShelterKind.AT_HOME,
    ShelterKind.WELFARE,
    ShelterKind.DESIGNATED,
)
"""Kinds of which staff add one by hand, those of a disaster first."""


class Facilities:
    """What staff say about a shelter that no list does."""

    def __init__(self, journal: Journal, register: ShelterRegister) -> None:
        self._journal = journal
        self._register = register

    async def add_unlisted(self, entry: ShelterEntry, actor: Actor, *, practice: bool = False) -> ShelterInfo:
        """Add a shelter from a name and a place in words; headquarters joins doubles later.

        Raises:
            ShelterRefused: the name is empty.
        """
        box = self._journal.identity.box.hex[:6].upper()
        code = f'X{box}-{uuid.uuid4().hex[:8].upper()}'
        return await self._register.add(replace(entry, code=code), actor, practice=practice)

    async def stand_in(self, shelter: UUID, actor: Actor) -> None:
        """This box stands in the shelter, and in no other.

        Raises:
            ShelterRefused: there is no such shelter.
        """

        async def work(tx: Transaction) -> None:
            found = await self._register.get_in(tx, shelter)
            if found is None:
                raise ShelterRefused('shelter')
            if found.here:
                return
            await Shelter.filter(here=True).using_db(tx.connection).update(here=False)
            await Shelter.filter(id=shelter).using_db(tx.connection).update(here=True)
            await self._journal.append(tx, Act(kind=BOX_STANDS, actor=actor, subjects=(shelter,)))
            tx.after_commit(lambda: self._register.CHANGED.emit(shelter))

        await transaction(work)

    async def set_practice(self, shelter: UUID, practice: bool, actor: Actor) -> None:
        """Begin or end a drill (訓練); while people can come, it stays what it is.

        Raises:
            ShelterRefused: there is no such shelter, or it is open (`state`).
        """

        async def work(tx: Transaction) -> None:
            found = await self._register.get_in(tx, shelter)
            if found is None:
                raise ShelterRefused('shelter')
            if found.practice is practice:
                return
            if found.state in RECEIVING:
                raise ShelterRefused('state')
            await Shelter.filter(id=shelter).using_db(tx.connection).update(practice=practice)
            payload = {'practice': practice}
            await self._journal.append(tx, Act(kind=PRACTICE, actor=actor, subjects=(shelter,), payload=payload))
            tx.after_commit(lambda: self._register.CHANGED.emit(shelter))

        await transaction(work)
