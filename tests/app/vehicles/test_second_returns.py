"""A car comes back at one guard room while its trip, as that room knows it, had ended at the other during a cut."""

import uuid
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import SettableClock
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.record_checks import RecordChecks, RecordProblem
from app.vehicles.trip_values import TakeBack, TripInfo
from app.vehicles.two_rooms_models import LoneReturn
from tests.app.vehicles.test_lone_returns import CAR, borrow, both_ways, city, come_back, driver_of, time, to_look_at
from tests.support.two_boxes import TwoBoxes

__all__ = ['city', 'time']
MOVED, TWICE = RecordProblem.RETURN_MOVED, RecordProblem.RETURNED_TWICE


async def lent_and_known_at_both(city: TwoBoxes, time: SettableClock) -> TripInfo:
    async with city.at('first') as box:
        trip = await borrow(box, 'morning')
    await both_ways(city)
    time.forward(hours=1)
    return trip


async def bring_back(box: Box, trip: UUID, odometer: int) -> TripInfo:
    breath = Breath(
        phase=Phase.AFTER, driver=await driver_of(box), vehicle=CAR, confirmer=uuid.uuid4(), trip=trip,
        method=Method.FACE_TO_FACE, checker=None, value=Decimal('0.000'), desk=None,
    )  # fmt: skip
    check = await box.vehicles.alcohol.record(breath)
    order = TakeBack(
        attempt=f'in:{odometer}', trip=trip, odometer=odometer, returned_by=await driver_of(box), check=check.id,
        abnormality=f'{odometer}の傷',
    )  # fmt: skip
    return await box.vehicles.trips.take_back(order)


async def trip_of(box: Box, trip: UUID) -> TripInfo:
    found = await box.vehicles.trips.get(trip)
    assert found is not None
    return found


async def problems_of(box: Box) -> dict[RecordProblem, UUID | None]:
    found = {one.problem: one.trip for one in await to_look_at(box)}
    return {problem: trip for problem, trip in found.items() if problem is not RecordProblem.CHECK_MISSING}


async def test_lent_again_at_the_other_room_the_return_here_ends_the_newest_trip(
    city: TwoBoxes, time: SettableClock
) -> None:
    with clock.use(time):
        morning = await lent_and_known_at_both(city, time)
        async with city.at('second') as box:
            await bring_back(box, morning.id, 41_236)
            time.forward(hours=1)
            noon = await borrow(box, 'noon')
        time.forward(hours=1)
        async with city.at('first') as box:
            back = await bring_back(box, morning.id, 41_300)
        await both_ways(city)
        for name in ('first', 'second'):
            async with city.at(name) as box:
                older, newer = await trip_of(box, morning.id), await trip_of(box, noon.id)
                assert (older.odometer_out, older.odometer_in, older.abnormality) == (41_200, 41_236, '41236の傷')
                assert (newer.odometer_out, newer.odometer_in, newer.abnormality) == (41_236, 41_300, '41300の傷')
                assert newer.returned_at == back.returned_at
                assert await box.vehicles.trips.under_way() == []
                assert await box.vehicles.loans.under_way() == []
                assert [len(await box.vehicles.alcohol.of_trip(trip.id)) for trip in (older, newer)] == [1, 1]
                (car,) = await box.vehicles.ledger.all()
                assert car.odometer == 41_300
                assert await problems_of(box) == {MOVED: noon.id}


async def test_also_where_the_other_room_did_not_know_the_trip_that_it_ended(
    city: TwoBoxes, time: SettableClock
) -> None:
    with clock.use(time):
        async with city.at('first') as box:
            morning = await borrow(box, 'morning')
        time.forward(hours=1)
        async with city.at('second') as box:
            await come_back(box, 41_236)
            time.forward(hours=1)
            noon = await borrow(box, 'noon')
        time.forward(hours=1)
        async with city.at('first') as box:
            await bring_back(box, morning.id, 41_300)
        await both_ways(city)
        for name in ('first', 'second'):
            async with city.at(name) as box:
                ended = [(await trip_of(box, trip.id)).odometer_in for trip in (morning, noon)]
                assert ended == [41_236, 41_300]
                assert await box.vehicles.trips.under_way() == []
                assert [len(await box.vehicles.alcohol.of_trip(trip.id)) for trip in (morning, noon)] == [1, 1]
                assert await problems_of(box) == {MOVED: noon.id}


async def test_the_same_return_written_down_at_both_rooms_ends_no_other_trip(
    city: TwoBoxes, time: SettableClock
) -> None:
    with clock.use(time):
        morning = await lent_and_known_at_both(city, time)
        async with city.at('second') as box:
            await bring_back(box, morning.id, 41_236)
            time.forward(minutes=10)
            noon = await borrow(box, 'noon')
        time.forward(minutes=10)
        async with city.at('first') as box:
            await bring_back(box, morning.id, 41_236)
        await both_ways(city)
        ids = set[UUID]()
        for name in ('first', 'second'):
            async with city.at(name) as box:
                assert [trip.id for trip in await box.vehicles.trips.under_way()] == [noon.id]
                assert await problems_of(box) == {TWICE: morning.id}
                ids |= {row.id for row in await LoneReturn.all()}
        assert len(ids) == 1


async def test_once_confirmed_at_one_room_it_is_at_both(city: TwoBoxes, time: SettableClock) -> None:
    with clock.use(time):
        morning = await lent_and_known_at_both(city, time)
        for name in ('second', 'first'):
            async with city.at(name) as box:
                await bring_back(box, morning.id, 41_236)
            time.forward(minutes=10)
        await both_ways(city)
        async with city.at('first') as box:
            (one,) = [one for one in await to_look_at(box) if one.problem is TWICE]
            checks = RecordChecks(box.reading, box.journal, timedelta(hours=1))
            await checks.confirm(one, '同じ返却を両方で書いた', Actor('clerk', Assurance.PASSWORD))
        await both_ways(city)
        async with city.at('second') as box:
            assert await problems_of(box) == {}
