"""How much cars are used, and how far reservations differ from what was driven."""

from dataclasses import dataclass

import numpy as np

from app.vehicles.fleet_sizing.trips import (
    MINUTE,
    MINUTES_OF_DAY,
    Codes,
    ImpossibleTrips,
    Times,
    TripTimes,
    minutes_since,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utilisation:
    """Use of one car during the working days of a period; shares from 0 to 1."""

    hours: float
    """Hours out within business hours on working days."""
    share_of_hours: float
    days: int
    """Working days on which the car was out at all."""
    share_of_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """When the offices work; minutes of the day, the end is not part of it."""

    opens: int = 8 * 60 + 30
    closes: int = 17 * 60 + 15

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_OF_DAY:
            raise ValueError('business hours begin before they end, within one day')


def utilisation(
    trips: TripTimes, car: Codes, working_days: Times, hours: BusinessHours | None = None
) -> dict[int, Utilisation]:
    """Use of each car that was out in the period; `car` tells which car each trip took.

    Raises:
        ImpossibleTrips: there are not as many cars as trips.
    """
    if len(car) != len(trips):
        raise ImpossibleTrips('the columns differ in length')
    days = np.unique(working_days.astype('datetime64[D]'))
    hours = hours or BusinessHours()
    return {int(one): _of_one(trips.where(car == one), days, hours) for one in np.unique(car)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How far reservations were kept."""

    reserved: int
    no_shows: int
    """Reservations for which no car left."""
    early_minutes: int
    """Minutes by which cars came back before the reserved end, added up."""
    late_minutes: int
    """Minutes by which cars came back after the reserved end, added up."""
    reserved_minutes: int
    """Minutes reserved by those who came."""
    driven_minutes: int

    @property
    def no_show_share(self) -> float:
        """Share (0 to 1) of reservations for which no car left."""
        return self.no_shows / self.reserved if self.reserved else 0.0


def kept(reserved: TripTimes, left: Times, returned: Times) -> Kept:
    """Compare reservations with what happened; `left` and `returned` are not-a-time where no car left.

    Raises:
        ImpossibleTrips: the columns differ in length, or a car left and has not returned, or the reverse.
    """
    left, returned = left.astype(MINUTE), returned.astype(MINUTE)
    if not len(reserved) == len(left) == len(returned):
        raise ImpossibleTrips('the columns differ in length')
    came = ~np.isnat(left)
    if (came == np.isnat(returned)).any():
        raise ImpossibleTrips('a car that left has a return, and one that did not has none')
    late = (returned[came] - reserved.end[came]).astype(np.int64)
    return Kept(
        reserved=len(reserved),
        no_shows=int((~came).sum()),
        early_minutes=int(-late[late < 0].sum()),
        late_minutes=int(late[late > 0].sum()),
        reserved_minutes=int((reserved.end - reserved.start)[came].astype(np.int64).sum()),
        driven_minutes=int((returned - left)[came].astype(np.int64).sum()),
    )


def _of_one(trips: TripTimes, days: Times, hours: BusinessHours) -> Utilisation:
    """Trips of one car may overlap in the records (return forgotten): a minute counts once."""
    if not days.size or not len(trips):
        return Utilisation(hours=0.0, share_of_hours=0.0, days=0, share_of_days=0.0)
    first = min(days[0], trips.day.min())
    span = int((max(days[-1], trips.end.max().astype('datetime64[D]')) - first).astype(np.int64)) + 1
    changes = np.zeros(span * MINUTES_OF_DAY + 1, dtype=np.int64)
    np.add.at(changes, minutes_since(first, trips.start), 1)
    np.add.at(changes, minutes_since(first, trips.end), -1)
    out = (changes.cumsum()[:-1] > 0).reshape(span, MINUTES_OF_DAY)[(days - first).astype(np.int64)]
    minutes = int(out[:, hours.opens : hours.closes].sum())
    used = int(out.any(axis=1).sum())
    return Utilisation(
        hours=minutes / 60,
        share_of_hours=minutes / (days.size * (hours.closes - hours.opens)),
        days=used,
        share_of_days=used / days.size,
    )
