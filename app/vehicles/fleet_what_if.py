"""適切な台数: what would have happened with fewer cars, and what that costs."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

import numpy as np

from app.clock import TOKYO
from app.vehicles.fleet_history import TYPES, FleetHistory
from app.vehicles.fleet_report import Chosen, chosen_mask, turned_away_of
from app.vehicles.fleet_sizing.concurrency import concurrency
from app.vehicles.fleet_sizing.cost import Prices, yearly_cost
from app.vehicles.fleet_sizing.erlang import cars_for, erlang_b
from app.vehicles.fleet_sizing.interval import DAYS_OF_YEAR, yearly_refusals
from app.vehicles.fleet_sizing.replay import Conditions, Replay, replay
from app.vehicles.fleet_sizing.sentence import Finding
from app.vehicles.fleet_sizing.trips import Mask, TripTimes
from app.vehicles.fleet_sizing.what_if import Fleet, Outcome, what_if
from app.vehicles.ledger import CarType

TOLERATED_LOSS = 0.05
SIZES_AROUND = 5
EPOCH = datetime(1970, 1, 1, tzinfo=TOKYO)
SUBSTITUTES = MappingProxyType(
    {
        CarType.KEI: (CarType.ORDINARY, CarType.WAGON),
        CarType.ORDINARY: (CarType.WAGON, CarType.KEI),
        CarType.KEI_CARGO: (CarType.CARGO,),
        CarType.CARGO: (CarType.TRUCK,),
    }
)
"""What may serve instead, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One fleet to try."""

    car_type: CarType
    site: str = ''
    """A guard room; empty: one pool of all."""
    fewer: int = 1
    """Cars fewer than today; below zero: more."""
    tolerance_minutes: int = 0
    """How much earlier or later a driver may leave."""
    other_types: bool = False
    turnaround_minutes: int = 0
    in_inspection: int = 0
    prices: Prices = field(default_factory=Prices)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedTrip:
    """A trip that would not have found a car; times in Asia/Tokyo."""

    start: datetime
    end: datetime
    car_type: CarType
    site: str

    @property
    def duration(self) -> timedelta:
        """How long the car was out."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """One fleet size; numbers and yen in a year."""

    cars: int
    refused: float
    refused_hours: float
    cost_of_cars: float
    cost_instead: float

    @property
    def total(self) -> float:
        """Cars and what replaces them."""
        return self.cost_of_cars + self.cost_instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the records say to the question."""

    question: Question
    finding: Finding
    """Its type has no name yet: that is a matter of words."""
    refused: tuple[RefusedTrip, ...]
    moved: int
    """Trips that fit only at another time."""
    substituted: int
    """Trips that take a car of another type."""
    refused_hours: float
    days_with_refusal: int
    sizes: tuple[SizeRow, ...]
    """Without moving and without other types: an upper bound of the refusals."""
    break_even: int | None
    """The cheapest number of cars; None where a refused trip has no price."""
    enough: int
    """Fewest cars that refuse nothing."""
    load: float
    """Mean number of cars out in the busiest hour of the week."""
    erlang_share: float
    """Share of trips refused by `cars_then` if people came at random, with this load."""
    erlang_cars: int
    """Cars for which that share is 5 % at most."""


def suppose(history: FleetHistory, question: Question) -> Answer:
    """Replay the records with another fleet; call it outside the event loop."""
    chosen = Chosen(car_type=question.car_type, site=question.site)
    mine = history.trips.where(chosen_mask(history, history.trips, chosen))
    now = history.cars_of(question.car_type, question.site)
    then = max(0, now - question.fewer)
    conditions = Conditions(turnaround_minutes=question.turnaround_minutes, in_inspection=question.in_inspection)
    replayed = replay(mine, conditions, largest=max(now, then) + SIZES_AROUND + 1)
    trips, refused, moved, substituted = _tried(history, question, mine, replayed, then, conditions)
    gone = trips.where(refused)
    load = _busiest(history, mine)
    return Answer(
        question=question,
        finding=Finding(
            car_type='',
            cars_now=now,
            cars_then=then,
            trips=len(mine),
            refused=len(gone),
            days=len(history.days),
            yearly=yearly_refusals(gone.day, history.first_day, history.last_day),
            turned_away=turned_away_of(history, chosen),
        ),
        refused=_refused_trips(gone, history.sites),
        moved=moved,
        substituted=substituted,
        refused_hours=float(gone.hours.sum()),
        days_with_refusal=len(np.unique(gone.day)),
        sizes=_sizes(history, replayed, question.prices, now, then),
        break_even=_break_even(history, replayed, question.prices),
        enough=replayed.enough,
        load=load,
        erlang_share=erlang_b(load, then),
        erlang_cars=cars_for(load, TOLERATED_LOSS),
    )


def _tried(
    history: FleetHistory, question: Question, mine: TripTimes, replayed: Replay, then: int, conditions: Conditions
) -> tuple[TripTimes, Mask, int, int]:
    if not question.other_types:
        if not question.tolerance_minutes:
            return mine, replayed.refused(then), 0, 0
        fleet = Fleet(cars={TYPES.index(question.car_type): then})
        outcome = what_if(mine, fleet, conditions, question.tolerance_minutes)
        return mine, outcome.refused, int(outcome.moved.sum()), 0
    trips = history.trips.where(chosen_mask(history, history.trips, Chosen(site=question.site)))
    today = _with_others(history, question, trips, conditions, {})
    outcome = _with_others(history, question, trips, conditions, {question.car_type: then})
    is_mine = trips.car_type == TYPES.index(question.car_type)
    refused = outcome.refused & (is_mine | ~today.refused)
    return trips, refused, int((outcome.moved & is_mine).sum()), int((outcome.substituted & is_mine).sum())


def _with_others(
    history: FleetHistory,
    question: Question,
    trips: TripTimes,
    conditions: Conditions,
    changed: dict[CarType, int],
) -> Outcome:
    cars = {number: history.cars_of(kind, question.site) for number, kind in enumerate(TYPES)}
    cars |= {TYPES.index(kind): count for kind, count in changed.items()}
    substitutes = {TYPES.index(kind): [TYPES.index(one) for one in others] for kind, others in SUBSTITUTES.items()}
    return what_if(trips, Fleet(cars=cars, substitutes=substitutes), conditions, question.tolerance_minutes)


def _refused_trips(gone: TripTimes, sites: tuple[str, ...]) -> tuple[RefusedTrip, ...]:
    columns = zip(
        gone.start.astype(np.int64).tolist(),
        gone.end.astype(np.int64).tolist(),
        gone.car_type.tolist(),
        gone.site.tolist(),
        strict=True,
    )
    return tuple(
        RefusedTrip(
            start=EPOCH + timedelta(minutes=start),
            end=EPOCH + timedelta(minutes=end),
            car_type=TYPES[kind],
            site=sites[site],
        )
        for start, end, kind, site in columns
    )


def _years(history: FleetHistory) -> float:
    return len(history.days) / DAYS_OF_YEAR


def _sizes(history: FleetHistory, replayed: Replay, prices: Prices, now: int, then: int) -> tuple[SizeRow, ...]:
    years = _years(history)
    cost = yearly_cost(replayed, prices, years)
    refused, hours = replayed.refused_trips, replayed.refused_hours
    lowest, highest = max(0, min(now, then) - SIZES_AROUND), max(now, then) + SIZES_AROUND
    return tuple(
        SizeRow(
            cars=size,
            refused=float(refused[size] / years),
            refused_hours=float(hours[size] / years),
            cost_of_cars=float(cost.cars[size]),
            cost_instead=float(cost.instead[size]),
        )
        for size in range(lowest, highest + 1)
    )


def _break_even(history: FleetHistory, replayed: Replay, prices: Prices) -> int | None:
    if not prices.refused_trip and not prices.refused_hour:
        return None
    return yearly_cost(replayed, prices, _years(history)).break_even


def _busiest(history: FleetHistory, trips: TripTimes) -> float:
    if not len(trips) or not history.working.any():
        return 0.0
    heat = concurrency(trips, history.first_day, history.last_day).heat(history.working)
    return float(np.nanmax(heat))
