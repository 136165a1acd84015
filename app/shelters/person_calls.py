"""Calling one person to the reception: by number, seen and heard, never by name (domain/shelters.md 2.5)."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.evacuees import EvacueeInfo, Evacuees
from app.shelters.family_models import PersonCall
from app.shelters.numbers import read_number
from app.shelters.registry import ShelterRegister
from app.shelters.stays import Stays
from app.shelters.values import StayState
from app.storage.transaction import Transaction, transaction

PERSON_CALLED = 'shelters.person_called'
CALL_ENDED = 'shelters.call_ended'
MOST_CALLED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A number that is on the screens until they come."""

    id: UUID
    number: str
    called_at: datetime


class CannotCall(Exception):
    """Nobody of this number can be called here. A protected person answers the same as one who is not there."""


class PersonCalls:
    """Who is called now at the shelters of one box."""

    def __init__(self, journal: Journal, evacuees: Evacuees, stays: Stays, register: ShelterRegister) -> None:
        self._journal = journal
        self._evacuees = evacuees
        self._stays = stays
        self._register = register
        self.CHANGED: Event[UUID] = Event()
        """Somebody is called at this shelter, or came."""

    async def call(self, shelter: UUID, number: str, actor: Actor, desk: UUID | None = None) -> Called:
        """Call, or call once more, so that screens say it again.

        Raises:
            CannotCall: no such number, not at this shelter, or protected.
            StorageError: nobody was called.
        """
        evacuee, practice = await self._callable(shelter, number)

        async def work(tx: Transaction) -> Called:
            query = PersonCall.filter(shelter=shelter, evacuee=evacuee.id, ended_at=None).using_db(tx.connection)
            row = await query.first()
            if row is None:
                row = PersonCall(
                    id=uuid.uuid4(), shelter=shelter, evacuee=evacuee.id, number=evacuee.number, practice=practice
                )
            row.called_at, row.called_by = clock.now(), actor.id
            await row.save(using_db=tx.connection)
            payload = {'shelter': str(shelter), 'practice': practice}
            act = Act(kind=PERSON_CALLED, actor=actor, subjects=(evacuee.id,), desk=desk, payload=payload)
            await self._journal.append(tx, act)
            tx.after_commit(lambda: self.CHANGED.emit(shelter))
            return _called(row)

        return await transaction(work)

    async def came(self, call: UUID, actor: Actor, desk: UUID | None = None) -> bool:
        """They came, or the call is taken back; False: it was over before."""

        async def work(tx: Transaction) -> bool:
            row = await PersonCall.get_or_none(id=call, ended_at=None, using_db=tx.connection)
            if row is None:
                return False
            await PersonCall.filter(id=call).using_db(tx.connection).update(ended_at=clock.now())
            act = Act(kind=CALL_ENDED, actor=actor, subjects=(row.evacuee,), desk=desk)
            await self._journal.append(tx, act)
            shelter = row.shelter
            tx.after_commit(lambda: self.CHANGED.emit(shelter))
            return True

        return await transaction(work)

    async def open(self, shelter: UUID, *, practice: bool) -> list[Called]:
        """Who is called now, the last first; at most 12."""
        rows = PersonCall.filter(shelter=shelter, practice=practice, ended_at=None).order_by('-called_at')
        return [_called(row) for row in await rows.limit(MOST_CALLED)]

    async def is_called(self, evacuee: UUID) -> bool:
        """Whether somebody is waited for at the reception."""
        return await PersonCall.filter(evacuee=evacuee, ended_at=None).exists()

    async def _callable(self, shelter: UUID, number: str) -> tuple[EvacueeInfo, bool]:
        spelled, place = read_number(number), await self._register.get(shelter)
        evacuee = await self._evacuees.by_number(spelled) if spelled else None
        if evacuee is None or place is None or evacuee.details.protected or evacuee.practice != place.practice:
            raise CannotCall
        stays = await self._stays.of(evacuee.id)
        if not any(each.shelter == shelter and each.state is not StayState.LEFT for each in stays):
            raise CannotCall
        return evacuee, place.practice


def _called(row: PersonCall) -> Called:
    return Called(id=row.id, number=row.number, called_at=row.called_at)
