"""States of a shelter as staff set them, and closing it: not while somebody is still there."""

import sqlite3
from dataclasses import dataclass
from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Actor
from app.shelters.adoption import Adoptions
from app.shelters.models import Stay
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.values import RECEIVING, ShelterState, StayState
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

STAFF_STATES: dict[ShelterState, tuple[ShelterState, ...]] = {
    ShelterState.NOT_OPENED: (ShelterState.OPENED,),
    ShelterState.OPENED_BY_RESIDENTS: (ShelterState.CLOSED,),
    ShelterState.OPENED: (ShelterState.FULL, ShelterState.CLOSED),
    ShelterState.FULL: (ShelterState.OPENED, ShelterState.CLOSED),
    ShelterState.CLOSED: (ShelterState.OPENED,),
}
"""What staff may make of a state by hand; residents' shelters are adopted (`Adoptions.adopt`)."""
STILL_THERE = """
    SELECT evacuee.number, evacuee.id, stay.state, stay.place, area.name AS area, stay.seen_at
    FROM stay JOIN evacuee ON evacuee.id = stay.evacuee
    LEFT JOIN shelter_area AS area ON area.id = stay.area
    WHERE stay.shelter = ? AND stay.state <> 'left' AND stay.practice = ?
    ORDER BY evacuee.number LIMIT ? OFFSET ?
"""
COUNT_THERE = "SELECT COUNT(*) FROM stay WHERE shelter = ? AND state <> 'left' AND practice = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class StillThere:
    """Somebody whose stay nobody has ended; by number, never by name."""

    evacuee: UUID
    number: str
    state: StayState
    place: str
    area: str


class WrongState(Exception):
    """Staff cannot make this of the state; nothing was changed."""


class StillPresent(Exception):
    """People are registered there: their stays must be ended first."""

    def __init__(self, people: int) -> None:
        super().__init__(str(people))
        self.people = people


class ShelterStates:
    """Opens, fills and closes shelters."""

    def __init__(
        self, journal: Journal, register: ShelterRegister, adoptions: Adoptions, reading: ReadOnlyDatabase
    ) -> None:
        self._journal = journal
        self._register = register
        self._adoptions = adoptions
        self._reading = reading

    async def set(
        self, shelter: UUID, state: ShelterState, actor: Actor, *, reason: str = '', desk: UUID | None = None
    ) -> ShelterInfo:
        """Open, fill or close; closing ends the sealed code and the sessions of residents.

        Raises:
            WrongState: not from the state that it has, or there is no such shelter.
            StillPresent: somebody is registered there.
        """

        async def work(tx: Transaction) -> ShelterInfo:
            before = await self._register.get_in(tx, shelter)
            if before is None:
                raise WrongState
            if before.state is state:
                return before
            if state not in STAFF_STATES[before.state]:
                raise WrongState
            if state is ShelterState.CLOSED:
                await self._refuse_people(tx, before)
                await self._adoptions.end_in(tx, shelter, actor)
            return await self._register.set_state_in(tx, shelter, state, actor, desk=desk, reason=reason)

        return await transaction(work)

    async def still_there(
        self, shelter: UUID, offset: int, limit: int, *, practice: bool
    ) -> tuple[list[StillThere], int]:
        """Who keeps a shelter from being closed, a window of them by number, and how many there are."""

        def query(connection: sqlite3.Connection) -> tuple[list[StillThere], int]:
            values = [str(shelter), practice]
            total = connection.execute(COUNT_THERE, values).fetchone()[0]
            return [_still_there(row) for row in connection.execute(STILL_THERE, [*values, limit, offset])], int(total)

        return await self._reading.read(query)

    async def _refuse_people(self, tx: Transaction, shelter: ShelterInfo) -> None:
        staying = Stay.filter(shelter=shelter.id, practice=shelter.practice).exclude(state=str(StayState.LEFT))
        people = await staying.using_db(tx.connection).count()
        if people:
            raise StillPresent(people)


def is_receiving(shelter: ShelterInfo) -> bool:
    """Whether people can come."""
    return shelter.state in RECEIVING


def _still_there(row: sqlite3.Row) -> StillThere:
    return StillThere(
        evacuee=UUID(row['id']),
        number=row['number'],
        state=StayState(row['state']),
        place=row['place'],
        area=row['area'] or '',
    )
