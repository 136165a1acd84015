"""Returns at a guard room that does not know their trip yet: kept as they happened, joined when its lines are here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.rows import rows, stored
from app.storage.transaction import Transaction, transaction
from app.vehicles.second_returns import OTHERS, move_checks, set_free
from app.vehicles.trip_lines import RETURN_JOINED, plain, returning_alone
from app.vehicles.trip_table import DRIVE_ON, CarNow, asking_car, bind_check, car_in_use, drive_on, trip_of, update_trip
from app.vehicles.trip_values import TakeBack, TripInfo, TripProblem, TripRefused
from app.vehicles.trips import Trips, refuse_unlikely
from app.vehicles.two_rooms_models import LoneReturn

BEFORE = 'SELECT * FROM trip WHERE vehicle = ? AND out_at <= ? ORDER BY out_at DESC, id DESC LIMIT 1'


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneReturnInfo:
    """A key that came back, and the trip that it ended where that is known."""

    id: UUID
    vehicle: UUID
    returned_at: datetime
    returned_by: UUID
    odometer: int
    trip: UUID | None


class LoneReturns:
    """Takes keys back whose trip is not known here."""

    def __init__(self, journal: Journal, trips: Trips) -> None:
        self._journal = journal
        self._trips = trips
        self.CHANGED: Event[UUID] = Event()
        """A key of this car came back."""

    async def take(self, vehicle: UUID, order: TakeBack) -> LoneReturnInfo:
        """A key came back; `order.trip` is the id that this return gets. The trip is joined at once where it is known.

        Raises:
            TripRefused: no such car, its trip is known here, it is to come, or nobody stands for the odometer.
        """
        sealed = await self._trips.sealed(order.returned_by, order.at, {'abnormality': order.abnormality})

        async def work(tx: Transaction) -> LoneReturn:
            attempts, cars = tx.asked
            sequence = self._journal.asked_attempt(tx, attempts)
            if sequence and (known := await LoneReturn.get_or_none(sequence=sequence, using_db=tx.connection)):
                return known
            refuse_impossible(order, car_in_use(cars))
            written = await self._journal.append(tx, returning_alone(order, vehicle, sealed))
            at = order.at.at if order.at else written.recorded.at
            row = await LoneReturn.create(
                id=order.trip,
                sequence=written.sequence,
                box=self._journal.identity.box,
                vehicle=vehicle,
                returned_at=at,
                returned_by=order.returned_by,
                received_by=order.received_by,
                desk=order.desk,
                odometer=order.odometer,
                check_id=order.check,
                others={**plain({name: getattr(order, name) for name in OTHERS}), 'abnormality': order.abnormality},
                using_db=tx.connection,
            )
            await tx.connection.execute_query(DRIVE_ON, [order.odometer, str(vehicle), stored(at)])
            tx.after_commit(lambda: self.CHANGED.emit(vehicle))
            return row

        asking = (self._journal.asking_attempt(order.attempt), asking_car(vehicle))
        taken = await transaction(work, asking)
        await self.join()
        return _info(await LoneReturn.get(id=taken.id))

    async def waiting(self) -> list[LoneReturnInfo]:
        """Returns whose trip is still unknown, the oldest first."""
        return [_info(row) for row in await LoneReturn.filter(trip=None).order_by('returned_at')]

    async def join(self) -> None:
        """Let each return end the trip that it belongs to: the last of this car that began before it.

        Every box comes to the same, whatever it heard of first. Of two returns of one trip the earlier counts, and the
        later looks for a trip of its own.
        """
        while any([await self._joined(row) for row in await LoneReturn.filter(trip=None).order_by('returned_at')]):
            continue

    async def set_free(self, tx: Transaction, trip: UUID, counts: datetime) -> None:
        """An earlier return of this trip counts; the one that stands there looks for a trip of its own."""
        await set_free(tx, trip, counts, self._journal.identity.box)

    async def _joined(self, row: LoneReturn) -> bool:
        return await _trip_of(row) is not None and await transaction(partial(self._join, row))

    async def _join(self, row: LoneReturn, tx: Transaction) -> bool:
        trip = await _trip_of(row)
        if trip is None:
            return False
        attempt = f'joined:{row.id}:{trip.id}'
        if await self._journal.sequence_of_attempt(tx, attempt):
            return False
        await self.set_free(tx, trip.id, row.returned_at)
        act = Act(
            kind=RETURN_JOINED,
            actor=Actor.system(),
            subjects=(trip.vehicle, trip.driver, trip.id),
            attempt=attempt,
            payload={'trip': str(trip.id), 'lone_return': str(row.id)},
        )
        written = await self._journal.append(tx, act)
        await LoneReturn.filter(id=row.id).using_db(tx.connection).update(trip=trip.id)
        if row.recorded_for is not None:
            await move_checks(tx, row.recorded_for, trip.id)
        closed = update_trip(tx, trip, {**_closing(row), 'sequence': written.sequence})
        drive_on(tx, trip.vehicle, row.odometer, row.returned_at)
        bind_check(tx, row.check_id, trip.id, trip.vehicle)
        self._trips.told(tx, closed)
        return True


def refuse_impossible(order: TakeBack, car: CarNow | None) -> None:
    """Refuse a return that cannot be right.

    Raises:
        TripRefused: CAR_UNKNOWN, CAR_OUT where its trip is known here, TIME_AHEAD, or for a desk where nobody stands
            for it ODOMETER_BACK or ODOMETER_TOO_FAR.
    """
    if car is None:
        raise TripRefused(TripProblem.CAR_UNKNOWN)
    returned_at = order.at.at if order.at else clock.now()
    if returned_at > clock.now():
        raise TripRefused(TripProblem.TIME_AHEAD)
    if order.at is not None:
        return
    if car.is_out:
        raise TripRefused(TripProblem.CAR_OUT)
    refuse_unlikely(order, car.odometer)


async def _trip_of(row: LoneReturn) -> TripInfo | None:
    found = await rows(BEFORE, [str(row.vehicle), stored(row.returned_at)])
    trip = trip_of(found[0]) if found else None
    is_ended = trip is not None and trip.returned_at is not None and trip.returned_at <= row.returned_at
    return None if is_ended or trip is None or not _drove_on(row, trip) else trip


def _drove_on(row: LoneReturn, trip: TripInfo) -> bool:
    """Whether a later return can be of this trip; with no kilometre more it is the same return, written down twice."""
    return row.recorded_for is None or trip.odometer_out is None or row.odometer > trip.odometer_out


def _closing(row: LoneReturn) -> Mapping[str, Any]:
    litres = row.others['fuel_litres']
    return {
        **row.others,
        'fuel_litres': None if litres is None else Decimal(litres),
        'returned_at': row.returned_at,
        'returned_by': row.returned_by,
        'received_by': row.received_by,
        'odometer_in': row.odometer,
        'desk_in': row.desk,
    }


def _info(row: LoneReturn) -> LoneReturnInfo:
    return LoneReturnInfo(
        id=row.id,
        vehicle=row.vehicle,
        returned_at=row.returned_at.astimezone(TOKYO),
        returned_by=row.returned_by,
        odometer=row.odometer,
        trip=row.trip,
    )
