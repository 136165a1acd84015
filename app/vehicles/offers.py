"""Which cars a driver is offered: their own reservation first, then those that are free."""

from datetime import datetime
from uuid import UUID

from app import clock
from app.people.staff import StaffMember
from app.vehicles.ledger import VehicleInfo
from app.vehicles.reservations import ReservationInfo
from app.vehicles.room import Vehicles
from app.vehicles.screens import CarOffer

MOST_FREE = 12


async def offers_for(room: Vehicles, person: StaffMember) -> tuple[CarOffer, ...]:
    """Reservations of the person now or soon, then free cars; a car that is out or blocked is not offered."""
    now = clock.now()
    out = set(await room.trips.open_trips())
    cars = {car.id: car for car in await room.ledger.all() if car.id not in out and not car.entry.blocked_reason}
    reserved = await room.reservations.of_person(person.number, now)
    own = [_reserved(cars[each.vehicle], each) for each in reserved if each.vehicle in cars]
    following = await room.reservations.next_of_cars(now)
    taken = {offer.vehicle for offer in own} | {each.vehicle for each in following.values() if each.start <= now}
    free = [_free(car, following.get(car.id)) for car in cars.values() if car.id not in taken and _may_go(car)]
    return (*own, *free[:MOST_FREE])


def _may_go(car: VehicleInfo) -> bool:
    return not car.entry.for_disasters


def _reserved(car: VehicleInfo, reservation: ReservationInfo) -> CarOffer:
    return _offer(car, reservation.key, reservation.start, reservation.end, reservation.purpose or reservation.subject)


def _free(car: VehicleInfo, following: ReservationInfo | None) -> CarOffer:
    return _offer(car, None, None, following.start if following else None, '')


def _offer(
    car: VehicleInfo, reservation: str | None, start: datetime | None, end: datetime | None, purpose: str
) -> CarOffer:
    return CarOffer(
        vehicle=car.id,
        plate=car.entry.plate,
        name=car.entry.name,
        key_number=car.entry.key_number,
        reservation=reservation,
        start=start,
        end=end,
        purpose=purpose,
    )


def offer_of(offers: tuple[CarOffer, ...], vehicle: UUID) -> CarOffer | None:
    """The offer of this car."""
    return next((offer for offer in offers if offer.vehicle == vehicle), None)
