"""The legal record of a trip that began at one guard room and ended at the other is whole at both."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from app import clock
from app.clock import SettableClock
from app.exchange.message import Batch
from app.journal.line import Act, Actor, Assurance, Sealed
from app.people.names import names_of
from app.runtime import Box
from app.storage.transaction import transaction
from app.storage.vault import RecordClass
from app.vehicles.alcohol_book import AlcoholBook, CheckEntry, CheckFilter
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.driver_list import DriverList
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.licence_classes import LicenceCondition
from app.vehicles.licences import LICENCE_SIGHTED
from app.vehicles.record_checks import RecordChecks, RecordProblem
from app.vehicles.trip_values import HandOver, TakeBack
from tests.support.box import hire
from tests.support.car_facts import last_licence
from tests.support.two_boxes import TwoBoxes, lines_of

PLATE = '金沢 500 あ 12-34'
CAR = vehicle_id(PLATE)
CLERK = Actor('clerk', Assurance.PASSWORD)
STARTED = date(2026, 4, 1)


@pytest.fixture
async def city(tmp_path: Path) -> TwoBoxes:
    """A car and a guard known at both boxes, drivers only at the first, and a detector at each."""
    boxes = TwoBoxes(tmp_path)
    async with boxes.at('first') as box:
        await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), Actor.system(), odometer=41_200)
        await box.vehicles.checkers.add('A-1', 'FC-1200', CLERK, started_on=STARTED)
        await box.vehicles.guards.add('守衛 一郎', '警備会社', CLERK)
        await hire(box)
    async with boxes.at('second') as box:
        await box.vehicles.checkers.add('B-1', 'FC-1200', CLERK, started_on=STARTED)
    return boxes


async def person(box: Box, number: str = '1001') -> UUID:
    member = await box.staff.find_by_number(number)
    assert member is not None
    return member.id


async def breathe(box: Box, phase: Phase, driver: UUID, trip: UUID | None, value: str = '0.000') -> UUID:
    (guard,) = await box.vehicles.guards.all()
    (checker,) = await box.vehicles.checkers.all()
    breath = Breath(
        phase=phase,
        driver=driver,
        vehicle=None,
        trip=trip,
        confirmer=guard.id,
        method=Method.FACE_TO_FACE,
        checker=checker.id,
        value=Decimal(value),
        desk=None,
    )
    return (await box.vehicles.alcohol.record(breath)).id


async def borrow(box: Box, driver: UUID, attempt: str = 'out') -> UUID:
    (guard,) = await box.vehicles.guards.all()
    check = await breathe(box, Phase.BEFORE, driver, None)
    order = HandOver(
        attempt=attempt,
        vehicle=CAR,
        driver=driver,
        destination='県庁',
        purpose='会議',
        check=check,
        handed_over_by=guard.id,
    )
    return (await box.vehicles.trips.hand_over(order)).id


async def give_back(box: Box, trip: UUID, driver: UUID) -> None:
    check = await breathe(box, Phase.AFTER, driver, trip)
    await box.vehicles.trips.take_back(
        TakeBack(attempt='in', trip=trip, odometer=41_236, returned_by=driver, check=check)
    )


async def book(box: Box) -> list[CheckEntry]:
    return await AlcoholBook(box.reading, box.vault).all(CheckFilter())


async def both_ways(city: TwoBoxes) -> None:
    await city.bring('first', 'second')
    await city.bring('second', 'first')


async def test_a_trip_checked_before_at_one_box_and_after_at_the_other_is_whole_at_both(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        trip = await borrow(box, await person(box))
    async with city.at('second') as box:
        await hire(box)
    await both_ways(city)
    async with city.at('second') as box:
        await give_back(box, trip, await person(box))
    await both_ways(city)
    for name in ('first', 'second'):
        async with city.at(name) as box:
            found = [
                (each.phase, each.trip, each.plate, each.driver.name, each.confirmer.name, each.checker, each.value)
                for each in await book(box)
            ]
            driver, guard, zero = '山田\u3000太郎', '守衛 一郎', Decimal('0')
            assert found == [
                (Phase.BEFORE, trip, PLATE, driver, guard, 'A-1', zero),
                (Phase.AFTER, trip, PLATE, driver, guard, 'B-1', zero),
            ]
            today = clock.today()
            exceptions = await records(box).exceptions_list(today, today)
            assert [one for one in exceptions if one.problem is RecordProblem.CHECK_MISSING] == []


async def test_records_of_a_driver_not_known_yet_show_the_number_and_take_the_name_when_they_are_imported(
    city: TwoBoxes,
) -> None:
    async with city.at('first') as box:
        driver = await person(box)
        trip = await borrow(box, driver)
        check = await breathe(box, Phase.BEFORE, driver, None, '0.200')
        await box.vehicles.alcohol.instruct(check, '運転させない', driver)
        await box.vehicles.licences.sight(driver, ['普通'], date(2030, 1, 1), Actor(str(driver), Assurance.PASSWORD))
    await city.bring('first', 'second')
    async with city.at('second') as box:
        assert {(each.driver.number, each.driver.name) for each in await book(box)} == {('1001', '')}
        await hire(box)
        await box.exchange.receiver.settle()
        here = await person(box)
        assert here != driver
        assert {each.driver.name for each in await book(box)} == {'山田\u3000太郎'}
        positive = (await book(box))[-1]
        assert (positive.instruction, positive.instructed_by.name) == ('運転させない', '山田\u3000太郎')
        out = (await box.vehicles.trips.now()).of_driver.get(here)
        assert out is not None
        assert out.id == trip
        licence = await last_licence(here)
        assert licence is not None
        assert licence.valid_until == date(2030, 1, 1)
        (sighted,) = await DriverList(box.reading, box.vault).of(here)
        assert sighted.sighted_by == '山田\u3000太郎'


async def test_a_positive_test_of_one_box_waits_for_its_instruction_at_both_until_one_gave_it(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        check = await breathe(box, Phase.BEFORE, await person(box), None, '0.150')
    async with city.at('second') as box:
        manager = await hire(box, '1002', '管理 花子')
    await both_ways(city)
    async with city.at('second') as box:
        assert (await AlcoholBook(box.reading, box.vault).count_open())[0] == 1
        await box.vehicles.alcohol.instruct(check, '運転を認めない', manager.id)
    await both_ways(city)
    async with city.at('first') as box:
        (entry,) = await book(box)
        assert (entry.instruction, entry.needs_instruction, entry.instructed_by.number) == (
            '運転を認めない',
            False,
            '1002',
        )
        assert [again.id for again in await AlcoholBook(box.reading, box.vault).after(entry.sequence, 10)] == [check]


async def test_the_licence_that_was_seen_last_counts_at_both_boxes_whichever_heard_of_it_first(city: TwoBoxes) -> None:
    async with city.at('second') as box:
        await hire(box)
    morning = SettableClock(clock.now())
    with clock.use(morning):
        async with city.at('second') as box:
            await box.vehicles.licences.sight(await person(box), ['普通'], date(2029, 1, 1), CLERK)
        morning.forward(minutes=5)
        async with city.at('first') as box:
            await box.vehicles.licences.sight(
                await person(box), ['中型'], date(2031, 1, 1), CLERK, conditions=[LicenceCondition.MEDIUM_8T]
            )
        await both_ways(city)
        for name in ('first', 'second'):
            async with city.at(name) as box:
                licence = await last_licence(await person(box))
                assert licence is not None
                assert (licence.valid_until, licence.classes) == (date(2031, 1, 1), frozenset({'中型'}))
                assert licence.conditions == {LicenceCondition.MEDIUM_8T}


async def test_a_sighting_of_a_box_that_does_not_know_conditions_yet_arrives_without_any(city: TwoBoxes) -> None:
    async with city.at('second') as box:
        await hire(box)
    async with city.at('first') as box:
        driver = await person(box)
        await box.vault.ensure([(driver, RecordClass.VEHICLES)])
        told = {'classes': '中型', 'valid_until': '2031-01-01'}
        sealed = (Sealed(driver, RecordClass.VEHICLES, told),)
        act = Act(kind=LICENCE_SIGHTED, actor=CLERK, subjects=(driver,), sealed=sealed)
        await transaction(lambda tx: box.journal.append(tx, act))
    await city.bring('first', 'second')
    async with city.at('second') as box:
        licence = await last_licence(await person(box))
        assert licence is not None
        assert (licence.classes, licence.conditions) == (frozenset({'中型'}), frozenset())


async def test_a_detector_of_the_other_box_is_named_in_records_and_opens_no_gate_here(city: TwoBoxes) -> None:
    await both_ways(city)
    async with city.at('first') as box:
        assert [each.serial for each in await box.vehicles.checkers.all()] == ['A-1']
        assert not await box.vehicles.checkers.is_known('B-1')
        moved = await box.vehicles.checkers.add('B-1', 'FC-1200', CLERK, started_on=STARTED)
        assert [each.id for each in await box.vehicles.checkers.all()][-1] == moved.id


async def test_a_guard_who_left_at_one_box_has_left_at_both(city: TwoBoxes) -> None:
    await both_ways(city)
    async with city.at('second') as box:
        (guard,) = await box.vehicles.guards.all()
        assert (guard.name, guard.company) == ('守衛 一郎', '警備会社')
        await box.vehicles.guards.end(guard.id, CLERK)
    await both_ways(city)
    async with city.at('first') as box:
        assert await box.vehicles.guards.all() == []
        found = await box.reading.read(lambda connection: names_of(connection, box.vault, [guard.id]))
        assert found[guard.id].name == '守衛 一郎'


async def test_what_was_confirmed_at_one_box_is_settled_at_both(city: TwoBoxes) -> None:
    async with city.at('first') as box:
        trip = await borrow(box, await person(box))
        await box.vehicles.trips.take_back(
            TakeBack(attempt='in', trip=trip, odometer=41_210, returned_by=await person(box))
        )
    await both_ways(city)
    today = clock.today()
    async with city.at('second') as box:
        (missing,) = await records(box).exceptions_list(today, today)
        await records(box).confirm(missing, '紙の記録で確かめた', CLERK)
    await both_ways(city)
    async with city.at('first') as box:
        assert await records(box).exceptions_list(today, today) == []


@pytest.mark.parametrize('seed', range(4))
async def test_records_that_come_in_any_batches_and_more_than_once_are_the_same(city: TwoBoxes, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    async with city.at('first') as box:
        driver = await person(box)
        trip = await borrow(box, driver)
        await breathe(box, Phase.BEFORE, driver, None, '0.150')
        await give_back(box, trip, driver)
        lines, identity, written = await lines_of(box), box.journal.identity, [each.id for each in await book(box)]
        counted = [each.measurements for each in await box.vehicles.checkers.all()]
    async with city.at('second') as box:
        position = 0
        while position < len(lines):
            part = lines[max(0, position - chance.randint(0, 3)) : position + chance.randint(1, 4)]
            batch = Batch(box=identity.box, epoch=identity.epoch, lines=part, more=chance.random() < 0.5)
            await box.exchange.receiver.receive('first', batch)
            position = lines.index(part[-1]) + 1
        assert [each.id for each in await book(box)] == written
        assert [each.trip for each in await book(box)] == [trip, None, trip]
        detector = await box.vehicles.checkers.add('A-1', 'FC-1200', CLERK, started_on=STARTED)
        assert [detector.measurements] == counted == [3]


def records(box: Box) -> RecordChecks:
    return RecordChecks(box.reading, box.journal, timedelta(hours=1))
