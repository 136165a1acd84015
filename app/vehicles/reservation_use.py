"""What became of reservations: nobody came, the car was back early, the event was deleted while the car was out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app import clock
from app.vehicles.models import Reservation, Trip, Vehicle
from app.vehicles.reservations import ReservationInfo, Reservations

NO_SHOW_AFTER = timedelta(minutes=30)
"""From this long after its beginning a reservation without a hand-over counts as not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyReturn:
    """A car that was back before the end of its reservation: from then on others may have it."""

    reservation: ReservationInfo
    returned_at: datetime

    @property
    def given_back(self) -> timedelta:
        """Booked time that became free."""
        return self.reservation.end - self.returned_at


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedWhileOut:
    """A trip whose reservation is gone in Garoon; the trip stands."""

    trip: UUID
    plate: str
    deleted_at: datetime
    """When the box heard of it."""


async def no_shows(reservations: Reservations, start: datetime, end: datetime) -> list[ReservationInfo]:
    """Reservations of this stretch of time that began half an hour ago or more and for which no car left."""
    until = min(end, clock.now() - NO_SHOW_AFTER)
    booked = [each for each in await reservations.between(start, end) if start <= each.start < until]
    used = await _trips_of([each.key for each in booked])
    return [each for each in booked if each.key not in used]


async def early_returns(reservations: Reservations, start: datetime, end: datetime) -> list[EarlyReturn]:
    """Reservations of this stretch of time whose car came back before their end."""
    booked = {each.key: each for each in await reservations.between(start, end)}
    trips = await _trips_of(list(booked))
    found = [(booked[key], trip.returned_at.astimezone(clock.TOKYO)) for key, trip in trips.items() if trip.returned_at]
    return [EarlyReturn(reservation=each, returned_at=at) for each, at in found if at < each.end]


async def deleted_while_out() -> list[DeletedWhileOut]:
    """Trips under way whose reservation was deleted."""
    trips = {trip.reservation: trip for trip in await Trip.filter(returned_at=None, reservation__isnull=False)}
    gone = await Reservation.filter(key__in=[key for key in trips if key], gone_at__isnull=False)
    plates = {car.id: car.plate for car in await Vehicle.filter(id__in=[trips[row.key].vehicle for row in gone])}
    return [
        DeletedWhileOut(
            trip=trips[row.key].id,
            plate=plates.get(trips[row.key].vehicle, ''),
            deleted_at=row.gone_at.astimezone(clock.TOKYO),
        )
        for row in gone
        if row.gone_at
    ]


async def _trips_of(keys: list[str]) -> dict[str, Trip]:
    trips: dict[str, Trip] = {}
    for at in range(0, len(keys), 500):
        for trip in await Trip.filter(reservation__in=keys[at : at + 500]).order_by('out_at'):
            trips[trip.reservation or ''] = trip
    return trips
