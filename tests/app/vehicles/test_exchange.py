"""Two guard rooms lend from one pool of cars."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app import clock
from app.exchange.message import Batch
from app.journal.line import Actor, Assurance
from app.journal.models import JournalLine
from app.runtime import Box
from app.vehicles.correctable import Value
from app.vehicles.corrections import Corrections
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.lent_twice import LENT_TWICE, DoubleLoan
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo
from tests.support.box import hire
from tests.support.two_boxes import TwoBoxes, lines_of

CAR = VehicleEntry(plate='金沢 500 あ 12-34', name='1号車')


@pytest.fixture
async def city(tmp_path: Path) -> TwoBoxes:
    """A car known at both boxes, and one driver who has another id at each."""
    boxes = TwoBoxes(tmp_path)
    async with boxes.at('first') as box:
        await box.vehicles.ledger.add(CAR, Actor.system(), odometer=41_200)
        await hire(box)
    async with boxes.at('second') as box:
        await hire(box)
    await boxes.bring('first', 'second')
    return boxes


async def borrow(box: Box, attempt: str = 'out') -> TripInfo:
    driver = await box.staff.find_by_number('1001')
    assert driver is not None
    return await box.vehicles.trips.hand_over(
        HandOver(attempt=attempt, vehicle=vehicle_id(CAR.plate), driver=driver.id, destination='県庁', purpose='会議')
    )


async def give_back(box: Box, trip: UUID, odometer: int) -> TripInfo:
    driver = await box.staff.find_by_number('1001')
    assert driver is not None
    return await box.vehicles.trips.take_back(
        TakeBack(attempt='in', trip=trip, odometer=odometer, returned_by=driver.id)
    )


async def told_twice(box: Box) -> int:
    return await JournalLine.filter(kind=LENT_TWICE).count()


async def test_a_car_of_one_box_is_known_at_the_other(city: TwoBoxes) -> None:
    async with city.at('second') as box:
        (car,) = await box.vehicles.ledger.all()
        assert (car.id, car.entry, car.odometer) == (vehicle_id(CAR.plate), CAR, 41_200)


async def test_a_car_borrowed_at_one_box_comes_back_at_the_other(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        trip = await borrow(box)
    await city.bring('first', 'second')
    async with city.at('second') as box:
        driver = await box.staff.find_by_number('1001')
        assert driver is not None
        assert driver.id != trip.driver
        out = (await box.vehicles.trips.now()).of_driver.get(driver.id)
        assert out is not None
        assert (out.id, out.box, out.out_at, out.destination) == (trip.id, trip.box, trip.out_at, '県庁')
        await give_back(box, trip.id, 41_236)
    await city.bring('second', 'first')
    async with city.at('first') as box:
        closed = await box.vehicles.trips.get(trip.id)
        assert closed is not None
        assert (closed.odometer_in, closed.distance, closed.returned_by) == (41_236, 36, trip.driver)
        assert await box.vehicles.trips.open_trips() == {}
        (car,) = await box.vehicles.ledger.all()
        assert car.odometer == 41_236


async def test_a_car_lent_twice_while_cut_off_stays_lent_twice_and_both_boxes_say_so_once(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        first = await borrow(box)
    async with city.at('second') as box:
        second = await borrow(box)
    for source, target in (('first', 'second'), ('second', 'first'), ('first', 'second'), ('second', 'first')):
        await city.bring(source, target)
    for name in ('first', 'second'):
        async with city.at(name) as box:
            (double,) = await box.vehicles.loans.under_way()
            assert (double.first.id, double.second.id) == (first.id, second.id)
            assert await told_twice(box) == 1


async def test_the_desks_hear_of_a_double_loan_when_the_line_arrives(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        await borrow(box)
    async with city.at('second') as box:
        await borrow(box)
        await box.exchange.receiver.settle()
    heard: list[DoubleLoan] = []
    async with city.at('first') as box:
        identity, lines = box.journal.identity, await lines_of(box)
    async with city.at('second') as box:
        box.vehicles.loans.DOUBLE_LOAN.listen(heard.append)
        await box.exchange.receiver.receive('first', Batch(box=identity.box, epoch=identity.epoch, lines=lines))
        assert [double.first.box for double in heard] == [identity.box]


async def test_trips_one_after_the_other_are_no_double_loan(city: TwoBoxes) -> None:
    morning = clock.SettableClock(clock.now())
    with clock.use(morning):
        async with city.at('first') as box:
            trip = await borrow(box)
            morning.forward(hours=1)
            await give_back(box, trip.id, 41_236)
        # The clock of the other box is half a minute behind, and the line has not arrived yet.
        morning.step(morning.now() - timedelta(seconds=30))
        async with city.at('second') as box:
            await borrow(box)
        morning.forward(minutes=5)
        await city.bring('first', 'second')
        await city.bring('second', 'first')
        for name in ('first', 'second'):
            async with city.at(name) as box:
                assert await told_twice(box) == 0


async def test_two_returns_of_one_trip_come_to_the_earlier_one_at_both_boxes(city: TwoBoxes) -> None:
    noon = clock.SettableClock(clock.now())
    with clock.use(noon):
        async with city.at('first') as box:
            trip = await borrow(box)
        await city.bring('first', 'second')
        noon.forward(hours=1)
        async with city.at('second') as box:
            await give_back(box, trip.id, 41_236)
        noon.forward(hours=1)
        async with city.at('first') as box:
            await give_back(box, trip.id, 41_240)
        await city.bring('first', 'second')
        await city.bring('second', 'first')
        for name in ('first', 'second'):
            async with city.at(name) as box:
                closed = await box.vehicles.trips.get(trip.id)
                assert closed is not None
                assert closed.odometer_in == 41_236


async def test_a_field_changed_at_both_boxes_comes_to_the_later_value_at_both(city: TwoBoxes) -> None:
    for name, room in (('first', '第一'), ('second', '第二')):
        async with city.at(name) as box:
            (car,) = await box.vehicles.ledger.all()
            entry = VehicleEntry(plate=CAR.plate, name=CAR.name, guard_room=room, key_number=name)
            await box.vehicles.ledger.change(car.id, entry, Actor.system())
    await city.bring('first', 'second')
    await city.bring('second', 'first')
    for name in ('first', 'second'):
        async with city.at(name) as box:
            (car,) = await box.vehicles.ledger.all()
            assert (car.entry.guard_room, car.entry.key_number) == ('第二', 'second')


async def test_a_correction_at_one_box_is_known_at_the_other_and_the_later_one_counts_at_both(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        other = await hire(box, '1002', '佐藤')
        trip = await borrow(box)
        await give_back(box, trip.id, 41_236)
    await city.bring('first', 'second')
    async with city.at('second') as box:
        there = await hire(box, '1002', '佐藤')
    clerk = Actor('clerk', Assurance.PASSWORD)
    async with city.at('first') as box:
        changes: dict[str, Value] = {'driver': other.id, 'destination': '市役所', 'odometer_in': 41_240}
        await corrections(box).correct(trip.id, changes, '書き間違い', clerk)
    async with city.at('second') as box:
        await corrections(box).correct(trip.id, {'destination': '消防署'}, '書き間違い', clerk)
    await city.bring('first', 'second')
    await city.bring('second', 'first')
    for name, driver in (('first', other.id), ('second', there.id)):
        async with city.at(name) as box:
            known = await box.vehicles.trips.get(trip.id)
            assert known is not None
            assert (known.driver, known.destination, known.odometer_in) == (driver, '消防署', 41_240)
            (car,) = await box.vehicles.ledger.all()
            assert car.odometer == 41_240


def corrections(box: Box) -> Corrections:
    return Corrections(box.vault, box.journal, box.vehicles.trips)
