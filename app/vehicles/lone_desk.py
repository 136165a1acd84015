"""At a desk: a car comes back whose trip this guard room has not heard of (lent at the other one, or from paper)."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from app.people.staff import StaffMember
from app.vehicles.desk_facts import DeskFacts
from app.vehicles.desk_flow import Draft
from app.vehicles.ledger import VehicleInfo
from app.vehicles.screens import CarOffer, Problem
from app.vehicles.trip_values import TripInfo

MOST_LISTED = 100


def comes_back(facts: DeskFacts, draft: Draft) -> Draft | Problem:
    """Who tapped brings a car back, and none is out in their name: they say which one."""
    if draft.tapped is None or draft.is_return:
        return Problem.FAILED
    out = facts.trips.of_car
    cars = tuple(_offer(car, is_out=car.id in out) for car in _cars(facts, draft.tapped))[:MOST_LISTED]
    return replace(draft, is_return=True, is_lone=True, offers=cars, held_back=())


def with_lone_car(facts: DeskFacts, draft: Draft, car: VehicleInfo) -> Draft | Problem:
    """This is the car. One that is out here ends its trip, whoever drove: which trip that is in truth, the lines tell
    when the guard rooms meet. Of another, what it showed at its last return stands where the hand-over would.
    """
    if draft.tapped is None:
        return Problem.FAILED
    known = facts.trips.of_car.get(car.id)
    trip = known or _unknown_trip(facts, car, draft.tapped)
    return replace(draft, car=car, driver=draft.tapped, offers=(), open_trip=trip, is_lone=known is None)


def _cars(facts: DeskFacts, person: StaffMember) -> Sequence[VehicleInfo]:
    """Those that the person reserved, then those of the other room, then those that are out here, then the others."""
    reserved, out = {each.vehicle for each in facts.reservations.of_person(person.number)}, facts.trips.of_car

    def place(car: VehicleInfo) -> tuple[bool, bool, bool]:
        is_here = car.entry.guard_room in ('', facts.desk.name)
        return car.id not in reserved, is_here or car.id in out, car.id not in out

    return sorted(facts.cars, key=place)


def _offer(car: VehicleInfo, *, is_out: bool) -> CarOffer:
    return CarOffer(
        vehicle=car.id,
        plate=car.entry.plate,
        name=car.entry.name,
        key_number=car.entry.key_number,
        reservation=None,
        start=None,
        end=None,
        purpose='',
        is_out=is_out,
    )


def _unknown_trip(facts: DeskFacts, car: VehicleInfo, person: StaffMember) -> TripInfo:
    return TripInfo(id=uuid.uuid4(), vehicle=car.id, driver=person.id, out_at=facts.now, odometer_out=car.odometer)
