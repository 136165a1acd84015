"""The views that the tests of the car desk's page show."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter

from app import clock
from app.clock import TOKYO
from app.desks.refusals import Refusal
from app.vehicles.board import BoardRow, CarState
from app.vehicles.due_times import due_choices
from app.vehicles.gates import Gate
from app.vehicles.ledger import CarType
from app.vehicles.screens import CarDeskView, CarOffer, HeldBack, Problem, Step

CAR_VIEW = TypeAdapter(CarDeskView)
LONG_NAME = '寿限無' * 33 + '寿'
LONG_TEXT = '石川県金沢市広坂一丁目一番一号' * 8
STATES = (
    CarState.OUT,
    CarState.FREE,
    CarState.RESERVED,
    CarState.FREE,
    CarState.OVERDUE,
    CarState.BLOCKED,
    CarState.DISASTER,
)
NOON = datetime.combine(clock.today(), datetime.min.time(), TOKYO) + timedelta(hours=12)


def row(number: int, **more: Any) -> BoardRow:
    """One car of the board."""
    state = STATES[number % len(STATES)]
    values: dict[str, Any] = {
        'vehicle': UUID(int=number + 1),
        'plate': f'金沢 5{number % 90 + 10} あ {number // 100:02}-{number % 100:02}',
        'name': f'{number + 1}号車',
        'car_type': list(CarType)[number % len(CarType)],
        'guard_room': '第二守衛室' if number % 5 == 4 else '第一守衛室',
        'department': '総務課',
        'key_number': str(number + 1),
        'state': state,
        'until': None
        if state in (CarState.FREE, CarState.BLOCKED, CarState.DISASTER)
        else NOON + timedelta(minutes=10 * (number % 30)),
        'date_ends': number % 50 == 3,
    }
    return BoardRow(**{**values, **more})


def rows(count: int) -> tuple[BoardRow, ...]:
    """So many cars."""
    return tuple(row(number) for number in range(count))


def offer(number: int, **more: Any) -> CarOffer:
    """One car that may go out."""
    values: dict[str, Any] = {
        'vehicle': UUID(int=number + 1),
        'plate': f'金沢 500 あ 12-{number:02}',
        'name': f'{number + 1}号車',
        'key_number': str(number + 1),
        'reservation': None,
        'start': None,
        'end': NOON + timedelta(hours=3) if number % 2 else None,
        'purpose': '',
    }
    return CarOffer(**{**values, **more})


BOARD = CarDeskView(desk_name='第一守衛室', guard='北', rows=rows(24), whom_to_call='総務課 内線2210')
AT_DESK = replace(BOARD, rows=(), driver='山田', plate='金沢 500 あ 12-34', car_name='1号車', key_number='12')
BORROWING = replace(AT_DESK, destination='県庁', purpose='会議', due_at=NOON + timedelta(hours=3))
RETURNING = replace(AT_DESK, is_return=True, destination='県庁', last_odometer=41_200)
MEASURED: dict[str, Any] = {'breath': Decimal('0.00')}
RESERVED = offer(0, reservation='ev-1', start=NOON, end=NOON + timedelta(hours=3), purpose='道路の点検')
DUES = due_choices(NOON - timedelta(hours=3), None)
SUGGESTIONS = (('県庁', '会議'), ('市立病院', '書類の届け'), ('第二本庁舎', ''), ('金沢駅西', '送迎'))
DETECTORS = tuple((UUID(int=number), f'2201458{number}') for number in range(3))
LONG = replace(BORROWING, driver=LONG_NAME, destination=LONG_TEXT, purpose=LONG_TEXT, car_name=LONG_TEXT)

EVERY_STEP: dict[str, CarDeskView] = {
    'board': BOARD,
    'board_empty': replace(BOARD, rows=()),
    'board_300': replace(BOARD, rows=rows(300)),
    'board_long': replace(BOARD, rows=(row(1, name=LONG_TEXT, department=LONG_TEXT, key_number='A-1203'), *rows(1))),
    'board_without_guard': replace(BOARD, guard=''),
    'board_stale': replace(BOARD, is_stale=True, reservations_as_of=NOON, clock_doubtful=True, demo=True),
    'board_warned': replace(BOARD, warnings=('金沢 500 あ 12-34 が2つの守衛室から貸し出されています',)),
    **{f'reader_{name}': replace(BOARD, reader=name) for name in ('starting', 'missing', 'stuck', 'no_service')},
    'capacity': replace(AT_DESK, step=Step.CAPACITY, plate='', car_name=''),
    'direction': replace(AT_DESK, step=Step.DIRECTION, plate='', car_name=''),
    'car_back': replace(
        AT_DESK,
        step=Step.CAR,
        is_return=True,
        plate='',
        car_name='',
        offers=tuple(offer(n, is_out=n % 3 == 0) for n in range(12)),
    ),
    'car_none': replace(AT_DESK, step=Step.CAR, plate='', car_name=''),
    'car': replace(AT_DESK, step=Step.CAR, plate='', car_name='', offers=tuple(offer(n) for n in range(8))),
    'car_reserved': replace(
        AT_DESK, step=Step.CAR, plate='', car_name='', offers=(RESERVED, *(offer(n) for n in range(1, 13)))
    ),
    'car_held_back': replace(
        AT_DESK,
        step=Step.CAR,
        plate='',
        car_name='',
        offers=(replace(RESERVED, instead_of='金沢 500 あ 99-99'), offer(3, caution=Gate.PERIODIC_CHECK), offer(4)),
        held_back=(HeldBack(plate='金沢 500 あ 99-99', gate=Gate.INSPECTION, alternative='金沢 500 あ 12-00'),),
    ),
    'car_none_instead': replace(
        AT_DESK,
        step=Step.CAR,
        plate='',
        car_name='',
        held_back=(HeldBack(plate='金沢 500 あ 99-99', gate=Gate.CAR_OUT, alternative=''),),
    ),
    'driver': replace(AT_DESK, step=Step.DRIVER, people=('山田', '佐藤', '勅使河原', LONG_NAME)),
    'details': replace(AT_DESK, step=Step.DETAILS, suggestions=SUGGESTIONS, dues=DUES, due_at=DUES[-1].at),
    'details_reserved': replace(
        AT_DESK, step=Step.DETAILS, purpose='道路の点検', suggestions=(('県庁', '道路の点検'),)
    ),
    'details_unknown': replace(AT_DESK, step=Step.DETAILS),
    'charge': replace(BORROWING, step=Step.CHARGE),
    'charge_bad': replace(BORROWING, step=Step.CHARGE, problem=Problem.BAD_CHARGE, number=1),
    'breath': replace(BORROWING, step=Step.BREATH, detector='22014587'),
    'breath_which_detector': replace(BORROWING, step=Step.BREATH, detectors=DETECTORS),
    'breath_bad_value': replace(BORROWING, step=Step.BREATH, problem=Problem.BAD_VALUE, number=1),
    'breath_without_guard': replace(BORROWING, step=Step.BREATH, guard=''),
    'breath_elsewhere': replace(
        BORROWING, step=Step.BREATH, guard='', remote=tuple((uuid4(), name) for name in ('長谷川', '勅使河原', '南'))
    ),
    'breath_needs_guard': replace(BORROWING, step=Step.BREATH, guard='', problem=Problem.NEEDS_GUARD, number=1),
    'positive': replace(BORROWING, step=Step.POSITIVE, breath=Decimal('0.12'), is_positive=True),
    'positive_return': replace(RETURNING, step=Step.POSITIVE, breath=Decimal('0.12'), is_positive=True),
    **{f'gate_{gate.value}': replace(BORROWING, step=Step.GATES, **MEASURED, gates=(gate,)) for gate in Gate},
    'gates_all': replace(BORROWING, step=Step.GATES, **MEASURED, gates=tuple(Gate)),
    'gates_permitted': replace(
        BORROWING, step=Step.GATES, **MEASURED, gates=(Gate.PERIODIC_CHECK,), may_be_permitted=True
    ),
    'override': replace(
        BORROWING, step=Step.OVERRIDE, **MEASURED, gates=(Gate.PERIODIC_CHECK, Gate.WINTER_TYRES), manager='車田'
    ),
    'keys_out': replace(BORROWING, step=Step.KEYS_OUT, **MEASURED),
    'keys_out_taken': replace(BORROWING, step=Step.KEYS_OUT, **MEASURED, problem=Problem.CAR_TAKEN, number=1),
    'keys_out_long': replace(LONG, step=Step.KEYS_OUT, **MEASURED, key_number='A-1203'),
    'odometer': replace(RETURNING, step=Step.ODOMETER, **MEASURED),
    'odometer_unknown': replace(RETURNING, step=Step.ODOMETER, **MEASURED, last_odometer=None),
    'odometer_back': replace(RETURNING, step=Step.ODOMETER, **MEASURED, problem=Problem.ODOMETER_BACK, number=1),
    'odometer_unlikely': replace(RETURNING, step=Step.ODOMETER, **MEASURED, unlikely_odometer=41_100),
    'odometer_typed_twice': replace(
        RETURNING, step=Step.ODOMETER, **MEASURED, unlikely_odometer=41_100, is_typed_twice=True
    ),
    'odometer_doubtful': replace(RETURNING, step=Step.ODOMETER, **MEASURED, doubtful_odometer=42_434),
    'keys_in': replace(RETURNING, step=Step.KEYS_IN, **MEASURED, odometer=41_236, distance=36),
    'keys_in_elsewhere': replace(
        RETURNING,
        step=Step.KEYS_IN,
        **MEASURED,
        odometer=41_236,
        distance=36,
        key_home='第二守衛室',
        is_of_another=True,
    ),
    'keys_in_failed': replace(
        RETURNING, step=Step.KEYS_IN, **MEASURED, odometer=41_236, distance=36, problem=Problem.DISK_FULL, number=1
    ),
    'done_out': replace(BORROWING, step=Step.DONE, **MEASURED, number=1),
    'done_in': replace(RETURNING, step=Step.DONE, **MEASURED, odometer=41_236, distance=36, number=1),
    'done_long': replace(LONG, step=Step.DONE, **MEASURED, number=1, key_number='A-1203'),
    **{
        f'problem_{each.value}': replace(BOARD, step=Step.PROBLEM, problem=each, number=1)
        for each in (*Problem, *Refusal)
    },
    'storage_failed': replace(BOARD, storage_failed=True),
}
