"""Movement: who is where, since when, and where they went (domain/shelters.md 6, Leaving)."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.departures import NOT_TOLD, Departures, Going
from app.shelters.models import Stay
from app.shelters.values import LeftFor, Place, StayState
from app.storage.transaction import Transaction, transaction

ARRIVED = 'shelters.arrived'
MOVED = 'shelters.moved'
WENT_OUT = 'shelters.went_out'
CAME_BACK = 'shelters.came_back'
LEFT = 'shelters.left'
SEEN = 'shelters.seen'


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Where somebody arrives."""

    shelter: UUID
    area: UUID | None = None
    place: Place = Place.SHELTER
    visitor: bool = False
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StayInfo:
    """A stay of one person at one shelter."""

    id: UUID
    evacuee: UUID
    shelter: UUID
    area: UUID | None
    place: Place
    state: StayState
    visitor: bool
    arrived_at: datetime
    state_since: datetime
    seen_at: datetime
    expected_at: datetime | None
    left_at: datetime | None
    left_for: LeftFor | None
    practice: bool


class NotHere(Exception):
    """The person has no open stay at the shelter."""


class Stays:
    """Arrivals, temporary leaves and departures of one box; the journal keeps each of them."""

    def __init__(self, journal: Journal, departures: Departures) -> None:
        self._journal = journal
        self.departures = departures
        self.CHANGED: Event[UUID] = Event()
        """Something changed at this shelter."""

    async def arrive(self, evacuee: UUID, arrival: Arrival, actor: Actor, desk: UUID | None = None) -> StayInfo:
        """Somebody who is known comes, or comes back. An open stay elsewhere is left as it is: a person ends it."""

        async def work(tx: Transaction) -> StayInfo:
            return await self.arrive_in(tx, evacuee, arrival, actor, desk)

        return await transaction(work)

    async def arrive_in(
        self, tx: Transaction, evacuee: UUID, arrival: Arrival, actor: Actor, desk: UUID | None
    ) -> StayInfo:
        """The same within a transaction that does more."""
        row = await _open_row(tx, evacuee, arrival.shelter)
        if row is not None:
            return await self._change(tx, row, CAME_BACK if row.state != StayState.PRESENT else SEEN, actor, desk)
        at = clock.now()
        row = await Stay.create(
            id=uuid.uuid4(),
            evacuee=evacuee,
            shelter=arrival.shelter,
            area=arrival.area,
            place=str(arrival.place),
            state=str(StayState.PRESENT),
            visitor=arrival.visitor,
            arrived_at=at,
            state_since=at,
            seen_at=at,
            practice=arrival.practice,
            using_db=tx.connection,
        )
        await self._write(tx, ARRIVED, row, actor, desk, NOT_TOLD)
        return stay_info(row)

    async def go_out(
        self, evacuee: UUID, shelter: UUID, actor: Actor, *, expected_at: datetime | None, desk: UUID | None = None
    ) -> StayInfo:
        """A temporary leave (一時外出).

        Raises:
            NotHere: no open stay.
        """
        changes: dict[str, object] = {'state': str(StayState.AWAY), 'expected_at': expected_at}
        return await self._changed(evacuee, shelter, WENT_OUT, actor, desk, changes)

    async def come_back(self, evacuee: UUID, shelter: UUID, actor: Actor, desk: UUID | None = None) -> StayInfo:
        """Back, or seen at a desk.

        Raises:
            NotHere: no open stay.
        """
        return await self._changed(evacuee, shelter, CAME_BACK, actor, desk, {'state': str(StayState.PRESENT)})

    async def move(
        self,
        evacuee: UUID,
        shelter: UUID,
        actor: Actor,
        *,
        area: UUID | None,
        place: Place,
        desk: UUID | None = None,
    ) -> StayInfo:
        """To another area, or from the hall to the car.

        Raises:
            NotHere: no open stay.
        """
        return await self._changed(evacuee, shelter, MOVED, actor, desk, {'area': area, 'place': str(place)})

    async def leave(
        self,
        evacuee: UUID,
        shelter: UUID,
        left_for: LeftFor,
        actor: Actor,
        desk: UUID | None = None,
        going: Going = NOT_TOLD,
    ) -> StayInfo:
        """Left for good, and where to.

        Raises:
            NotHere: no open stay.
        """
        changes = {'state': str(StayState.LEFT), 'left_at': clock.now(), 'left_for': str(left_for)}
        return await self._changed(evacuee, shelter, LEFT, actor, desk, changes, going=going)

    async def of(self, evacuee: UUID) -> list[StayInfo]:
        """All stays of a person, the newest first."""
        return [stay_info(row) for row in await Stay.filter(evacuee=evacuee).order_by('-arrived_at')]

    async def open_elsewhere(self, evacuee: UUID, shelter: UUID) -> list[StayInfo]:
        """Stays at other shelters that nobody has ended; the desk proposes to end them."""
        rows = await Stay.filter(evacuee=evacuee).exclude(state=str(StayState.LEFT)).exclude(shelter=shelter)
        return [stay_info(row) for row in rows]

    async def _changed(
        self,
        evacuee: UUID,
        shelter: UUID,
        kind: str,
        actor: Actor,
        desk: UUID | None,
        changes: dict[str, object],
        *,
        going: Going = NOT_TOLD,
    ) -> StayInfo:
        async def work(tx: Transaction) -> StayInfo:
            row = await _open_row(tx, evacuee, shelter)
            if row is None:
                raise NotHere
            await self.departures.keep(tx, row.id, evacuee, going, practice=row.practice)
            return await self._change(tx, row, kind, actor, desk, changes, going=going)

        return await transaction(work)

    async def _change(
        self,
        tx: Transaction,
        row: Stay,
        kind: str,
        actor: Actor,
        desk: UUID | None,
        changes: dict[str, object] | None = None,
        *,
        going: Going = NOT_TOLD,
    ) -> StayInfo:
        at = clock.now()
        columns: dict[str, object] = {'state': str(StayState.PRESENT), 'expected_at': None, **(changes or {})}
        if kind == MOVED:
            columns = {'state': row.state, 'expected_at': row.expected_at, **(changes or {})}
        since = at if columns['state'] != row.state else row.state_since
        columns |= {'state_since': since, 'seen_at': at}
        await Stay.filter(id=row.id).using_db(tx.connection).update(**columns)
        row.update_from_dict(columns)
        await self._write(tx, kind, row, actor, desk, going)
        return stay_info(row)

    async def _write(
        self, tx: Transaction, kind: str, row: Stay, actor: Actor, desk: UUID | None, going: Going
    ) -> None:
        payload = {
            'stay': str(row.id),
            'shelter': str(row.shelter),
            'area': str(row.area) if row.area else None,
            'place': row.place,
            'state': row.state,
            'visitor': row.visitor,
            'left_for': row.left_for,
            'expected_at': row.expected_at.isoformat() if row.expected_at else None,
            'practice': row.practice,
            **going.payload(),
        }
        sealed = going.sealed(row.evacuee)
        act = Act(kind=kind, actor=actor, subjects=(row.evacuee,), desk=desk, payload=payload, sealed=sealed)
        await self._journal.append(tx, act)
        shelter = row.shelter
        tx.after_commit(lambda: self.CHANGED.emit(shelter))


async def _open_row(tx: Transaction, evacuee: UUID, shelter: UUID) -> Stay | None:
    query = Stay.filter(evacuee=evacuee, shelter=shelter).exclude(state=str(StayState.LEFT))
    return await query.using_db(tx.connection).first()


def stay_info(row: Stay) -> StayInfo:
    """A row as a value."""
    return StayInfo(
        id=row.id,
        evacuee=row.evacuee,
        shelter=row.shelter,
        area=row.area,
        place=Place(row.place),
        state=StayState(row.state),
        visitor=row.visitor,
        arrived_at=row.arrived_at,
        state_since=row.state_since,
        seen_at=row.seen_at,
        expected_at=row.expected_at,
        left_at=row.left_at,
        left_for=LeftFor(row.left_for) if row.left_for else None,
        practice=row.practice,
    )
