"""The fuel of a car is shared by the kilometres that each department drove with it."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.names import NOBODY, Named
from app.vehicles.cost_sharing import DepartmentUses, shares
from app.vehicles.run_record import TripEntry
from app.vehicles.trip_values import Source, TripInfo
from tests.app.vehicles.record_scene import at

CAR, OTHER = uuid4(), uuid4()
TRIP = TripInfo(
    id=uuid4(), sequence=1, box=uuid4(), vehicle=CAR, driver=uuid4(), reservation=None, destination='', purpose='',
    passengers=0, out_at=at(2, 9), due_at=None, odometer_out=0, returned_at=at(2, 10), returned_by=None, odometer_in=0,
    fuel_litres=None, fuel_yen=None, has_receipt=False, abnormality='', is_accident=False, source=Source.DESK,
)  # fmt: skip


def drive(department: str, kilometres: int | None, yen: int = 0, litres: str = '0', car: UUID = CAR) -> TripEntry:
    trip = replace(TRIP, vehicle=car, odometer_in=kilometres, fuel_yen=yen, fuel_litres=Decimal(litres))
    return TripEntry(
        trip=trip, plate='', car_name='', driver=Named('', '', department), returned_by=NOBODY, handed_over_by=NOBODY,
        received_by=NOBODY, second_drivers=(), is_corrected=False,
    )  # fmt: skip


def shared(*entries: TripEntry) -> dict[str, tuple[int, int, Decimal]]:
    uses = DepartmentUses()
    uses.add(entries)
    return {name: (use.distance, use.fuel_yen, use.fuel_litres) for name, use in uses.shared().items()}


def test_who_happened_to_refuel_pays_only_for_the_kilometres_that_they_drove() -> None:
    found = shared(drive('総務課', 10, yen=8_000, litres='40'), drive('市民課', 30))
    assert found == {'総務課': (10, 2_000, Decimal(10)), '市民課': (30, 6_000, Decimal(30))}


def test_each_car_is_shared_by_its_own_kilometres() -> None:
    found = shared(drive('総務課', 10, yen=1_000), drive('市民課', 90, yen=500, car=OTHER))
    assert {name: use[1] for name, use in found.items()} == {'総務課': 1_000, '市民課': 500}


@pytest.mark.parametrize('kilometres', [0, None])
def test_fuel_of_a_car_without_kilometres_stays_with_who_refuelled(kilometres: int | None) -> None:
    found = shared(drive('総務課', kilometres, yen=3_000), drive('市民課', kilometres))
    assert {name: use[1] for name, use in found.items()} == {'総務課': 3_000, '市民課': 0}


def test_what_does_not_divide_goes_to_the_largest_remainder() -> None:
    assert shares(100, {'甲': 1, '乙': 1, '丙': 1}) == {'甲': 34, '乙': 33, '丙': 33}
    assert shares(10, {'甲': 10, '乙': 55, '丙': 35}) == {'甲': 1, '乙': 6, '丙': 3}


@given(st.integers(0, 10**7), st.dictionaries(st.text(max_size=3), st.integers(0, 9999), min_size=1, max_size=8))
def test_the_parts_are_the_whole_to_the_yen_and_nobody_is_more_than_one_off(
    total: int, weights: dict[str, int]
) -> None:
    weights = {**weights, 'x': 1}
    parts = shares(total, weights)
    assert sum(parts.values()) == total
    whole = sum(weights.values())
    assert all(abs(parts[key] * whole - total * weights[key]) < whole for key in weights)
