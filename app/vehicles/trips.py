"""Trips: from the hand-over of a key to its return (運行記録)."""

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance, Sealed
from app.people.staff import StaffRegister
from app.storage.remembered import Remembered
from app.storage.transaction import Rows, Transaction, transaction
from app.storage.vault import RecordClass
from app.vehicles.models import Trip
from app.vehicles.trip_table import (
    CarNow,
    asking_car,
    asking_open_trip,
    bind_check,
    car_in_use,
    drive_on,
    insert_trip,
    open_trip,
    open_trips,
    trip_of_line,
    update_trip,
)
from app.vehicles.trip_values import HandOver, Source, TakeBack, TripInfo, TripProblem, TripRefused, trip_info

HANDED_OVER = 'vehicles.handed_over'
TAKEN_BACK = 'vehicles.taken_back'
CORRECTED = 'vehicles.trip_corrected'
LONGEST_DRIVE_KM = 2000


class Trips:
    """Hands keys over and takes them back."""

    def __init__(self, journal: Journal, staff: StaffRegister) -> None:
        self._journal = journal
        self._staff = staff
        self.CHANGED: Event[TripInfo] = Event()
        """A key went out or came back, or a record was corrected."""
        self._under_way = Remembered(open_trips)
        self.CHANGED.listen(lambda trip: self._under_way.amend(lambda known: known.with_trip(trip)))

    async def hand_over(self, order: HandOver) -> TripInfo:
        """Open a trip: the key is out from now on.

        Raises:
            TripRefused: the car is out or unknown. Two tablets, one car: the second one gets this.
        """
        trip_id = uuid.uuid4()
        number = await self.staff_number_of(order.driver)

        async def work(tx: Transaction) -> TripInfo:
            attempts, cars = tx.asked
            return await self._repeated(tx, attempts) or self._open(tx, order, car_in_use(cars), trip_id, number)

        asking = (self._journal.asking_attempt(order.attempt), asking_car(order.vehicle))
        return await transaction(work, asking)

    async def take_back(self, order: TakeBack) -> TripInfo:
        """Close a trip; the odometer of the car goes on from here.

        Raises:
            TripRefused: the trip is closed, or the odometer cannot be right.
        """
        number = await self.staff_number_of(order.returned_by)

        async def work(tx: Transaction) -> TripInfo:
            attempts, trips = tx.asked
            return await self._repeated(tx, attempts) or self._close(tx, order, open_trip(trips), number)

        asking = (self._journal.asking_attempt(order.attempt), asking_open_trip(order.trip))
        return await transaction(work, asking)

    async def open_trip_of(self, driver: UUID) -> TripInfo | None:
        """The trip that this driver has not ended."""
        return (await self._under_way.get()).of_driver.get(driver)

    async def open_trips(self) -> Mapping[UUID, TripInfo]:
        """All trips under way, by car. A car lent twice while boxes could not talk shows the later one."""
        return (await self._under_way.get()).of_car

    async def under_way(self) -> list[TripInfo]:
        """All trips under way, the oldest first."""
        return (await self._under_way.get()).trips

    async def get(self, trip: UUID) -> TripInfo | None:
        """One trip."""
        row = await Trip.get_or_none(id=trip)
        return trip_info(row) if row else None

    async def staff_number_of(self, person: UUID) -> tuple[Sealed, ...]:
        """The staff number, to be sealed in a line: by it other boxes know the person, whose id differs there.

        Raises:
            StorageError: no key could be made for it.
        """
        number = await self._staff.number_of(person)
        if number is None:
            return ()
        sealed = (Sealed(person, RecordClass.VEHICLES, {'number': number}),)
        await self._journal.ensure_keys(sealed)
        return sealed

    def _open(
        self, tx: Transaction, order: HandOver, car: CarNow | None, trip_id: UUID, number: tuple[Sealed, ...]
    ) -> TripInfo:
        if car is None:
            raise TripRefused(TripProblem.CAR_UNKNOWN)
        if car.is_out:
            raise TripRefused(TripProblem.CAR_OUT)
        values = _opening(order, car.odometer)
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
                **({} if order.charge is None else {'charge': order.charge}),
            },
            sealed=number,
        )
        written = self._journal.append_last(tx, act)
        moment = order.at or written.recorded
        row = {
            **values,
            'id': trip_id,
            'sequence': written.sequence,
            'box': self._journal.identity.box,
            'out_at': moment.at,
            'source': str(Source.PAPER if order.at else Source.DESK),
        }
        trip = insert_trip(tx, row)
        bind_check(tx, order.check, trip_id, order.vehicle)
        return self._told(tx, trip)

    def _close(self, tx: Transaction, order: TakeBack, trip: TripInfo | None, number: tuple[Sealed, ...]) -> TripInfo:
        if trip is None:
            raise TripRefused(TripProblem.NOT_OUT)
        refuse_impossible(trip, order)
        values = _closing(order)
        act = Act(
            kind=TAKEN_BACK,
            actor=Actor.system() if order.received_by is None else _guard(order.received_by),
            subjects=(trip.vehicle, trip.driver),
            desk=order.desk,
            attempt=order.attempt,
            happened=order.at,
            payload={
                'trip': str(trip.id),
                **_plain(values),
                'check': str(order.check) if order.check else None,
                **({'odometer_confirmer': str(order.odometer_confirmer)} if order.odometer_confirmer else {}),
            },
            sealed=number,
        )
        written = self._journal.append_last(tx, act)
        moment = order.at or written.recorded
        changes = {**values, 'returned_at': moment.at, 'sequence': written.sequence}
        closed = update_trip(tx, trip, changes)
        drive_on(tx, trip.vehicle, order.odometer, moment.at)
        bind_check(tx, order.check, trip.id, trip.vehicle)
        return self._told(tx, closed)

    async def _repeated(self, tx: Transaction, attempts: Rows) -> TripInfo | None:
        sequence = self._journal.asked_attempt(tx, attempts)
        return await trip_of_line(tx, sequence) if sequence else None

    def _told(self, tx: Transaction, info: TripInfo) -> TripInfo:
        tx.after_commit(lambda: self.CHANGED.emit(info))
        return info


def refuse_impossible(row: TripInfo, order: TakeBack) -> None:
    """Refuse a return that cannot be right.

    Raises:
        TripRefused: TIME_BACK, TIME_AHEAD, or where nobody stands for it ODOMETER_BACK or ODOMETER_TOO_FAR.
    """
    now = clock.now()
    returned_at = order.at.at if order.at else now
    if returned_at < row.out_at:
        raise TripRefused(TripProblem.TIME_BACK)
    if returned_at > now:
        raise TripRefused(TripProblem.TIME_AHEAD)
    if row.odometer_out is None or order.odometer_confirmer is not None:
        return
    if order.odometer < row.odometer_out:
        raise TripRefused(TripProblem.ODOMETER_BACK)
    if order.odometer - row.odometer_out > LONGEST_DRIVE_KM:
        raise TripRefused(TripProblem.ODOMETER_TOO_FAR)


def _opening(order: HandOver, odometer: int | None) -> dict[str, Any]:
    return {
        'vehicle': order.vehicle,
        'driver': order.driver,
        'reservation': order.reservation,
        'destination': order.destination,
        'purpose': order.purpose,
        'passengers': order.passengers,
        'due_at': order.due_at,
        'odometer_out': odometer if order.odometer is None else order.odometer,
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
