"""Whether the key of a car may be handed over: plain facts in, reasons out (domain/vehicles_and_attendance.md 1.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.vehicles.licence_classes import may_drive

WARNING_DAYS = (60, 30, 7)


class Gate(StrEnum):
    """Why a key stays in the box."""

    INSPECTION = 'inspection'
    """車検 has ended (道路運送車両法58条)."""
    COMPULSORY_INSURANCE = 'compulsory_insurance'
    """自賠責保険 has ended (自動車損害賠償保障法5条)."""
    VOLUNTARY_INSURANCE = 'voluntary_insurance'
    PERIODIC_CHECK = 'periodic_check'
    """定期点検 is due (道路運送車両法48条)."""
    LICENCE_UNSEEN = 'licence_unseen'
    LICENCE_EXPIRED = 'licence_expired'
    LICENCE_CLASS = 'licence_class'
    ALCOHOL_UNCHECKED = 'alcohol_unchecked'
    ALCOHOL_POSITIVE = 'alcohol_positive'
    INSTRUCTION_AWAITED = 'instruction_awaited'
    """A positive test of today waits for its 指示事項."""
    CHECKER_EXPIRED = 'checker_expired'
    CHECKER_UNTESTED = 'checker_untested'
    CAR_OUT = 'car_out'
    CAR_BLOCKED = 'car_blocked'
    FOR_DISASTERS = 'for_disasters'
    EARLIER_TRIP_OPEN = 'earlier_trip_open'
    WINTER_TYRES = 'winter_tyres'
    LOW_CHARGE = 'low_charge'

    @property
    def is_law(self) -> bool:
        """Whether nobody may override it."""
        return self in _LAW

    @property
    def may_be_overridden(self) -> bool:
        """Whether a car manager may open it with a reason; nobody opens what the law or the place of the key closes."""
        return not self.is_law and self is not Gate.CAR_OUT


_LAW = frozenset({
    Gate.INSPECTION, Gate.COMPULSORY_INSURANCE, Gate.LICENCE_EXPIRED, Gate.LICENCE_CLASS, Gate.ALCOHOL_UNCHECKED,
    Gate.ALCOHOL_POSITIVE, Gate.INSTRUCTION_AWAITED, Gate.CHECKER_EXPIRED,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CarFacts:
    """What the gates need to know of a car; None: not entered, which closes the gates of the law only."""

    inspection_until: date | None
    compulsory_insurance_until: date | None
    voluntary_insurance_until: date | None
    periodic_check_until: date | None
    licence_class: str
    is_out: bool
    blocked_reason: str
    for_disasters: bool
    has_winter_tyres: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverFacts:
    """What the gates need to know of a driver."""

    licence_classes: frozenset[str] | None
    """None: nobody has seen a licence."""
    licence_until: date | None
    licence_conditions: frozenset[str] = frozenset()
    """限定条件, as `LicenceCondition` names them."""
    has_open_trip: bool
    breath_is_clear: bool | None
    """None: not tested."""
    checker_is_valid: bool
    checker_is_tested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRules:
    """What a city decides for itself."""

    winter: bool = False
    """Cars go out on winter tyres only."""
    disaster: bool = False
    """Cars kept for disasters may go out."""
    several_cars: bool = False
    """A driver may have more than one car."""


def closed_gates(car: CarFacts, driver: DriverFacts, today: date, rules: GateRules) -> list[Gate]:
    """All reasons why this driver does not get this car now; empty: the key may be handed over."""
    return [*gates_of_car(car, today, rules), *_of_driver(car, driver, today, rules)]


def gates_of_car(car: CarFacts, today: date, rules: GateRules) -> Iterator[Gate]:
    """The reasons that lie with the car, whoever drives."""
    if car.is_out:
        yield Gate.CAR_OUT
    if car.blocked_reason:
        yield Gate.CAR_BLOCKED
    if car.for_disasters and not rules.disaster:
        yield Gate.FOR_DISASTERS
    if _is_over(car.inspection_until, today):
        yield Gate.INSPECTION
    if _is_over(car.compulsory_insurance_until, today):
        yield Gate.COMPULSORY_INSURANCE
    if car.voluntary_insurance_until is not None and _is_over(car.voluntary_insurance_until, today):
        yield Gate.VOLUNTARY_INSURANCE
    if car.periodic_check_until is not None and _is_over(car.periodic_check_until, today):
        yield Gate.PERIODIC_CHECK
    if rules.winter and not car.has_winter_tyres:
        yield Gate.WINTER_TYRES


def gates_of_charge(percent: int | None, lowest: int) -> Iterator[Gate]:
    """The battery holds too little; None: nobody asked, for the car is not electric or the city sets no limit."""
    if percent is not None and percent < lowest:
        yield Gate.LOW_CHARGE


def _of_driver(car: CarFacts, driver: DriverFacts, today: date, rules: GateRules) -> Iterator[Gate]:
    if driver.licence_classes is None or driver.licence_until is None:
        yield Gate.LICENCE_UNSEEN
    elif _is_over(driver.licence_until, today):
        yield Gate.LICENCE_EXPIRED
    elif not may_drive(car.licence_class, driver.licence_classes, driver.licence_conditions):
        yield Gate.LICENCE_CLASS
    if driver.has_open_trip and not rules.several_cars:
        yield Gate.EARLIER_TRIP_OPEN
    yield from _of_breath(driver)


def _of_breath(driver: DriverFacts) -> Iterator[Gate]:
    if driver.breath_is_clear is None:
        yield Gate.ALCOHOL_UNCHECKED
    elif not driver.breath_is_clear:
        yield Gate.ALCOHOL_POSITIVE
    if not driver.checker_is_valid:
        yield Gate.CHECKER_EXPIRED
    elif not driver.checker_is_tested:
        yield Gate.CHECKER_UNTESTED


def _is_over(until: date | None, today: date) -> bool:
    return until is None or until < today


def warning_stage(until: date | None, today: date) -> int | None:
    """Which warning (60, 30 or 7 days) is due for a date; 0 when it is over or not entered, None when all is well."""
    if _is_over(until, today):
        return 0
    assert until is not None  # noqa: S101 - a date that is not over was entered
    due = [days for days in WARNING_DAYS if until - today <= timedelta(days=days)]
    return min(due) if due else None
