"""One given fleet with more freedom than the replay of all sizes: trips may move, or take a car of another type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from app.vehicles.fleet_sizing.replay import Conditions
from app.vehicles.fleet_sizing.trips import Codes, Counts, Mask, Minutes, TripTimes, minutes_since

NO_TYPE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """How many cars there are of each type, and what may replace what."""

    cars: Mapping[int, int]
    """Number of cars by type code; a type that is not named has none."""
    substitutes: Mapping[int, Sequence[int]] = field(default_factory=lambda: MappingProxyType({}))
    """By type code: the other types that also serve its trips, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What this fleet does with each trip, in the order in which the trips were given."""

    trips: TripTimes
    served_by: Codes
    """Type code of the car; `NO_TYPE` where the trip is refused."""
    moved_minutes: Minutes
    """How much later (or, below zero, earlier) than wished the trip begins."""

    @property
    def refused(self) -> Mask:
        """Which trips do not fit."""
        return np.equal(self.served_by, NO_TYPE)

    @property
    def moved(self) -> Mask:
        """Which trips fit only at another time."""
        return np.not_equal(self.moved_minutes, 0)

    @property
    def substituted(self) -> Mask:
        """Which trips take a car of another type."""
        return ~self.refused & np.not_equal(self.served_by, self.trips.car_type)


def what_if(trips: TripTimes, fleet: Fleet, conditions: Conditions | None = None, tolerance: int = 0) -> Outcome:
    """Give out cars in order of the wished start; who finds none may begin up to `tolerance` minutes earlier or later.

    A trip takes, in this order: a car of its type at the wished time, a substitute at the wished time, a car of its
    type at the nearest other time (earlier before later), a substitute at the nearest other time. Cars in inspection
    are missing from every type, also on the later days of a long trip (the replay of all sizes looks at the day of the
    start alone). Memory grows with the minutes of the period times the types.

    Raises:
        ValueError: a negative tolerance.
    """
    if tolerance < 0:
        raise ValueError('the tolerance is never negative')
    conditions = conditions or Conditions()
    served_by = np.full(len(trips), NO_TYPE, dtype=np.int64)
    moved = np.zeros(len(trips), dtype=np.int64)
    if not len(trips):
        return Outcome(trips=trips, served_by=served_by, moved_minutes=moved)
    origin = trips.day.min() - np.timedelta64(tolerance // 1440 + 1, 'D')
    starts = minutes_since(origin, trips.start)
    ends = minutes_since(origin, trips.end) + conditions.turnaround_minutes
    lots = _lots(fleet, conditions, origin, int(ends.max()) + tolerance + 1)
    for index in np.argsort(trips.start, kind='stable').tolist():
        candidates = [lots[kind] for kind in _kinds(int(trips.car_type[index]), fleet) if kind in lots]
        taken = _first_fit(candidates, int(starts[index]), int(ends[index]), tolerance)
        if taken is not None:
            served_by[index], moved[index] = taken
    return Outcome(trips=trips, served_by=served_by, moved_minutes=moved)


@dataclass(frozen=True, slots=True)
class _Lot:
    """Free cars of one type, minute by minute."""

    kind: int
    free: Counts

    def fits(self, start: int, end: int) -> bool:
        return bool(self.free[start:end].min() > 0)

    def nearest(self, start: int, end: int, tolerance: int) -> int | None:
        """Minutes to the nearest other start at which a car is free throughout."""
        full = self.free[start - tolerance : end + tolerance] <= 0
        before = np.concatenate(([0], np.cumsum(full)))
        length = end - start
        possible = np.flatnonzero(before[length:] == before[: len(before) - length]) - tolerance
        if not possible.size:
            return None
        return int(possible[np.lexsort((possible, np.abs(possible)))[0]])

    def take(self, start: int, end: int) -> None:
        self.free[start:end] -= 1


def _lots(fleet: Fleet, conditions: Conditions, origin: np.datetime64, minutes: int) -> dict[int, _Lot]:
    days = origin.astype('datetime64[D]') + np.arange(-(-minutes // 1440))
    away = np.full(len(days), conditions.in_inspection, dtype=np.int64)
    for day, count in conditions.in_inspection_on.items():
        away[days == np.datetime64(day)] = count
    by_minute = np.repeat(away, 1440)
    return {kind: _Lot(kind, count - by_minute) for kind, count in fleet.cars.items() if count > 0}


def _kinds(kind: int, fleet: Fleet) -> list[int]:
    return [kind, *(other for other in fleet.substitutes.get(kind, ()) if other != kind)]


def _first_fit(lots: Sequence[_Lot], start: int, end: int, tolerance: int) -> tuple[int, int] | None:
    for lot in lots:
        if lot.fits(start, end):
            lot.take(start, end)
            return lot.kind, 0
    for lot in lots if tolerance else ():
        if (shift := lot.nearest(start, end, tolerance)) is not None:
            lot.take(start + shift, end + shift)
            return lot.kind, shift
    return None
