"""What was written about a trip is gone with its record, in the journal too, and the journal still holds."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from app.journal.history import History, HistoryFilter
from app.journal.line import Act, Actor
from app.journal.models import JournalLine
from app.journal.verify import verify_journal
from app.runtime import Box
from app.storage.transaction import transaction
from app.storage.vault import RecordClass
from app.vehicles.corrections import Corrections
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.models import Reservation, Trip
from app.vehicles.trip_lines import HANDED_OVER
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo
from tests.support.box import hire
from tests.support.two_boxes import TwoBoxes

SYSTEM = Actor.system()
PLATE = '金沢 500 あ 12-34'
THEN = datetime(2022, 5, 9, 10, tzinfo=TOKYO)
NOW = datetime(2026, 11, 24, 10, tzinfo=TOKYO)
MAY = (RecordClass.VEHICLES, date(2022, 5, 1))
WRITTEN = ('湯涌の田中様宅', '生活相談の訪問', '左ドアに傷', '行先の書き間違い', '湯涌の山田様宅')


@pytest.fixture
def time() -> SettableClock:
    return SettableClock(THEN)


async def drive(box: Box, attempt: str = 'a') -> TripInfo:
    """There and back within an hour, with remarks and a correction."""
    driver = await box.staff.find_by_number('1001') or await hire(box)
    order = HandOver(
        attempt=f'{attempt}:out', vehicle=vehicle_id(PLATE), driver=driver.id, destination=WRITTEN[0],
        purpose=WRITTEN[1], reservation=f'{attempt}@garoon',
    )  # fmt: skip
    trip = await box.vehicles.trips.hand_over(order)
    back = TakeBack(
        attempt=f'{attempt}:in', trip=trip.id, odometer=41_210, returned_by=driver.id, abnormality=WRITTEN[2]
    )  # fmt: skip
    closed = await box.vehicles.trips.take_back(back)
    corrections = Corrections(box.vault, box.journal, box.vehicles.trips)
    await corrections.correct(trip.id, {'destination': WRITTEN[4]}, WRITTEN[3], SYSTEM)
    return closed


async def reserve(key: str, end: datetime) -> None:
    await Reservation.create(
        key=key, event='1', facility='7', start=end - timedelta(hours=1), end=end, subject='訪問', purpose='相談',
        creator='1001', attendees=[], fetched_at=end,
    )  # fmt: skip


async def dispose_of_may(box: Box) -> None:
    await box.disposals.approve([MAY], '満了', SYSTEM)
    await box.disposals.carry_out()


async def readable(box: Box) -> str:
    """Everything that can be read in the journal."""
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(), 0, 100)
    return json.dumps([[line.payload, [part.fields for part in line.opened]] for line in lines], ensure_ascii=False)


async def is_intact(box: Box) -> bool:
    checkpoints, key = box.directory.checkpoints, box.vault.public_key
    return (await box.reading.read(lambda rows: verify_journal(rows, checkpoints, key))).intact


async def test_no_line_of_the_journal_holds_in_the_clear_what_was_written(box: Box) -> None:
    await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), SYSTEM, odometer=41_200)
    await drive(box)
    stored = ''.join([line.payload for line in await JournalLine.all()])
    assert [text for text in WRITTEN if text in stored] == []
    told = await readable(box)
    assert [text for text in WRITTEN if text not in told] == []


async def test_texts_are_gone_with_the_records_of_their_month_although_the_driver_goes_on_driving(
    box: Box, time: SettableClock
) -> None:
    with clock.use(time):
        await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), SYSTEM, odometer=41_200)
        await drive(box)
        time.step(NOW)
        await drive(box, 'b')
        await dispose_of_may(box)

        assert await Trip.all().count() == 1
        handed_over, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=HANDED_OVER), 0, 10)
        assert [part.fields for part in handed_over[1].opened][-1] is None
        assert handed_over[0].opened[-1].fields == {'destination': WRITTEN[0], 'purpose': WRITTEN[1]}
        assert await is_intact(box)


async def test_texts_of_a_month_stay_while_one_of_its_records_is_on_hold(box: Box, time: SettableClock) -> None:
    with clock.use(time):
        await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), SYSTEM, odometer=41_200)
        kept = await drive(box)
        await drive(box, 'b')
        time.step(NOW)
        await box.holds.hold([kept.id], (kept.driver, RecordClass.VEHICLES), '係争中', SYSTEM)
        await dispose_of_may(box)
        assert WRITTEN[0] in await readable(box)

        await box.holds.release([kept.id], SYSTEM)
        await dispose_of_may(box)
        assert [text for text in WRITTEN if text in await readable(box)] == []


async def test_reservations_stand_on_the_disposal_list_with_the_month_of_their_end(
    box: Box, time: SettableClock
) -> None:
    time.step(NOW)
    with clock.use(time):
        await reserve('old', THEN)
        await reserve('new', NOW)
        (due,) = await box.disposals.due()
        assert (due.record_class, due.month, due.records) == (*MAY, 1)
        await dispose_of_may(box)
        assert [row.key for row in await Reservation.all()] == ['new']


async def test_the_reservation_of_a_trip_on_hold_stays(box: Box, time: SettableClock) -> None:
    with clock.use(time):
        await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), SYSTEM, odometer=41_200)
        trip = await drive(box)
        await reserve('a@garoon', THEN)
        await reserve('nobody came', THEN)
        time.step(NOW)
        await box.holds.hold([trip.id], (trip.driver, RecordClass.VEHICLES), '係争中', SYSTEM)
        await dispose_of_may(box)
        assert [row.key for row in await Reservation.all()] == ['a@garoon']


async def test_the_other_box_knows_what_was_written_until_it_disposes_of_it_too(
    tmp_path: Path, time: SettableClock
) -> None:
    city = TwoBoxes(tmp_path)
    with clock.use(time):
        async with city.at('first') as box:
            await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), SYSTEM, odometer=41_200)
            await drive(box)
        await city.bring('first', 'second')
        async with city.at('second') as box:
            (trip,) = await Trip.all()
            assert (trip.destination, trip.purpose, trip.abnormality) == (WRITTEN[4], WRITTEN[1], WRITTEN[2])
            month = [subject for subject in box.vault.subjects(RecordClass.VEHICLES) if subject != trip.driver]
            time.step(NOW)
            await dispose_of_may(box)
            assert not any(box.vault.has_key((subject, RecordClass.VEHICLES)) for subject in month)
            assert await is_intact(box)


async def test_a_line_of_an_earlier_version_with_its_texts_in_the_clear_still_arrives(tmp_path: Path) -> None:
    city = TwoBoxes(tmp_path)
    async with city.at('first') as box:
        await box.vehicles.ledger.add(VehicleEntry(plate=PLATE), SYSTEM, odometer=41_200)
        driver = await hire(box)
        trip = await box.vehicles.trips.hand_over(
            HandOver(attempt='x', vehicle=vehicle_id(PLATE), driver=driver.id, destination='', purpose='')
        )
        line = await JournalLine.get(kind=HANDED_OVER)
        payload = json.loads(line.payload) | {'destination': '県庁', 'purpose': '会議', 'trip': str(driver.id)}
        payload.pop('sealed', None)
        act = Act(kind=HANDED_OVER, actor=SYSTEM, subjects=(trip.vehicle, driver.id), payload=payload)
        await transaction(lambda tx: box.journal.append(tx, act))
    await city.bring('first', 'second')
    async with city.at('second') as box:
        old = await Trip.get(id=driver.id)
        assert (old.destination, old.purpose) == ('県庁', '会議')
