"""Tags on keys: a printed code, or an IC tag linked to the car; either chooses the trip that ends.

A tag opens nothing by itself, so its code is not signed: it is the same at every guard room, and made of letters and
digits alone, which a scanner types alike on every keyboard layout.
"""

import base64
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from app.people.staff import StaffRegister
from app.vehicles.desk_facts import DeskFacts
from app.vehicles.desk_flow import Draft
from app.vehicles.ledger import VehicleInfo
from app.vehicles.lone_desk import with_lone_car
from app.vehicles.screens import Problem

PREFIX = 'MBKEY'
LONGEST = 64


def tag_text(vehicle: UUID) -> str:
    """What the code on the key of this car says."""
    return PREFIX + base64.b32encode(vehicle.bytes).decode('ascii').rstrip('=')


def car_of_tag(cars: Iterable[VehicleInfo], text: str, guard_room: str) -> VehicleInfo | None:
    """The car of a scanned tag: one of ours, or an older one that says the key number of this guard room."""
    plain = unicodedata.normalize('NFKC', text[:LONGEST]).strip().upper()
    known = list(cars)
    for car in known:
        if plain == tag_text(car.id):
            return car
    numbered = [car for car in known if plain and car.entry.key_number.upper() == plain]
    here = [car for car in numbered if car.entry.guard_room in ('', guard_room)]
    found = here or numbered
    return found[0] if len(found) == 1 else None


async def key_shown(facts: DeskFacts, staff: StaffRegister, draft: Draft, car: VehicleInfo) -> Draft | Problem:
    """The key of this car lies on the desk: its trip ends, driven by whoever tapped, else by whoever borrowed it."""
    if draft.breath is not None:
        return draft if draft.car is not None and draft.car.id == car.id else Problem.OTHER_KEY
    if draft.is_lone:
        return with_lone_car(facts, draft, car)
    trip = facts.trips.of_car.get(car.id)
    if trip is None:
        is_here = car.entry.guard_room in ('', facts.desk.name)
        return Problem.KEY_NOT_OUT if is_here else Problem.KEY_OF_OTHER_ROOM
    driver = draft.tapped or await staff.get(trip.driver)
    if driver is None:
        return Problem.DRIVER_UNKNOWN
    return replace(
        Draft(attempt=draft.attempt),
        tapped=driver,
        driver=driver,
        is_return=True,
        open_trip=trip,
        car=car,
        confirmer=draft.confirmer,
        is_by_key=draft.tapped is None,
        breaths=draft.breaths,
    )
