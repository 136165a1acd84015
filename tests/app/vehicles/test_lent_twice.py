"""A car lent twice while two boxes could not talk stands among the matters of both until somebody settled it."""

from datetime import datetime, time, timedelta
from pathlib import Path

from app import clock
from app.clock import TOKYO, SettableClock
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.vehicles.alcohol_book import AlcoholBook
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.matter_values import Matter, MatterKind
from app.vehicles.matters import CarMatters
from app.vehicles.record_checks import RecordChecks, RecordProblem
from app.vehicles.trip_values import HandOver
from pages.staff.concern_words import concern_words
from tests.support.box import hire
from tests.support.two_boxes import TwoBoxes

PLATE = '金沢 500 あ 12-34'
CLERK = Actor('clerk', Assurance.PASSWORD)


async def borrow(box: Box) -> None:
    member = await hire(box)
    order = HandOver(attempt='out', vehicle=vehicle_id(PLATE), driver=member.id, destination='県庁', purpose='会議')
    await box.vehicles.trips.hand_over(order)


def checks_of(box: Box) -> RecordChecks:
    return RecordChecks(box.reading, box.journal, timedelta(hours=1))


async def matters(box: Box, kind: MatterKind) -> list[Matter]:
    found = await CarMatters(box.reading, AlcoholBook(box.reading, box.vault), checks_of(box)).all()
    return [one for one in found if one.kind is kind]


async def test_a_car_lent_twice_is_a_matter_at_both_boxes_until_one_of_them_settles_it(tmp_path: Path) -> None:
    late = datetime.combine(clock.today(), time(23, 40), TOKYO)
    city, day = TwoBoxes(tmp_path), SettableClock(late)
    with clock.use(day):
        async with city.at('first') as box:
            await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), Actor.system(), odometer=41_200)
        await city.bring('first', 'second')
        for name in ('first', 'second'):
            async with city.at(name) as box:
                await borrow(box)
            day.forward(minutes=30)
        for source, target in (('first', 'second'), ('second', 'first')):
            await city.bring(source, target)
        day.forward(hours=24 * 90)
        for name in ('first', 'second'):
            async with city.at(name) as box:
                (twice,) = await matters(box, MatterKind.LENT_TWICE)
                assert (twice.about, twice.count) == (PLATE, 1)
                assert twice.since is not None
                words = concern_words(twice)
                assert f'?first={twice.since.date()}' in words.address
                assert '鍵を確かめ' in words.next_step

        async with city.at('second') as box:
            assert twice.since is not None
            found = await checks_of(box).exceptions_list(twice.since.date(), clock.today())
            (one,) = [each for each in found if each.problem is RecordProblem.OUT_TWICE]
            await checks_of(box).confirm(one, '鍵は第一にあり、第二の記録は書き間違い', CLERK)
        await city.bring('second', 'first')
        for name in ('first', 'second'):
            async with city.at(name) as box:
                assert await matters(box, MatterKind.LENT_TWICE) == []
