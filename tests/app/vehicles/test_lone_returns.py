"""A car borrowed at one guard room while the cable is out comes back at the other before that has heard of it."""

import uuid
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from app import clock
from app.clock import SettableClock
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.lone_returns import LoneReturnInfo, LoneReturns
from app.vehicles.paper import PaperBook, PaperOut
from app.vehicles.record_checks import RecordChecks, RecordException, RecordProblem
from app.vehicles.trip_lines import RETURN_JOINED
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo, TripProblem, TripRefused
from tests.support.box import hire
from tests.support.two_boxes import TwoBoxes

CAR = vehicle_id('金沢 500 あ 12-34')


@pytest.fixture
async def city(tmp_path: Path) -> TwoBoxes:
    """A car known at both boxes, and one driver who has another id at each."""
    boxes = TwoBoxes(tmp_path)
    async with boxes.at('first') as box:
        await box.vehicles.ledger.add(VehicleEntry(plate='金沢 500 あ 12-34'), Actor.system(), odometer=41_200)
        await hire(box)
    async with boxes.at('second') as box:
        await hire(box)
    await boxes.bring('first', 'second')
    return boxes


@pytest.fixture
def time() -> SettableClock:
    return SettableClock(clock.now())


async def driver_of(box: Box) -> UUID:
    driver = await box.staff.find_by_number('1001')
    assert driver is not None
    return driver.id


async def borrow(box: Box, attempt: str = 'out') -> TripInfo:
    return await box.vehicles.trips.hand_over(
        HandOver(attempt=attempt, vehicle=CAR, driver=await driver_of(box), destination='県庁', purpose='会議')
    )


def returns_of(box: Box) -> LoneReturns:
    return box.vehicles.lone_returns


async def come_back(box: Box, odometer: int = 41_236, attempt: str = 'in') -> LoneReturnInfo:
    order = TakeBack(
        attempt=attempt, trip=uuid.uuid5(CAR, attempt), odometer=odometer, returned_by=await driver_of(box),
        check=await breathe(box), fuel_litres=Decimal('20.50'), abnormality='左ドアに傷',
    )  # fmt: skip
    return await returns_of(box).take(CAR, order)


async def breathe(box: Box) -> UUID:
    breath = Breath(
        phase=Phase.AFTER, driver=await driver_of(box), vehicle=CAR, confirmer=uuid.uuid4(),
        method=Method.FACE_TO_FACE, checker=None, value=Decimal('0.000'), desk=None,
    )  # fmt: skip
    return (await box.vehicles.alcohol.record(breath)).id


async def unknown_starts(box: Box) -> int:
    return [one.problem for one in await to_look_at(box)].count(RecordProblem.START_UNKNOWN)


async def to_look_at(box: Box) -> list[RecordException]:
    checks = RecordChecks(box.reading, box.journal, timedelta(hours=1))
    return await checks.exceptions_list(clock.today(), clock.today())


async def both_ways(city: TwoBoxes) -> None:
    for source, target in (('first', 'second'), ('second', 'first'), ('first', 'second')):
        await city.bring(source, target)


async def test_it_is_recorded_there_and_ends_the_trip_at_both_rooms_when_their_lines_meet(
    city: TwoBoxes, time: SettableClock
) -> None:
    with clock.use(time):
        async with city.at('first') as box:
            trip = await borrow(box)
        time.forward(hours=1)
        async with city.at('second') as box:
            alone = await come_back(box)
            assert alone.trip is None
            assert await unknown_starts(box) == 1
            (car,) = await box.vehicles.ledger.all()
            assert car.odometer == 41_236
        await both_ways(city)
        for name in ('first', 'second'):
            async with city.at(name) as box:
                ended = await box.vehicles.trips.get(trip.id)
                assert ended is not None
                assert (ended.returned_at, ended.odometer_in, ended.distance) == (alone.returned_at, 41_236, 36)
                assert (ended.fuel_litres, ended.abnormality) == (Decimal('20.50'), '左ドアに傷')
                assert ended.returned_by == await driver_of(box)
                assert len(await box.vehicles.alcohol.of_trip(trip.id)) == 1
                assert await box.vehicles.trips.open_trips() == {}
                assert await unknown_starts(box) == 0
                assert await JournalLine.filter(kind=RETURN_JOINED).count() == 1


async def test_lent_again_before_the_lines_meet_it_was_not_lent_twice(city: TwoBoxes, time: SettableClock) -> None:
    with clock.use(time):
        async with city.at('first') as box:
            await borrow(box)
        time.forward(hours=1)
        async with city.at('second') as box:
            await come_back(box)
            time.forward(minutes=10)
            again = await borrow(box, 'again')
        await both_ways(city)
        for name in ('first', 'second'):
            async with city.at(name) as box:
                assert await box.vehicles.loans.under_way() == []
                assert [trip.id for trip in await box.vehicles.trips.under_way()] == [again.id]
                assert await JournalLine.filter(kind='vehicles.lent_twice').count() == 0


async def test_it_ends_the_last_trip_before_it_and_none_that_had_ended(city: TwoBoxes, time: SettableClock) -> None:
    with clock.use(time):
        async with city.at('first') as box:
            morning = await borrow(box)
            time.forward(hours=1)
            back = TakeBack(attempt='noon', trip=morning.id, odometer=41_210, returned_by=await driver_of(box))
            await box.vehicles.trips.take_back(back)
            time.forward(hours=1)
            evening = await borrow(box, 'evening')
        time.forward(hours=1)
        async with city.at('second') as box:
            await come_back(box)
        await both_ways(city)
        for name in ('first', 'second'):
            async with city.at(name) as box:
                trips = [await box.vehicles.trips.get(trip) for trip in (morning.id, evening.id)]
                assert [trip.odometer_in for trip in trips if trip] == [41_210, 41_236]


async def test_the_same_return_pressed_twice_is_one(city: TwoBoxes) -> None:
    async with city.at('second') as box:
        assert await come_back(box) == await come_back(box)
        assert len(await returns_of(box).waiting()) == 1


async def test_a_hand_over_that_is_entered_from_paper_later_is_joined_too(city: TwoBoxes, time: SettableClock) -> None:
    with clock.use(time):
        out_at = time.now()
        time.forward(hours=1)
        async with city.at('second') as box:
            await come_back(box)
            out = PaperOut(
                vehicle=CAR, driver=await driver_of(box), destination='県庁', purpose='会議', out_at=out_at,
                confirmer=uuid.uuid4(), breath=None, odometer=41_200,
            )  # fmt: skip
            trip = await PaperBook(box.vehicles.trips, box.vehicles.alcohol).key_out(out)
            await returns_of(box).join()
            ended = await box.vehicles.trips.get(trip.id)
            assert ended is not None
            assert ended.odometer_in == 41_236


async def test_a_car_whose_trip_is_known_comes_back_as_that_trip(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        await borrow(box)
        with pytest.raises(TripRefused) as refused:
            await come_back(box)
        assert refused.value.problem is TripProblem.CAR_OUT


async def test_an_odometer_below_the_last_return_needs_somebody_who_stands_for_it(city: TwoBoxes) -> None:
    async with city.at('second') as box:
        with pytest.raises(TripRefused) as refused:
            await come_back(box, 41_000)
        assert refused.value.problem is TripProblem.ODOMETER_BACK
