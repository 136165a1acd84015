"""適切な台数: what the pool of cars did in a period, as plain values to draw, print and export."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from app.vehicles.fleet_history import TYPES, FleetHistory
from app.vehicles.fleet_sizing.concurrency import STEP_MINUTES, Concurrency, Peaks, concurrency, peaks
from app.vehicles.fleet_sizing.trips import Codes, Mask, TripTimes
from app.vehicles.fleet_sizing.utilisation import Kept, kept, utilisation
from app.vehicles.ledger import CarType


class Days(StrEnum):
    """Which days count for peaks, the curve of a day and the use of cars."""

    OPEN = 'open'
    """Working days, and every other day on which a car of the guard room was out or reserved."""
    WORKING = 'working'


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which cars and days are looked at."""

    car_type: CarType | None = None
    site: str = ''
    """A guard room; empty: all."""
    days: Days = Days.OPEN
    """Idle days off would thin the peaks, and busy ones left out would hide them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakRow:
    """Most cars out at once on the days that count for the guard room."""

    site: str
    """Empty: all together."""
    car_type: CarType
    cars: int
    """In the pool today."""
    actual: Peaks
    reserved: Peaks


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A quarter of an hour of the days that count."""

    minute: int
    """Of the day."""
    mean: float
    most: int
    reserved_mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CarUse:
    """Use of one car within business hours of the days that count; shares from 0 to 1."""

    plate: str
    name: str
    car_type: CarType
    site: str
    trips: int
    hours: float
    share_of_hours: float
    days: int
    share_of_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetReport:
    """Everything that a period says about a pool."""

    first_day: date
    last_day: date
    days: int
    working_days: int
    days_off_used: int
    """Other days on which a car was out or reserved."""
    counted: Days
    sites: tuple[str, ...]
    """All guard rooms, whatever was chosen."""
    trips: int
    peaks: tuple[PeakRow, ...]
    curve: tuple[CurvePoint, ...]
    """96 of them."""
    heat: tuple[tuple[float | None, ...], ...]
    """Mean cars out by weekday (Monday first) and hour; None where the weekday does not occur."""
    cars: tuple[CarUse, ...]
    kept: Kept
    """Of reservations whose time has passed."""
    turned_away: int | None
    """None where nobody ever recorded it."""


def measure(history: FleetHistory, chosen: Chosen) -> FleetReport:
    """Compute the report; takes seconds for many years, so call it outside the event loop."""
    driven = chosen_mask(history, history.trips, chosen)
    booked = chosen_mask(history, history.reserved, chosen)
    trips, reserved = history.trips.where(driven), history.reserved.where(booked)
    working = history.working
    counted = counted_days(history, chosen, working)
    used = counted_days(history, replace(chosen, days=Days.OPEN), working)
    actual = concurrency(trips, history.first_day, history.last_day)
    return FleetReport(
        first_day=_date(history.first_day),
        last_day=_date(history.last_day),
        days=len(working),
        working_days=int(working.sum()),
        days_off_used=int((used & ~working).sum()),
        counted=chosen.days,
        sites=history.sites,
        trips=len(trips),
        peaks=_peak_rows(history, trips, reserved, working, chosen),
        curve=_curve(actual, concurrency(reserved, history.first_day, history.last_day), counted),
        heat=tuple(tuple(None if np.isnan(value) else float(value) for value in row) for row in actual.heat()),
        cars=_car_rows(history, trips, history.car[driven], counted),
        kept=kept(reserved, history.left[booked], history.returned[booked]),
        turned_away=turned_away_of(history, chosen),
    )


def chosen_mask(history: FleetHistory, trips: TripTimes, chosen: Chosen) -> Mask:
    """Which of the trips belong to the choice."""
    mask = np.ones(len(trips), dtype=np.bool_)
    if chosen.car_type is not None:
        mask &= trips.car_type == TYPES.index(chosen.car_type)
    if chosen.site:
        mask &= trips.site == (history.sites.index(chosen.site) if chosen.site in history.sites else -1)
    return mask


def counted_days(history: FleetHistory, chosen: Chosen, working: Mask) -> Mask:
    """Which days of the period count for the cars of a guard room, whatever their type."""
    if chosen.days is Days.WORKING:
        return working
    place = Chosen(site=chosen.site)
    driven = history.trips.where(chosen_mask(history, history.trips, place))
    booked = history.reserved.where(chosen_mask(history, history.reserved, place))
    return working | _used(history, driven) | _used(history, booked)


def _used(history: FleetHistory, trips: TripTimes) -> Mask:
    used: Mask = concurrency(trips, history.first_day, history.last_day).daily_peaks > 0
    return used


def turned_away_of(history: FleetHistory, chosen: Chosen) -> int | None:
    """People sent away; the desk does not know which type they would have taken unless it was pressed."""
    if history.turned_away is None:
        return None
    wanted = ('', chosen.car_type) if chosen.car_type else tuple(history.turned_away)
    return sum(count for kind, count in history.turned_away.items() if kind in wanted)


def _peak_rows(
    history: FleetHistory, trips: TripTimes, reserved: TripTimes, working: Mask, chosen: Chosen
) -> tuple[PeakRow, ...]:
    named = tuple(site for site in history.sites if site)
    places = (chosen.site,) if chosen.site else ('', *(named if len(named) > 1 else ()))
    counted = {site: counted_days(history, replace(chosen, site=site), working) for site in places}
    rows = (
        _peak_row(history, trips, reserved, counted[site], Chosen(car_type=kind, site=site))
        for site in places
        for kind in TYPES
        if chosen.car_type in (None, kind)
    )
    return tuple(row for row in rows if row.cars or row.actual.most or row.reserved.most)


def _peak_row(history: FleetHistory, trips: TripTimes, reserved: TripTimes, counted: Mask, pair: Chosen) -> PeakRow:
    assert pair.car_type is not None  # noqa: S101 - rows are made for one type each
    return PeakRow(
        site=pair.site,
        car_type=pair.car_type,
        cars=history.cars_of(pair.car_type, pair.site),
        actual=_peaks(history, trips.where(chosen_mask(history, trips, pair)), counted),
        reserved=_peaks(history, reserved.where(chosen_mask(history, reserved, pair)), counted),
    )


def _peaks(history: FleetHistory, trips: TripTimes, counted: Mask) -> Peaks:
    if not len(trips):
        return Peaks(0, 0, 0, 0)
    return peaks(concurrency(trips, history.first_day, history.last_day).daily_peaks[counted])


def _curve(actual: Concurrency, reserved: Concurrency, counted: Mask) -> tuple[CurvePoint, ...]:
    if not counted.any():
        return ()
    means, most = actual.cars[counted].mean(axis=0), actual.cars[counted].max(axis=0)
    reserved_means = reserved.cars[counted].mean(axis=0)
    return tuple(
        CurvePoint(
            minute=step * STEP_MINUTES,
            mean=float(means[step]),
            most=int(most[step]),
            reserved_mean=float(reserved_means[step]),
        )
        for step in range(len(means))
    )


def _car_rows(history: FleetHistory, trips: TripTimes, car: Codes, counted: Mask) -> tuple[CarUse, ...]:
    uses = utilisation(trips, car, history.days[counted])
    counts = np.bincount(car, minlength=len(history.cars)) if len(car) else np.zeros(len(history.cars), dtype=np.int64)
    return tuple(
        CarUse(
            plate=one.plate,
            name=one.name,
            car_type=one.car_type,
            site=one.site,
            trips=int(counts[number]),
            hours=uses[number].hours,
            share_of_hours=uses[number].share_of_hours,
            days=uses[number].days,
            share_of_days=uses[number].share_of_days,
        )
        for number, one in enumerate(history.cars)
        if number in uses
    )


def _date(day: np.datetime64) -> date:
    value = day.astype('datetime64[D]').astype(object)
    assert isinstance(value, date)  # noqa: S101 - what numpy makes of a day
    return value
