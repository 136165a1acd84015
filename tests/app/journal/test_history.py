"""The journal as staff read it."""

import uuid
from datetime import datetime, timedelta

import pytest

from app import clock
from app.clock import TOKYO, ClockQuality, SettableClock
from app.journal.history import JOURNAL_READ, History, HistoryFilter, note_reading
from app.journal.line import Act, Actor, Assurance
from app.people.staff import STAFF_ADDED
from app.runtime import Box
from app.storage.transaction import transaction
from app.storage.vault import RecordClass
from tests.support.box import hire

NOON = datetime(2030, 5, 6, 12, 0, tzinfo=TOKYO)


@pytest.fixture
def history(box: Box) -> History:
    return History(box.reading, box.vault)


async def write(box: Box, kind: str, **parts: object) -> None:
    act = Act(kind=kind, actor=Actor.system(), **parts)  # type: ignore[arg-type]
    await transaction(lambda tx: box.journal.append(tx, act))


async def test_lines_come_newest_first_and_page_by_page(box: Box, history: History) -> None:
    for number in range(7):
        await write(box, f'test.{number}')
    first, total = await history.page(HistoryFilter(), 0, 3)
    second, _total = await history.page(HistoryFilter(), 3, 3)
    assert [line.kind for line in first] == ['test.6', 'test.5', 'test.4']
    assert [line.kind for line in second] == ['test.3', 'test.2', 'test.1']
    assert total == 8, 'the seven, and the line that began the epoch'


async def test_only_lines_of_the_wanted_kind_are_found(box: Box, history: History) -> None:
    await write(box, 'test.wanted')
    await write(box, 'test.other')
    lines, total = await history.page(HistoryFilter(kind='test.wanted'), 0, 10)
    assert ([line.kind for line in lines], total) == (['test.wanted'], 1)


async def test_only_lines_about_the_wanted_person_are_found(box: Box, history: History) -> None:
    yamada = await hire(box, '1001')
    await hire(box, '1002', '佐藤\u3000花子')
    lines, total = await history.page(HistoryFilter(subject=yamada.id), 0, 10)
    assert total == 1
    assert lines[0].subjects == (yamada.id,)


async def test_only_lines_of_the_wanted_desk_are_found(box: Box, history: History) -> None:
    desk = uuid.uuid4()
    await write(box, 'test.here', desk=desk)
    await write(box, 'test.elsewhere', desk=uuid.uuid4())
    lines, _total = await history.page(HistoryFilter(desk=desk), 0, 10)
    assert [line.kind for line in lines] == ['test.here']


async def test_both_days_of_a_range_belong_to_it(box: Box, history: History) -> None:
    for days in (-2, -1, 0, 1):
        with clock.use(SettableClock(NOON + timedelta(days=days))):
            await write(box, f'test.day{days}')
    wanted = HistoryFilter(first_day=NOON.date() - timedelta(days=1), last_day=NOON.date())
    lines, _total = await history.page(wanted, 0, 10)
    assert [line.kind for line in lines] == ['test.day0', 'test.day-1']


async def test_a_day_ends_at_midnight_in_tokyo(box: Box, history: History) -> None:
    with clock.use(SettableClock(datetime(2030, 5, 6, 23, 59, 59, tzinfo=TOKYO))):
        await write(box, 'test.late')
    with clock.use(SettableClock(datetime(2030, 5, 7, 0, 0, tzinfo=TOKYO))):
        await write(box, 'test.next_day')
    wanted = HistoryFilter(first_day=NOON.date(), last_day=NOON.date())
    lines, _total = await history.page(wanted, 0, 10)
    assert [line.kind for line in lines] == ['test.late']


async def test_sealed_fields_are_opened(box: Box, history: History) -> None:
    yamada = await hire(box)
    line = await history.last(STAFF_ADDED)
    assert line is not None
    assert line.opened[0].subject == yamada.id
    assert line.opened[0].fields == {
        'number': '1001',
        'name': '山田\u3000太郎',
        'kana': 'ヤマダ\u3000タロウ',
        'department': '総務課',
    }
    assert 'sealed' not in line.payload


async def test_what_was_erased_stays_erased(box: Box, history: History) -> None:
    yamada = await hire(box)
    await box.vault.erase((yamada.id, RecordClass.STAFF))
    line = await history.last(STAFF_ADDED)
    assert line is not None
    assert line.opened[0].fields is None


async def test_opened_fields_do_not_show_in_a_repr(box: Box, history: History) -> None:
    await hire(box)
    assert '山田' not in repr(await history.last(STAFF_ADDED))


async def test_a_line_tells_who_acted_how_surely_and_what_the_clock_was_worth(box: Box, history: History) -> None:
    actor = uuid.uuid4()
    act = Act(kind='test.act', actor=Actor(str(actor), Assurance.PROVEN_CARD), payload={'note': '1'})
    with clock.use(SettableClock(NOON, ClockQuality.STEPPED)):
        await transaction(lambda tx: box.journal.append(tx, act))
    line = await history.last('test.act')
    assert line is not None
    assert (line.actor_id, line.assurance, line.clock_quality) == (actor, Assurance.PROVEN_CARD, ClockQuality.STEPPED)
    assert (line.happened_at, dict(line.payload)) == (NOON, {'note': '1'})


async def test_a_line_carries_the_hash_of_the_one_before(box: Box, history: History) -> None:
    await write(box, 'test.first')
    await write(box, 'test.second')
    second, first = (await history.page(HistoryFilter(), 0, 2))[0]
    assert second.previous_hash == first.hash


async def test_a_sequence_that_does_not_exist_is_no_line(history: History) -> None:
    assert await history.line(999_999) is None


async def test_reading_the_records_of_a_person_is_itself_recorded(box: Box, history: History) -> None:
    yamada = await hire(box)
    reader = Actor(str(uuid.uuid4()), Assurance.PASSWORD)
    wanted = HistoryFilter(subject=yamada.id, kind=STAFF_ADDED, first_day=NOON.date())
    await note_reading(box.journal, reader, wanted)
    line = await history.last(JOURNAL_READ)
    assert line is not None
    assert (line.actor, line.subjects) == (reader.id, (yamada.id,))
    assert dict(line.payload) == {'kind': STAFF_ADDED, 'first_day': '2030-05-06'}


async def test_refused_acts_come_newest_first_with_their_count(box: Box, history: History) -> None:
    box.security_log.refused('access.sign_in_refused', '192.0.2.1', 'number or password')
    box.security_log.refused('access.sign_in_refused', '192.0.2.1', 'number or password')
    await box.security_log.write()
    box.security_log.refused('access.request_refused', '192.0.2.2', '')
    await box.security_log.write()
    refused, total = await history.refused(0, 10)
    assert [(act.kind, act.times) for act in refused] == [
        ('access.request_refused', 1),
        ('access.sign_in_refused', 2),
    ]
    assert total == 2


async def test_reading_cannot_write(box: Box, history: History) -> None:
    before = (await history.page(HistoryFilter(), 0, 1))[1]
    await history.page(HistoryFilter(), 0, 50)
    await history.refused(0, 50)
    assert (await history.page(HistoryFilter(), 0, 1))[1] == before
