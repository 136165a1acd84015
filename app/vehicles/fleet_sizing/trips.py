"""The trips on which every figure about the number of cars rests."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Codes: TypeAlias = npt.NDArray[np.int64]
Counts: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Minutes: TypeAlias = npt.NDArray[np.int64]
Times: TypeAlias = npt.NDArray[np.datetime64]

MINUTE = np.dtype('datetime64[m]')
MINUTES_OF_DAY = 1440
LONGEST_YEARS = 60


class ImpossibleTrips(ValueError):
    """Trips that no car can have driven; the message says which rule is broken and where it is first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TripTimes:
    """Trips as columns of one length, each half open (`start <= t < end`), in local time without zone (Asia/Tokyo).

    Raises:
        ImpossibleTrips: columns differ in length, a time is missing, a trip ends before it starts, or sixty years pass.
    """

    start: Times
    end: Times
    car_type: Codes
    """Code of the type that was asked for; the caller keeps the names."""
    site: Codes
    """Code of the place where the car is fetched; the caller keeps the names."""

    def __post_init__(self) -> None:
        for name, kind in (('start', MINUTE), ('end', MINUTE), ('car_type', np.int64), ('site', np.int64)):
            object.__setattr__(self, name, np.asarray(getattr(self, name)).astype(kind))
        _refuse_impossible(self)

    def __len__(self) -> int:
        return len(self.start)

    @property
    def hours(self) -> npt.NDArray[np.float64]:
        """Length of each trip in hours."""
        return (self.end - self.start).astype(np.int64) / 60

    @property
    def day(self) -> Times:
        """Date on which each trip starts (`datetime64[D]`)."""
        return self.start.astype('datetime64[D]')

    def where(self, chosen: Mask) -> 'TripTimes':
        """Only these trips, in the same order."""
        return replace(
            self,
            start=self.start[chosen],
            end=self.end[chosen],
            car_type=self.car_type[chosen],
            site=self.site[chosen],
        )

    def of(self, *, car_type: int | None = None, site: int | None = None) -> 'TripTimes':
        """Only the trips of a type, of a site, or of both."""
        chosen = np.ones(len(self), dtype=np.bool_)
        if car_type is not None:
            chosen &= self.car_type == car_type
        if site is not None:
            chosen &= self.site == site
        return self.where(chosen)


def minutes_since(origin: np.datetime64, times: Times) -> Minutes:
    """Whole minutes from the origin."""
    return (times - origin.astype(MINUTE)).astype(np.int64)


def no_trips() -> TripTimes:
    """A period in which nobody drove."""
    none = np.array([], dtype=MINUTE)
    return TripTimes(start=none, end=none, car_type=np.array([], np.int64), site=np.array([], np.int64))


def _refuse_impossible(trips: TripTimes) -> None:
    if len({len(column) for column in (trips.start, trips.end, trips.car_type, trips.site)}) > 1:
        raise ImpossibleTrips('the columns differ in length')
    if not len(trips):
        return
    missing = np.isnat(trips.start) | np.isnat(trips.end)
    if missing.any():
        raise ImpossibleTrips(f'trip {int(missing.argmax())} has no start or no end')
    backwards = trips.end <= trips.start
    if backwards.any():
        raise ImpossibleTrips(f'trip {int(backwards.argmax())} does not end after its start')
    if (trips.end.max() - trips.start.min()).astype(np.int64) > LONGEST_YEARS * 366 * MINUTES_OF_DAY:
        raise ImpossibleTrips(f'the trips lie more than {LONGEST_YEARS} years apart')
