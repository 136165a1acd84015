"""What became of reservations: the event was deleted while the car was out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.vehicles.models import Reservation, Trip, Vehicle


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedWhileOut:
    """A trip whose reservation is gone in Garoon; the trip stands."""

    trip: UUID
    plate: str
    deleted_at: datetime
    """When the box heard of it."""


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
