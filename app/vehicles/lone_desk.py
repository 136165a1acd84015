"""At a desk: a car comes back whose trip this guard room has not heard of (lent at the other one, or from paper)."""

import uuid
from collections.abc import Iterator
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
    cars = tuple(_offer(car) for car in _cars(facts, draft.tapped))[:MOST_LISTED]
    return replace(draft, is_return=True, is_lone=True, offers=cars, held_back=())


def with_lone_car(facts: DeskFacts, draft: Draft, car: VehicleInfo) -> Draft | Problem:
    """This is the car; what it showed at its last return stands where the hand-over would."""
    if draft.tapped is None or car.id in facts.trips.of_car:
        return Problem.FAILED
    return replace(draft, car=car, driver=draft.tapped, offers=(), open_trip=_unknown_trip(facts, car, draft.tapped))


def _cars(facts: DeskFacts, person: StaffMember) -> Iterator[VehicleInfo]:
    """Those that the person reserved, then those of the other room, then the others; none that is known to be out."""
    reserved = {each.vehicle for each in facts.reservations.of_person(person.number)}
    inside = [car for car in facts.cars if car.id not in facts.trips.of_car]
    yield from (car for car in inside if car.id in reserved)
    others = [car for car in inside if car.id not in reserved]
    yield from (car for car in others if car.entry.guard_room not in ('', facts.desk.name))
    yield from (car for car in others if car.entry.guard_room in ('', facts.desk.name))


def _offer(car: VehicleInfo) -> CarOffer:
    return CarOffer(
        vehicle=car.id,
        plate=car.entry.plate,
        name=car.entry.name,
        key_number=car.entry.key_number,
        reservation=None,
        start=None,
        end=None,
        purpose='',
    )


def _unknown_trip(facts: DeskFacts, car: VehicleInfo, person: StaffMember) -> TripInfo:
    return TripInfo(id=uuid.uuid4(), vehicle=car.id, driver=person.id, out_at=facts.now, odometer_out=car.odometer)
