"""Which cars a driver is offered: their own reservation first, then those that are free."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from app.people.staff import StaffMember
from app.vehicles.desk_facts import DeskFacts
from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleInfo
from app.vehicles.permits import opened_to
from app.vehicles.reservations import ReservationInfo
from app.vehicles.screens import CarOffer, HeldBack

MOST_FREE = 12
STAYS_HERE = frozenset({Gate.CAR_OUT, Gate.CAR_BLOCKED, Gate.INSPECTION, Gate.COMPULSORY_INSURANCE})
"""With one of these a car is not even offered to whoever reserved it."""
FOR_NOBODY_ELSE = STAYS_HERE | {Gate.FOR_DISASTERS}


@dataclass(frozen=True, slots=True)
class Offered:
    """What a driver may choose from, and which of their reservations come to nothing."""

    offers: tuple[CarOffer, ...]
    held_back: tuple[HeldBack, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A car with what stands in its way and who wants it next."""

    car: VehicleInfo
    gates: tuple[Gate, ...]
    following: ReservationInfo | None
    no_show: ReservationInfo | None = None
    """Who has reserved it now and did not come."""


def offers_for(facts: DeskFacts, gates: Sequence[tuple[Gate, ...]], person: StaffMember) -> Offered:
    """Reservations of the person now or soon, then free cars; the gates are those of each car, were it not out.

    A car that may not go out today is not offered. Where the person reserved it, the nearest free car is, in its place.
    """
    out, following = facts.trips.of_car, facts.reservations.next_of_cars
    reserved = facts.reservations.of_person(person.number)
    mine = {each.vehicle for each in reserved}
    inside = list(zip(facts.cars, gates, strict=True))
    if permitted := opened_to(facts.permits, person.id, facts.today):
        inside = [(car, _still_closed(gates, permitted.get(car.id, {}))) for car, gates in inside]
    wanted = {
        car.id: _Candidate(car, (Gate.CAR_OUT, *gates) if car.id in out else gates, following.get(car.id))
        for car, gates in (inside if mine else ())
        if car.id in mine
    }
    others = (each for each in inside if each[0].id not in mine and each[0].id not in out)
    free = _free_cars(others, facts)
    return _offered(wanted, [each for each in reserved if each.vehicle in wanted], free)


def offer_of(offers: tuple[CarOffer, ...], vehicle: UUID) -> CarOffer | None:
    """The offer of this car."""
    return next((offer for offer in offers if offer.vehicle == vehicle), None)


def _offered(cars: dict[UUID, _Candidate], reserved: list[ReservationInfo], others: Iterable[_Candidate]) -> Offered:
    own: list[CarOffer] = []
    held: list[HeldBack] = []
    has_to_choose = any(_first(cars[each.vehicle].gates, STAYS_HERE) for each in reserved)
    free = list(others if has_to_choose else islice(others, MOST_FREE))
    for reservation in reserved:
        wanted = cars[reservation.vehicle]
        reason = _first(wanted.gates, STAYS_HERE)
        if reason is None:
            own.append(_reserved(wanted, reservation))
            continue
        instead = min(free, key=lambda each: _distance(each, wanted.car, reservation), default=None)
        if instead is not None:
            free.remove(instead)
            own.append(_in_its_place(instead, wanted.car, reservation))
        held.append(HeldBack(plate=wanted.car.entry.plate, gate=reason, alternative=_plate(instead)))
    return Offered((*own, *(_free(each) for each in free[:MOST_FREE])), tuple(held))


def _free_cars(cars: Iterable[tuple[VehicleInfo, tuple[Gate, ...]]], facts: DeskFacts) -> Iterator[_Candidate]:
    """Those that nobody has reserved for now, then those whose driver did not come, last those for which a manager
    must be asked.
    """
    following, no_shows = facts.reservations.next_of_cars, facts.reservations.no_shows
    unused: list[_Candidate] = []
    gated: list[_Candidate] = []
    for car, gates in cars:
        next_one = following.get(car.id)
        if (next_one is not None and next_one.start <= facts.now) or _first(gates, FOR_NOBODY_ELSE):
            continue
        candidate = _Candidate(car, gates, next_one, no_shows.get(car.id))
        if gates:
            gated.append(candidate)
        elif candidate.no_show:
            unused.append(candidate)
        else:
            yield candidate
    yield from unused
    yield from gated


def _distance(candidate: _Candidate, wanted: VehicleInfo, reservation: ReservationInfo) -> tuple[bool, ...]:
    """How far a car is from the one that was wanted: too short a time, a manager to ask, another type, another room."""
    entry, following = candidate.car.entry, candidate.following
    return (
        following is not None and following.start < reservation.end,
        bool(candidate.gates),
        candidate.no_show is not None,
        entry.car_type is not wanted.entry.car_type,
        entry.guard_room != wanted.entry.guard_room,
    )


def _still_closed(gates: tuple[Gate, ...], permitted: Container[str]) -> tuple[Gate, ...]:
    return tuple(gate for gate in gates if gate.value not in permitted)


def _first(gates: tuple[Gate, ...], among: frozenset[Gate]) -> Gate | None:
    return next((gate for gate in gates if gate in among), None) if gates else None


def _plate(candidate: _Candidate | None) -> str:
    return candidate.car.entry.plate if candidate else ''


def _reserved(wanted: _Candidate, reservation: ReservationInfo) -> CarOffer:
    purpose = reservation.purpose or reservation.subject
    return _offer(wanted, reservation.key, reservation.start, reservation.end, purpose)


def _in_its_place(instead: _Candidate, wanted: VehicleInfo, reservation: ReservationInfo) -> CarOffer:
    ends = [reservation.end, *([instead.following.start] if instead.following else [])]
    offer = _reserved(instead, reservation)
    return replace(offer, end=min(ends), instead_of=wanted.entry.plate)


def _free(candidate: _Candidate) -> CarOffer:
    offer = _offer(candidate, None, None, candidate.following.start if candidate.following else None, '')
    late = candidate.no_show
    return replace(offer, no_show=(late.start, late.end)) if late else offer


def _offer(
    candidate: _Candidate, reservation: str | None, start: datetime | None, end: datetime | None, purpose: str
) -> CarOffer:
    entry = candidate.car.entry
    return CarOffer(
        vehicle=candidate.car.id,
        plate=entry.plate,
        name=entry.name,
        key_number=entry.key_number,
        reservation=reservation,
        start=start,
        end=end,
        purpose=purpose,
        caution=candidate.gates[0] if candidate.gates else None,
    )
