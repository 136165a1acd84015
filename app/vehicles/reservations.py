"""Reservations as the box last heard of them; Garoon stays their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app import clock
from app.events import Event
from app.storage.transaction import Transaction, transaction
from app.vehicles.garoon.events import Reservation as Told
from app.vehicles.models import Reservation, Trip, Vehicle

EARLY = timedelta(hours=2)
"""A reservation is offered from this long before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationInfo:
    """A car booked for a stretch of time, half open."""

    key: str
    vehicle: UUID
    start: datetime
    end: datetime
    subject: str
    purpose: str
    people: tuple[str, ...]
    """Staff numbers of those who may be the driver: who goes along first, then who booked."""


class Reservations:
    """Keeps what Garoon told, and answers from it also when Garoon is away."""

    def __init__(self) -> None:
        self.CHANGED: Event[None] = Event()
        """Garoon told something new."""
        self.heard_at: datetime | None = None
        """When Garoon last answered."""

    async def load(self) -> None:
        """Remember when Garoon last answered."""
        newest = await Reservation.all().order_by('-fetched_at').first()
        self.heard_at = newest.fetched_at if newest else None

    async def keep(self, told: Iterable[Told], gone: Sequence[str] = ()) -> None:
        """Take over what Garoon told: these are as they are now, and those (by key) are gone."""
        now = clock.now()
        rows = [_row(each, now) for each in told]

        async def work(tx: Transaction) -> None:
            for row in rows:
                await Reservation.filter(key=row.key).using_db(tx.connection).delete()
            await Reservation.bulk_create(rows, using_db=tx.connection)
            if gone:
                await Reservation.filter(key__in=list(gone)).using_db(tx.connection).update(gone_at=now)
            tx.after_commit(lambda: self.CHANGED.emit(None))

        await transaction(work)
        self.heard_at = now

    async def of_person(self, number: str, now: datetime) -> list[ReservationInfo]:
        """What this person may take now or soon, the nearest first; used ones are left out."""
        rows = await Reservation.filter(gone_at=None, end__gt=now, start__lt=now + EARLY).order_by('start')
        mine = [row for row in rows if number in _people(row)]
        used = {trip.reservation for trip in await Trip.filter(reservation__in=[row.key for row in mine])}
        return await self._with_cars([row for row in mine if row.key not in used])

    async def next_of_cars(self, now: datetime, ahead: timedelta = timedelta(days=1)) -> dict[UUID, ReservationInfo]:
        """The next unused reservation of each car."""
        rows = await Reservation.filter(gone_at=None, end__gt=now, start__lt=now + ahead).order_by('-start')
        used = {trip.reservation for trip in await Trip.filter(reservation__in=[row.key for row in rows])}
        return {each.vehicle: each for each in await self._with_cars([row for row in rows if row.key not in used])}

    async def people_of(self, key: str) -> tuple[str, ...]:
        """Staff numbers of those who may be the driver of a reservation."""
        row = await Reservation.get_or_none(key=key)
        return _people(row) if row else ()

    async def between(self, start: datetime, end: datetime) -> list[ReservationInfo]:
        """All reservations that touch this stretch of time, for the time line."""
        rows = await Reservation.filter(gone_at=None, start__lt=end, end__gt=start).order_by('start')
        return await self._with_cars(list(rows))

    @staticmethod
    async def _with_cars(rows: list[Reservation]) -> list[ReservationInfo]:
        facilities = {row.facility for row in rows}
        cars = await Vehicle.filter(facility__in=list(facilities), retired_at=None)
        by_facility = {car.facility: car.id for car in cars if car.facility}
        return [_info(row, by_facility[row.facility]) for row in rows if row.facility in by_facility]


def _row(told: Told, now: datetime) -> Reservation:
    return Reservation(
        key=told.key,
        event=told.event_id,
        facility=told.facility_id,
        start=told.start,
        end=told.end,
        subject=told.subject[:500],
        purpose=told.purpose[:500],
        creator=told.creator.code,
        attendees=[person.code for person in told.attendees],
        fetched_at=now,
    )


def _people(row: Reservation) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*row.attendees, row.creator]))


def _info(row: Reservation, vehicle: UUID) -> ReservationInfo:
    return ReservationInfo(
        key=row.key,
        vehicle=vehicle,
        start=row.start,
        end=row.end,
        subject=row.subject,
        purpose=row.purpose,
        people=_people(row),
    )
