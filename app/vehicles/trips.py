"""Trips: from the hand-over of a key to its return (運行記録)."""

import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance, Sealed
from app.people.staff import StaffRegister
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass
from app.vehicles.models import AlcoholCheck, Trip, Vehicle
from app.vehicles.trip_values import HandOver, Source, TakeBack, TripInfo, trip_info

HANDED_OVER = 'vehicles.handed_over'
TAKEN_BACK = 'vehicles.taken_back'
CORRECTED = 'vehicles.trip_corrected'
LONGEST_DRIVE_KM = 2000


class TripProblem(StrEnum):
    """Why nothing was recorded."""

    CAR_OUT = 'car_out'
    CAR_UNKNOWN = 'car_unknown'
    NOT_OUT = 'not_out'
    ODOMETER_BACK = 'odometer_back'
    ODOMETER_TOO_FAR = 'odometer_too_far'
    TIME_BACK = 'time_back'
    TIME_AHEAD = 'time_ahead'


class TripRefused(Exception):
    """Nothing was recorded."""

    def __init__(self, problem: TripProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Trips:
    """Hands keys over and takes them back."""

    def __init__(self, journal: Journal, staff: StaffRegister) -> None:
        self._journal = journal
        self._staff = staff
        self.CHANGED: Event[TripInfo] = Event()
        """A key went out or came back, or a record was corrected."""

    async def hand_over(self, order: HandOver) -> TripInfo:
        """Open a trip: the key is out from now on.

        Raises:
            TripRefused: the car is out or unknown. Two tablets, one car: the second one gets this.
        """
        trip_id = uuid.uuid4()
        number = await self.staff_number_of(order.driver)

        async def work(tx: Transaction) -> TripInfo:
            return await self._repeated(tx, order.attempt) or await self._open(tx, order, trip_id, number)

        return await transaction(work)

    async def take_back(self, order: TakeBack) -> TripInfo:
        """Close a trip; the odometer of the car goes on from here.

        Raises:
            TripRefused: the trip is closed, or the odometer cannot be right.
        """
        number = await self.staff_number_of(order.returned_by)

        async def work(tx: Transaction) -> TripInfo:
            return await self._repeated(tx, order.attempt) or await self._close(tx, order, number)

        return await transaction(work)

    async def open_trip_of(self, driver: UUID) -> TripInfo | None:
        """The trip that this driver has not ended."""
        row = await Trip.filter(driver=driver, returned_at=None).order_by('-out_at').first()
        return trip_info(row) if row else None

    async def open_trips(self) -> dict[UUID, TripInfo]:
        """All trips under way, by car. A car lent twice while boxes could not talk shows the later one."""
        rows = await Trip.filter(returned_at=None).order_by('out_at')
        return {row.vehicle: trip_info(row) for row in rows}

    async def get(self, trip: UUID) -> TripInfo | None:
        """One trip."""
        row = await Trip.get_or_none(id=trip)
        return trip_info(row) if row else None

    async def staff_number_of(self, person: UUID) -> tuple[Sealed, ...]:
        """The staff number, to be sealed in a line: by it other boxes know the person, whose id differs there.

        Raises:
            StorageError: no key could be made for it.
        """
        member = await self._staff.get(person)
        if member is None:
            return ()
        sealed = (Sealed(person, RecordClass.VEHICLES, {'number': member.number}),)
        await self._journal.ensure_keys(sealed)
        return sealed

    async def _open(self, tx: Transaction, order: HandOver, trip_id: UUID, number: tuple[Sealed, ...]) -> TripInfo:
        car = await Vehicle.get_or_none(id=order.vehicle, retired_at=None, using_db=tx.connection)
        if car is None:
            raise TripRefused(TripProblem.CAR_UNKNOWN)
        if await Trip.filter(vehicle=order.vehicle, returned_at=None).using_db(tx.connection).exists():
            raise TripRefused(TripProblem.CAR_OUT)
        values = _opening(order, car)
        act = Act(
            kind=HANDED_OVER,
            actor=Actor.system() if order.handed_over_by is None else _guard(order.handed_over_by),
            subjects=(order.vehicle, order.driver),
            desk=order.desk,
            attempt=order.attempt,
            happened=order.at,
            payload={
                'trip': str(trip_id),
                **_plain(values),
                'check': str(order.check) if order.check else None,
                'overridden': dict(order.overridden or {}),
            },
            sealed=number,
        )
        written = await self._journal.append(tx, act)
        moment = order.at or written.recorded
        row = await Trip.create(
            id=trip_id,
            sequence=written.sequence,
            box=self._journal.identity.box,
            out_at=moment.at,
            source=str(Source.PAPER if order.at else Source.DESK),
            using_db=tx.connection,
            **values,
        )
        await _bind(tx, order.check, trip_id, order.vehicle)
        return self._told(tx, row)

    async def _close(self, tx: Transaction, order: TakeBack, number: tuple[Sealed, ...]) -> TripInfo:
        row = await Trip.get_or_none(id=order.trip, returned_at=None, using_db=tx.connection)
        if row is None:
            raise TripRefused(TripProblem.NOT_OUT)
        _refuse_impossible(row, order)
        values = _closing(order)
        act = Act(
            kind=TAKEN_BACK,
            actor=Actor.system() if order.received_by is None else _guard(order.received_by),
            subjects=(row.vehicle, row.driver),
            desk=order.desk,
            attempt=order.attempt,
            happened=order.at,
            payload={
                'trip': str(row.id),
                **_plain(values),
                'check': str(order.check) if order.check else None,
            },
            sealed=number,
        )
        written = await self._journal.append(tx, act)
        moment = order.at or written.recorded
        changes = {**values, 'returned_at': moment.at, 'sequence': written.sequence}
        await Trip.filter(id=row.id).using_db(tx.connection).update(**changes)
        if not await Trip.filter(vehicle=row.vehicle, returned_at__gt=moment.at).using_db(tx.connection).exists():
            await Vehicle.filter(id=row.vehicle).using_db(tx.connection).update(odometer=order.odometer)
        await _bind(tx, order.check, row.id, row.vehicle)
        return self._told(tx, await Trip.get(id=row.id, using_db=tx.connection))

    async def _repeated(self, tx: Transaction, attempt: str) -> TripInfo | None:
        sequence = await self._journal.sequence_of_attempt(tx, attempt)
        row = await Trip.get_or_none(sequence=sequence, using_db=tx.connection) if sequence else None
        return trip_info(row) if row else None

    def _told(self, tx: Transaction, row: Trip) -> TripInfo:
        info = trip_info(row)
        tx.after_commit(lambda: self.CHANGED.emit(info))
        return info


def _refuse_impossible(row: Trip, order: TakeBack) -> None:
    now = clock.now()
    returned_at = order.at.at if order.at else now
    if returned_at < row.out_at:
        raise TripRefused(TripProblem.TIME_BACK)
    if returned_at > now:
        raise TripRefused(TripProblem.TIME_AHEAD)
    if row.odometer_out is not None and order.odometer < row.odometer_out:
        raise TripRefused(TripProblem.ODOMETER_BACK)
    if row.odometer_out is not None and order.odometer - row.odometer_out > LONGEST_DRIVE_KM:
        raise TripRefused(TripProblem.ODOMETER_TOO_FAR)


def _opening(order: HandOver, car: Vehicle) -> dict[str, Any]:
    return {
        'vehicle': order.vehicle,
        'driver': order.driver,
        'reservation': order.reservation,
        'destination': order.destination,
        'purpose': order.purpose,
        'passengers': order.passengers,
        'due_at': order.due_at,
        'odometer_out': car.odometer if order.odometer is None else order.odometer,
        'handed_over_by': order.handed_over_by,
        'desk_out': order.desk,
    }


def _closing(order: TakeBack) -> dict[str, Any]:
    return {
        'returned_by': order.returned_by,
        'odometer_in': order.odometer,
        'received_by': order.received_by,
        'desk_in': order.desk,
        'fuel_litres': order.fuel_litres,
        'fuel_yen': order.fuel_yen,
        'has_receipt': order.has_receipt,
        'abnormality': order.abnormality,
        'is_accident': order.is_accident,
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | None) else str(value) for name, value in values.items()}


def _guard(person: UUID) -> Actor:
    return Actor(str(person), Assurance.CARD)


async def _bind(tx: Transaction, check: UUID | None, trip: UUID, vehicle: UUID) -> None:
    if check is not None:
        await AlcoholCheck.filter(id=check).using_db(tx.connection).update(trip=trip, vehicle=vehicle)
