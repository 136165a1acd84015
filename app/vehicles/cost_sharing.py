"""What each department owes for the cars: the fuel of a car is shared by the kilometres that each drove with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from app.vehicles.run_record import TripEntry

Key = TypeVar('Key')
HUNDREDTH = Decimal('0.01')


@dataclass(slots=True)
class DepartmentUse:
    """What the drivers of a department used; an open trip counts, without kilometres."""

    trips: int = 0
    distance: int = 0
    fuel_litres: Decimal = Decimal(0)
    fuel_yen: int = 0


@dataclass(slots=True)
class _CarUse:
    distance: dict[str, int] = field(default_factory=dict)
    """Kilometres by department."""
    yen: dict[str, int] = field(default_factory=dict)
    """What was paid for fuel, by the department that happened to refuel."""
    hundredths: dict[str, int] = field(default_factory=dict)
    """Fuel in 0.01 l, likewise."""


class DepartmentUses:
    """Counts trips in, and shares at the end."""

    def __init__(self) -> None:
        self._trips: dict[str, int] = {}
        self._cars: dict[UUID, _CarUse] = {}

    def add(self, entries: Iterable[TripEntry]) -> None:
        """Count trips in, by the department of the driver."""
        for entry in entries:
            trip, department = entry.trip, entry.driver.department
            car = self._cars.setdefault(trip.vehicle, _CarUse())
            _count(self._trips, department, 1)
            _count(car.distance, department, trip.distance or 0)
            _count(car.yen, department, trip.fuel_yen or 0)
            _count(car.hundredths, department, int((trip.fuel_litres or Decimal(0)) / HUNDREDTH))

    def shared(self) -> dict[str, DepartmentUse]:
        """What each department used; the sums are those of the trips, to the yen and to 0.01 l."""
        uses = {department: DepartmentUse(trips=trips) for department, trips in self._trips.items()}
        for car in self._cars.values():
            for department, kilometres in car.distance.items():
                uses[department].distance += kilometres
            for department, yen in _shared(car.yen, car.distance).items():
                uses[department].fuel_yen += yen
            for department, hundredths in _shared(car.hundredths, car.distance).items():
                uses[department].fuel_litres += hundredths * HUNDREDTH
        return uses


def shares(total: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """A whole number in whole parts by weight (largest remainder); equal remainders go in the order of the weights.

    Raises:
        ZeroDivisionError: nothing weighs anything.
    """
    whole = sum(weights.values())
    parts = {key: total * weight // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def _shared(paid: Mapping[str, int], distance: Mapping[str, int]) -> dict[str, int]:
    if not any(distance.values()):
        return dict(paid)
    return shares(sum(paid.values()), dict(sorted(distance.items())))


def _count(counts: dict[str, int], key: str, more: int) -> None:
    counts[key] = counts.get(key, 0) + more
