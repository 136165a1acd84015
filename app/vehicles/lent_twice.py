"""The same car lent at two boxes while they could not talk: both trips stand, and both desks are told."""

import json
import sqlite3
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from uuid import UUID

from tortoise.expressions import Q

from app import clock
from app.clock import TOKYO
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.remembered import Remembered
from app.storage.transaction import Transaction, transaction
from app.vehicles.models import Trip
from app.vehicles.record_checks import RecordProblem, confirmed_records, record_id
from app.vehicles.trip_values import TripInfo, trip_info

LENT_TWICE = 'vehicles.lent_twice'
TOLD = 'SELECT payload FROM journal_line WHERE kind = ?'
BEGAN = 'SELECT id, out_at FROM trip WHERE id IN (SELECT value FROM json_each(?))'
CLOCKS_DIFFER = timedelta(minutes=2)
"""Trips that overlap by less than this follow one another: the clocks of two boxes are not the same."""
LOOKED_BACK = timedelta(days=60)
LOOKED_BACK_AT_START = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DoubleLoan:
    """Two trips of one car at the same time, from two boxes; the one that began first comes first."""

    first: TripInfo
    second: TripInfo


class LoanWatch:
    """Finds cars that were lent twice, and says so once."""

    def __init__(self, journal: Journal, trips_under_way: Callable[[], Awaitable[list[TripInfo]]]) -> None:
        self._journal = journal
        self._trips_under_way = trips_under_way
        self._touched: set[UUID] | None = None
        """Cars of which another box told something since the last look; None: not looked since the start."""
        self.DOUBLE_LOAN: Event[DoubleLoan] = Event()
        """A car turned out to be lent twice; emitted at either box, once."""
        self._under_way = Remembered(self._find_under_way)

    def touched(self, vehicle: UUID) -> None:
        """Another box told something about this car."""
        if self._touched is not None:
            self._touched.add(vehicle)

    async def look(self) -> None:
        """Compare the trips of the cars that were touched."""
        touched, self._touched = self._touched, set()
        if touched is not None and not touched:
            return
        since = clock.now() - (LOOKED_BACK_AT_START if touched is None else LOOKED_BACK)
        trips = Trip.filter(Q(returned_at=None) | Q(out_at__gte=since))
        rows = await (trips if touched is None else trips.filter(vehicle__in=list(touched)))
        for double in double_loans([trip_info(row) for row in rows]):
            await self._tell(double)

    async def under_way(self) -> list[DoubleLoan]:
        """Cars that are lent twice now, for the desks."""
        return await self._under_way.get()

    def forget(self) -> None:
        """A trip began, ended or was corrected."""
        self._under_way.forget()

    async def _find_under_way(self) -> list[DoubleLoan]:
        trips = await self._trips_under_way()
        is_each_car_out_once = len({trip.vehicle.int for trip in trips}) == len(trips)
        return [] if is_each_car_out_once else list(double_loans(trips))

    async def _tell(self, double: DoubleLoan) -> None:
        attempt = f'lent_twice:{uuid.uuid5(double.first.id, str(double.second.id))}'

        async def work(tx: Transaction) -> None:
            if await self._journal.sequence_of_attempt(tx, attempt):
                return
            payload = {'trips': [str(double.first.id), str(double.second.id)]}
            act = Act(
                kind=LENT_TWICE,
                actor=Actor.system(),
                subjects=(double.first.vehicle,),
                attempt=attempt,
                payload=payload,
            )
            await self._journal.append(tx, act)
            tx.after_commit(lambda: self.DOUBLE_LOAN.emit(double))

        await transaction(work)


def unsettled_double_loans(connection: sqlite3.Connection) -> dict[UUID, date]:
    """The later trip of each double loan that was told and that nobody confirmed, and the day on which it began.

    Blocks: call it in a thread.
    """
    told = [json.loads(row['payload'])['trips'] for row in connection.execute(TOLD, [LENT_TWICE])]
    later = {UUID(second): str(record_id(RecordProblem.OUT_TWICE, second)) for _first, second in told}
    settled = confirmed_records(connection, list(later.values()))
    open_ = [str(trip) for trip, record in later.items() if record not in settled]
    rows = connection.execute(BEGAN, [json.dumps(open_)])
    return {UUID(row['id']): datetime.fromisoformat(row['out_at']).astimezone(TOKYO).date() for row in rows}


def double_loans(trips: Sequence[TripInfo]) -> Iterator[DoubleLoan]:
    """Pairs of trips of one car, begun at different boxes, that overlap."""
    by_car: dict[UUID, list[TripInfo]] = {}
    for trip in sorted(trips, key=lambda trip: (trip.out_at, trip.id)):
        by_car.setdefault(trip.vehicle, []).append(trip)
    for of_car in by_car.values():
        for position, first in enumerate(of_car):
            yield from (DoubleLoan(first, second) for second in _meanwhile(first, of_car[position + 1 :]))


def _meanwhile(first: TripInfo, later: Sequence[TripInfo]) -> Iterator[TripInfo]:
    begun = takewhile(lambda trip: trip.out_at + CLOCKS_DIFFER < _end(first), later)
    return (trip for trip in begun if trip.box != first.box and _end(trip) - trip.out_at > CLOCKS_DIFFER)


def _end(trip: TripInfo) -> datetime:
    return trip.returned_at or clock.now() + LOOKED_BACK
