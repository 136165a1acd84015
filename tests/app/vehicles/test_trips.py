import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from app.journal.line import Actor
from app.runtime import Box
from app.vehicles.alcohol import AlcoholRecord
from app.vehicles.alcohol_values import Breath, CheckInfo, CheckRefused, Method, Phase
from app.vehicles.checkers import Checkers
from app.vehicles.ledger import VehicleEntry, VehicleInfo, VehicleLedger, VehicleProblem, VehicleRefused
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo, TripProblem, TripRefused
from app.vehicles.trips import Trips
from tests.support.box import hire

MORNING = datetime(2026, 11, 24, 8, 40, tzinfo=TOKYO)
GUARD = UUID(int=99)


@pytest.fixture
def morning() -> Iterator[SettableClock]:
    settable = SettableClock(MORNING)
    with clock.use(settable):
        yield settable


async def a_car(box: Box, plate: str = '金沢 500 あ 12-34', odometer: int | None = 41_200) -> VehicleInfo:
    return await VehicleLedger(box.journal).add(
        VehicleEntry(plate=plate, name='1号車'), Actor.system(), odometer=odometer
    )


def order(car: VehicleInfo, driver: UUID, attempt: str = 'out-1') -> HandOver:
    return HandOver(attempt=attempt, vehicle=car.id, driver=driver, destination='県庁', purpose='会議')


def back(trip: TripInfo, odometer: int, attempt: str = 'in-1') -> TakeBack:
    return TakeBack(attempt=attempt, trip=trip.id, odometer=odometer, returned_by=trip.driver)


async def test_a_trip_goes_from_the_key_out_to_the_key_back(box: Box, morning: SettableClock) -> None:
    trips, car, person = Trips(box.journal, box.staff), await a_car(box), await hire(box)
    trip = await trips.hand_over(order(car, person.id))
    assert (await trips.open_trips())[car.id].driver == person.id
    morning.forward(hours=3)

    closed = await trips.take_back(back(trip, 41_236))

    assert (closed.odometer_out, closed.odometer_in, closed.distance) == (41_200, 41_236, 36)
    assert (closed.out_at, closed.returned_at) == (MORNING, MORNING + timedelta(hours=3))
    assert await trips.open_trips() == {}
    car_now = await VehicleLedger(box.journal).get(car.id)
    assert car_now is not None
    assert car_now.odometer == 41_236


async def test_two_tablets_and_one_car_in_the_same_second_give_one_trip(box: Box) -> None:
    trips, car = Trips(box.journal, box.staff), await a_car(box)
    first, second = await hire(box), await hire(box, '1002', '佐藤')

    results = await asyncio.gather(
        trips.hand_over(order(car, first.id, 'a')),
        trips.hand_over(order(car, second.id, 'b')),
        return_exceptions=True,
    )

    refused = [result for result in results if isinstance(result, TripRefused)]
    assert [error.problem for error in refused] == [TripProblem.CAR_OUT]
    assert len(await trips.open_trips()) == 1


async def test_the_same_attempt_twice_is_one_act(box: Box) -> None:
    trips, car, person = Trips(box.journal, box.staff), await a_car(box), await hire(box)

    first = await trips.hand_over(order(car, person.id))
    again = await trips.hand_over(order(car, person.id))

    assert again == first


@pytest.mark.parametrize(
    ('odometer', 'problem'), [(41_199, TripProblem.ODOMETER_BACK), (43_201, TripProblem.ODOMETER_TOO_FAR)]
)
async def test_an_odometer_that_cannot_be_right_is_refused_and_the_car_stays_out(
    box: Box, odometer: int, problem: TripProblem
) -> None:
    trips, car, person = Trips(box.journal, box.staff), await a_car(box), await hire(box)
    trip = await trips.hand_over(order(car, person.id))

    with pytest.raises(TripRefused) as caught:
        await trips.take_back(back(trip, odometer))

    assert caught.value.problem is problem
    assert car.id in await trips.open_trips()


async def test_a_return_without_a_departure_is_refused(box: Box) -> None:
    trips, car, person = Trips(box.journal, box.staff), await a_car(box), await hire(box)
    trip = await trips.hand_over(order(car, person.id))
    await trips.take_back(back(trip, 41_210))

    with pytest.raises(TripRefused) as caught:
        await trips.take_back(back(trip, 41_220, 'in-2'))
    assert caught.value.problem is TripProblem.NOT_OUT


async def test_a_car_that_is_out_cannot_be_retired_and_keeps_its_plate(box: Box) -> None:
    ledger, trips, car, person = (
        VehicleLedger(box.journal),
        Trips(box.journal, box.staff),
        await a_car(box),
        await hire(box),
    )
    trip = await trips.hand_over(order(car, person.id))
    for act, problem in (
        (ledger.retire(car.id, Actor.system()), VehicleProblem.OUT),
        (ledger.add(car.entry, Actor.system()), VehicleProblem.PLATE_TAKEN),
    ):
        with pytest.raises(VehicleRefused) as caught:
            await act
        assert caught.value.problem is problem

    await trips.take_back(back(trip, 41_210))
    await ledger.retire(car.id, Actor.system())
    assert await ledger.all() == []


async def test_every_breath_is_kept_and_a_positive_one_is_told(box: Box) -> None:
    person = await hire(box)
    record = AlcoholRecord(box.vault, box.journal, Decimal('0.00'))
    told: list[CheckInfo] = []
    record.POSITIVE.listen(told.append)

    for attempt, value in (('a', '0.12'), ('b', '0.00')):
        await record.record(breath(person.id, Decimal(value), attempt))
    first = told[0]
    await record.instruct(first.id, '本日は運転させないこと', GUARD)

    assert [check.value for check in told] == [Decimal('0.12')]
    kept = await record.get(first.id)
    assert (kept.instruction, kept.instructed_by, kept.is_positive) == ('本日は運転させないこと', GUARD, True)


@pytest.mark.parametrize('value', ['-0.01', '5.01', '99'])
async def test_a_value_that_no_breath_has_is_refused(box: Box, value: str) -> None:
    person = await hire(box)

    with pytest.raises(CheckRefused):
        await AlcoholRecord(box.vault, box.journal, Decimal(0)).record(breath(person.id, Decimal(value)))


async def test_a_checker_ends_by_date_or_by_count_and_wants_its_weekly_test(box: Box, morning: SettableClock) -> None:
    checkers = Checkers(box.journal)
    checker = await checkers.add(
        'S-1', 'FC', Actor.system(), started_on=date(2026, 1, 1), expires_on=date(2026, 12, 31), measurement_limit=1
    )
    assert checker.is_valid(date(2026, 12, 31))
    assert not checker.is_valid(date(2027, 1, 1))
    assert not checker.is_tested(MORNING)
    await checkers.tested(checker.id, Actor.system(), works=True)
    person = await hire(box)
    await AlcoholRecord(box.vault, box.journal, Decimal(0)).record(breath(person.id, Decimal(0), checker=checker.id))

    (used,) = await checkers.all()
    assert not used.is_valid(date(2026, 11, 24))
    assert used.is_tested(MORNING + timedelta(days=6))
    assert not used.is_tested(MORNING + timedelta(days=7))


def breath(driver: UUID, value: Decimal, attempt: str = '', checker: UUID | None = None) -> Breath:
    return Breath(
        phase=Phase.BEFORE,
        driver=driver,
        vehicle=None,
        confirmer=GUARD,
        method=Method.FACE_TO_FACE,
        checker=checker,
        value=value,
        desk=None,
        attempt=attempt or str(uuid4()),
    )
