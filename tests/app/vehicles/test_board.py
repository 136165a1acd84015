"""The board that a desk keeps between two drawings."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.clock import TOKYO
from app.vehicles.board import Board
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.reservations import ReservationInfo
from app.vehicles.trip_values import Source, TripInfo
from tests.app.vehicles.car_room import FAR

EVENING = datetime(2026, 11, 23, 21, 0, tzinfo=TOKYO)
NOBODY = UUID(int=0)
CARS = [
    VehicleInfo(
        id=uuid4(),
        entry=VehicleEntry(plate=f'金沢 500 あ {number}', inspection_until=FAR, compulsory_insurance_until=FAR),
        odometer=None,
    )
    for number in range(4)
]
EVENTS = ('goes out', 'comes back', 'is reserved', 'is not reserved', 'is not fetched', 'is blocked', 'nothing')


def trip(car: UUID, out_at: datetime, due_at: datetime | None) -> TripInfo:
    return TripInfo(
        id=uuid4(), sequence=1, box=NOBODY, vehicle=car, driver=NOBODY, reservation=None, destination='', purpose='',
        passengers=0, out_at=out_at, due_at=due_at, odometer_out=None, returned_at=None, returned_by=None,
        odometer_in=None, fuel_litres=None, fuel_yen=None, has_receipt=False, abnormality='', is_accident=False,
        source=Source.DESK,
    )  # fmt: skip


def reservation(car: UUID, start: datetime) -> ReservationInfo:
    end = start + timedelta(hours=1)
    return ReservationInfo(key='ev', vehicle=car, start=start, end=end, subject='', purpose='', people=())


@given(
    st.lists(
        st.tuples(st.sampled_from(EVENTS), st.integers(0, 3), st.integers(-60, 600), st.integers(0, 120)), max_size=12
    )
)
def test_a_board_that_draws_only_what_changed_shows_what_a_new_one_would_show(
    events: list[tuple[str, int, int, int]],
) -> None:
    kept, cars, now = Board(), list(CARS), EVENING
    out: dict[UUID, TripInfo] = {}
    following: dict[UUID, ReservationInfo] = {}
    no_shows: dict[UUID, ReservationInfo] = {}
    for event, number, minutes, waited in events:
        now += timedelta(minutes=waited)
        car, then = cars[number], now + timedelta(minutes=minutes)
        others = {vehicle: each for vehicle, each in out.items() if vehicle != car.id}
        match event:
            case 'goes out':
                out = {**others, car.id: trip(car.id, now, then)}
            case 'comes back':
                out = others
            case 'is reserved':
                following = {**following, car.id: reservation(car.id, then)}
            case 'is not reserved':
                following = {vehicle: each for vehicle, each in following.items() if vehicle != car.id}
            case 'is not fetched':
                no_shows = {} if car.id in no_shows else {**no_shows, car.id: reservation(car.id, then)}
            case 'is blocked':
                cars = [
                    *cars[:number],
                    replace(car, entry=replace(car.entry, blocked_reason='パンク')),
                    *cars[number + 1 :],
                ]

        drawn = kept.draw(cars, out, following, now, no_shows=no_shows)
        assert drawn == Board().draw(cars, out, following, now, no_shows=no_shows)
