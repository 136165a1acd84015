"""Trips: from the hand-over of a key to its return (運行記録)."""

import uuid
from collections.abc import Mapping
from uuid import UUID

from app import clock
from app.clock import Moment
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Sealed
from app.people.staff import StaffRegister
from app.storage.remembered import Remembered
from app.storage.transaction import Transaction, decided
from app.storage.vault import RecordClass
from app.vehicles.models import Trip
from app.vehicles.month_texts import month_texts
from app.vehicles.trip_lines import closing, handing_over, opening, taking_back, texts_out
from app.vehicles.trip_table import (
    CarNow,
    UnderWay,
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
            TripRefused: the car is unknown, or is out now. Two tablets, one car: the second one gets this. What paper
                says happened stands beside it.
        """
        trip_id = uuid.uuid4()
        sealed = await self.sealed(order.driver, order.at, texts_out(order))

        def decision(tx: Transaction) -> TripInfo:
            known = self._repeated(tx, order.attempt)
            return known or self._open(tx, order, car_in_use(tx.ask(asking_car(order.vehicle))), trip_id, sealed)

        return await decided(decision)

    async def take_back(self, order: TakeBack) -> TripInfo:
        """Close a trip; the odometer of the car goes on from here.

        Raises:
            TripRefused: the trip is closed, or the odometer cannot be right.
        """
        sealed = await self.sealed(order.returned_by, order.at, {'abnormality': order.abnormality})

        def decision(tx: Transaction) -> TripInfo:
            known = self._repeated(tx, order.attempt)
            return known or self._close(tx, order, open_trip(tx.ask(asking_open_trip(order.trip))), sealed)

        return await decided(decision)

    async def now(self) -> UnderWay:
        """The trips under way."""
        return await self._under_way.get()

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

    async def sealed(self, person: UUID, at: Moment | None, texts: Mapping[str, str]) -> tuple[Sealed, ...]:
        """What a line seals: the staff number of who drove, and what they wrote, at this time or now.

        Raises:
            StorageError: no key could be made for it.
        """
        number, written = await self.staff_number_of(person), {name: text for name, text in texts.items() if text}
        if not written:
            return number
        part = month_texts(at.at if at else clock.now(), written)
        await self._journal.ensure_keys([part])
        return (*number, part)

    def _open(
        self, tx: Transaction, order: HandOver, car: CarNow | None, trip_id: UUID, sealed: tuple[Sealed, ...]
    ) -> TripInfo:
        if car is None:
            raise TripRefused(TripProblem.CAR_UNKNOWN)
        if car.is_out and order.at is None:
            raise TripRefused(TripProblem.CAR_OUT)
        values = opening(order, car.odometer)
        written = self._journal.append_last(tx, handing_over(order, trip_id, values, sealed))
        moment = order.at or written.recorded
        row = {
            **values,
            'id': trip_id,
            'sequence': written.sequence,
            'box': self._journal.identity.box,
            'out_at': moment.at,
            'source': str(Source.PAPER if order.at else Source.DESK),
            'charge_out': order.charge,
            'overridden': tuple((order.overridden or {}).items()),
        }
        trip = insert_trip(tx, row)
        bind_check(tx, order.check, trip_id, order.vehicle)
        return self.told(tx, trip)

    def _close(self, tx: Transaction, order: TakeBack, trip: TripInfo | None, sealed: tuple[Sealed, ...]) -> TripInfo:
        if trip is None:
            raise TripRefused(TripProblem.NOT_OUT)
        refuse_impossible(trip, order)
        written = self._journal.append_last(tx, taking_back(order, trip, sealed))
        moment = order.at or written.recorded
        changes = {**closing(order), 'returned_at': moment.at, 'sequence': written.sequence}
        closed = update_trip(tx, trip, changes)
        drive_on(tx, trip.vehicle, order.odometer, moment.at)
        bind_check(tx, order.check, trip.id, trip.vehicle)
        return self.told(tx, closed)

    def _repeated(self, tx: Transaction, attempt: str) -> TripInfo | None:
        sequence = self._journal.known_attempt(tx, attempt)
        return trip_of_line(tx, sequence) if sequence else None

    def told(self, tx: Transaction, info: TripInfo) -> TripInfo:
        """Tell of the change after the commit."""
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
    refuse_unlikely(order, row.odometer_out)


def refuse_unlikely(order: TakeBack, before: int | None) -> None:
    """Refuse an odometer for which nobody stands and that cannot be right after this number.

    Raises:
        TripRefused: ODOMETER_BACK or ODOMETER_TOO_FAR.
    """
    if before is None or order.odometer_confirmer is not None:
        return
    if order.odometer < before:
        raise TripRefused(TripProblem.ODOMETER_BACK)
    if order.odometer - before > LONGEST_DRIVE_KM:
        raise TripRefused(TripProblem.ODOMETER_TOO_FAR)
