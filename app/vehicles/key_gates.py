"""The facts of a car and of a driver put to the gates: why this key stays now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.settings import VehicleSettings
from app.vehicles.checker_values import CheckerInfo
from app.vehicles.driver_record import DriverRecord
from app.vehicles.gates import CarFacts, DriverFacts, Gate, GateRules, closed_gates, gates_of_car
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.trip_table import UnderWay


@dataclass(frozen=True, slots=True)
class Tested:
    """A driver who was just tested."""

    id: UUID
    record: DriverRecord
    breath_is_clear: bool
    checker: CheckerInfo | None
    """None: no usable detector was there."""


def closed_to(car: VehicleInfo, driver: Tested, trips: UnderWay, rules: GateRules, now: datetime) -> list[Gate]:
    """Why this driver does not get the key of this car now; empty: they do."""
    licence, checker = driver.record.licence, driver.checker
    facts = DriverFacts(
        licence_classes=licence.classes if licence else None,
        licence_until=licence.valid_until if licence else None,
        licence_conditions=licence.conditions if licence else frozenset(),
        has_open_trip=driver.id in trips.of_driver,
        breath_is_clear=driver.breath_is_clear,
        checker_is_valid=checker is not None and checker.is_valid(now.date()),
        checker_is_tested=checker is not None and checker.is_tested(now),
    )
    return closed_gates(_car_facts(car.entry, is_out=car.id in trips.of_car), facts, now.date(), rules)


def gates_inside(entries: Sequence[VehicleEntry], today: date, rules: GateRules) -> list[tuple[Gate, ...]]:
    """Why the key of each car would stay today, whoever drives, were it not out; in the order of the cars."""
    return [tuple(gates_of_car(_car_facts(entry, is_out=False), today, rules)) for entry in entries]


def rules_of(settings: VehicleSettings, today: date) -> GateRules:
    """What the city decided for itself, as it is today."""
    return GateRules(
        winter=today.month in settings.winter_tyre_months,
        disaster=settings.disaster_declared,
        several_cars=settings.several_cars,
    )


def _car_facts(entry: VehicleEntry, *, is_out: bool) -> CarFacts:
    return CarFacts(
        inspection_until=entry.inspection_until,
        compulsory_insurance_until=entry.compulsory_insurance_until,
        voluntary_insurance_until=entry.voluntary_insurance_until,
        periodic_check_until=entry.periodic_check_until,
        licence_class=entry.licence_class,
        is_out=is_out,
        blocked_reason=entry.blocked_reason,
        for_disasters=entry.for_disasters,
        has_winter_tyres=entry.has_winter_tyres,
    )
