from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vehicles.gates import CarFacts, DriverFacts, Gate, GateRules, closed_gates, warning_stage

TODAY = date(2026, 11, 24)
NEXT_YEAR = TODAY + timedelta(days=365)
CAR = CarFacts(
    inspection_until=NEXT_YEAR,
    compulsory_insurance_until=NEXT_YEAR,
    voluntary_insurance_until=NEXT_YEAR,
    periodic_check_until=NEXT_YEAR,
    licence_class='普通',
    is_out=False,
    blocked_reason='',
    for_disasters=False,
    has_winter_tyres=False,
)
DRIVER = DriverFacts(
    licence_classes=frozenset({'普通'}),
    licence_until=NEXT_YEAR,
    has_open_trip=False,
    breath_is_clear=True,
    checker_is_valid=True,
    checker_is_tested=True,
)
RULES = GateRules()
YESTERDAY = TODAY - timedelta(days=1)


def test_a_sound_car_and_a_sober_driver_with_a_licence_meet_no_gate() -> None:
    assert closed_gates(CAR, DRIVER, TODAY, RULES) == []


@pytest.mark.parametrize(
    ('change', 'gate'),
    [
        ({'inspection_until': YESTERDAY}, Gate.INSPECTION),
        ({'inspection_until': None}, Gate.INSPECTION),
        ({'compulsory_insurance_until': YESTERDAY}, Gate.COMPULSORY_INSURANCE),
        ({'voluntary_insurance_until': YESTERDAY}, Gate.VOLUNTARY_INSURANCE),
        ({'periodic_check_until': YESTERDAY}, Gate.PERIODIC_CHECK),
        ({'is_out': True}, Gate.CAR_OUT),
        ({'blocked_reason': 'パンク'}, Gate.CAR_BLOCKED),
        ({'for_disasters': True}, Gate.FOR_DISASTERS),
    ],
)
def test_each_fault_of_a_car_closes_its_gate(change: dict[str, Any], gate: Gate) -> None:
    assert closed_gates(replace(CAR, **change), DRIVER, TODAY, RULES) == [gate]


@pytest.mark.parametrize(
    ('change', 'gate'),
    [
        ({'licence_classes': None}, Gate.LICENCE_UNSEEN),
        ({'licence_until': YESTERDAY}, Gate.LICENCE_EXPIRED),
        ({'licence_classes': frozenset({'原付'})}, Gate.LICENCE_CLASS),
        ({'has_open_trip': True}, Gate.EARLIER_TRIP_OPEN),
        ({'breath_is_clear': None}, Gate.ALCOHOL_UNCHECKED),
        ({'breath_is_clear': False}, Gate.ALCOHOL_POSITIVE),
        ({'checker_is_valid': False}, Gate.CHECKER_EXPIRED),
        ({'checker_is_tested': False}, Gate.CHECKER_UNTESTED),
    ],
)
def test_each_fault_of_a_driver_closes_its_gate(change: dict[str, Any], gate: Gate) -> None:
    assert closed_gates(CAR, replace(DRIVER, **change), TODAY, RULES) == [gate]


def test_an_inspection_counts_until_the_end_of_its_last_day() -> None:
    assert closed_gates(replace(CAR, inspection_until=TODAY), DRIVER, TODAY, RULES) == []


def test_cars_for_disasters_go_out_in_a_disaster_and_winter_wants_its_tyres() -> None:
    kept = replace(CAR, for_disasters=True)

    assert closed_gates(kept, DRIVER, TODAY, GateRules(disaster=True)) == []
    assert closed_gates(CAR, DRIVER, TODAY, GateRules(winter=True)) == [Gate.WINTER_TYRES]


def test_what_the_law_forbids_nobody_overrides() -> None:
    law = {gate for gate in Gate if gate.is_law}

    assert law >= {Gate.INSPECTION, Gate.COMPULSORY_INSURANCE, Gate.ALCOHOL_POSITIVE, Gate.LICENCE_EXPIRED}
    assert not law & {Gate.CAR_BLOCKED, Gate.FOR_DISASTERS, Gate.PERIODIC_CHECK, Gate.WINTER_TYRES}


@given(st.integers(-400, 400))
def test_warnings_come_sixty_thirty_and_seven_days_ahead(days: int) -> None:
    stage = warning_stage(TODAY + timedelta(days=days), TODAY)

    assert stage == (0 if days < 0 else 7 if days <= 7 else 30 if days <= 30 else 60 if days <= 60 else None)
