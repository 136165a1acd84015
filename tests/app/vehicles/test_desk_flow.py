from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.clock import TOKYO
from app.people.staff import StaffMember
from app.vehicles.desk_flow import ABANDONED_SECONDS, CarFlow, Draft, next_step
from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.screens import Problem, Step
from app.vehicles.trip_values import Source, TripInfo

PERSON = StaffMember(
    id=uuid4(), number='1001', name='山田\u3000太郎', kana='ヤマダ\u3000タロウ', department='総務課', active=True
)
CAR = VehicleInfo(id=uuid4(), entry=VehicleEntry(plate='金沢 500 あ 12-34'), odometer=100)
BORROWED = Draft(
    tapped=PERSON, is_return=False, car=CAR, driver=PERSON, destination='県庁', breath=Decimal(0), check=uuid4()
)
MORNING = datetime(2026, 11, 24, 8, 40, tzinfo=TOKYO)


def test_borrowing_asks_for_what_is_missing_and_then_hands_the_keys_over() -> None:
    missing = [
        (Draft(), Step.BOARD),
        (Draft(tapped=PERSON, is_undecided=True), Step.CAPACITY),
        (Draft(tapped=PERSON), Step.DIRECTION),
        (Draft(tapped=PERSON, is_return=False), Step.CAR),
        (replace(BORROWED, driver=None), Step.DRIVER),
        (replace(BORROWED, destination=None), Step.DETAILS),
        (replace(BORROWED, breath=None), Step.BREATH),
        (replace(BORROWED, is_positive=True), Step.POSITIVE),
        (replace(BORROWED, gates=(Gate.INSPECTION,)), Step.GATES),
        (BORROWED, Step.KEYS_OUT),
    ]

    assert [next_step(draft) for draft, _step in missing] == [step for _draft, step in missing]


def test_returning_needs_a_breath_and_one_typed_number() -> None:
    draft = Draft(tapped=PERSON, is_return=True)

    assert next_step(draft) is Step.BREATH
    assert next_step(replace(draft, breath=Decimal(0))) is Step.ODOMETER
    assert next_step(replace(draft, breath=Decimal(0), odometer=120)) is Step.KEYS_IN


def test_a_positive_breath_keeps_the_key_but_lets_it_come_back_once_a_guard_has_seen_it() -> None:
    positive: dict[str, Any] = {'breath': Decimal('0.15'), 'is_positive': True}

    assert next_step(replace(BORROWED, **positive)) is Step.POSITIVE
    returning = Draft(tapped=PERSON, is_return=True, **positive)
    assert next_step(returning) is Step.POSITIVE
    assert next_step(replace(returning, confirmer=uuid4())) is Step.POSITIVE
    assert next_step(replace(returning, is_positive_seen=True)) is Step.ODOMETER


def test_a_gate_that_a_manager_opened_is_open() -> None:
    draft = replace(BORROWED, gates=(Gate.CAR_BLOCKED,), overridden=((Gate.CAR_BLOCKED.value, '修理済み'),))

    assert next_step(draft) is Step.KEYS_OUT


def test_whoever_walks_away_is_forgotten_and_whoever_types_is_not() -> None:
    flow = CarFlow().with_draft(BORROWED, now=0.0)

    assert flow.time_passed(ABANDONED_SECONDS - 1).step is Step.KEYS_OUT
    assert flow.time_passed(ABANDONED_SECONDS).step is Step.BOARD
    assert flow.time_passed(ABANDONED_SECONDS).draft.tapped is None


def test_a_problem_in_the_middle_keeps_what_was_entered() -> None:
    flow = CarFlow().with_draft(BORROWED, now=0.0).with_problem(Problem.CAR_TAKEN, now=1.0)

    assert (flow.step, flow.problem, flow.draft) == (Step.KEYS_OUT, Problem.CAR_TAKEN, BORROWED)


@given(
    st.fixed_dictionaries({}, optional={
        'tapped': st.just(PERSON),
        'is_return': st.booleans(),
        'car': st.just(CAR),
        'driver': st.just(PERSON),
        'destination': st.just('県庁'),
        'breath': st.sampled_from([Decimal(0), Decimal('0.15')]),
        'is_positive': st.booleans(),
        'gates': st.lists(st.sampled_from(Gate), max_size=2).map(tuple),
        'odometer': st.integers(0, 10**6),
    })
)  # fmt: skip
def test_no_key_goes_out_before_everything_is_known(values: dict[str, Any]) -> None:
    draft = Draft(**values)

    if next_step(draft) is Step.KEYS_OUT:
        assert None not in (draft.tapped, draft.car, draft.driver, draft.destination, draft.breath)
        assert not draft.is_positive
        assert draft.still_closed == ()
    assert isinstance(next_step(draft), Step)


def test_the_result_is_shown_and_then_forgotten() -> None:
    trip = TripInfo(
        id=uuid4(), sequence=1, box=uuid4(), vehicle=CAR.id, driver=PERSON.id, reservation=None, destination='県庁',
        purpose='', passengers=0, out_at=MORNING, due_at=None, odometer_out=100, returned_at=None, returned_by=None,
        odometer_in=None, fuel_litres=None, fuel_yen=None, has_receipt=False, abnormality='', is_accident=False,
        source=Source.DESK,
    )  # fmt: skip
    flow = CarFlow().with_draft(BORROWED, now=0.0).finished(trip, now=1.0)

    assert flow.step is Step.DONE
    assert flow.time_passed(60.0).step is Step.BOARD
