"""What needs a person."""

from datetime import datetime, timedelta

import pytest

from app import clock
from app.attention import Attention, Concern, ConcernKind
from app.clock import TOKYO, ClockQuality, SettableClock
from app.journal.history import History
from app.journal.line import Actor
from app.runtime import Box
from device_drivers.card_reader.interface import ReaderState
from device_drivers.cards.certificate import TrustStore
from device_drivers.cards.credential import CardKind, Credential
from tests.support.box import hire, open_desk, reader_of

MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=TOKYO)


@pytest.fixture
def attention(box: Box) -> Attention:
    return Attention(
        settings=box.settings,
        desks=box.desks,
        engine=box.engine,
        readers=box.readers,
        trust=TrustStore([]),
        history=History(box.reading, box.vault),
    )


async def found(attention: Attention, kind: ConcernKind) -> list[Concern]:
    return [concern for concern in await attention.concerns() if concern.kind is kind]


async def test_a_box_without_desks_needs_one(attention: Attention) -> None:
    assert await found(attention, ConcernKind.NO_DESK)


async def test_a_ready_reader_is_no_concern(box: Box, attention: Attention) -> None:
    await open_desk(box)
    assert await found(attention, ConcernKind.READER) == []


async def test_an_unplugged_reader_is_a_concern_with_its_desk_and_since_when(box: Box, attention: Attention) -> None:
    desk = await open_desk(box, '東玄関')
    with clock.use(SettableClock(MORNING)):
        reader_of(box, desk).unplug()
    assert await found(attention, ConcernKind.READER) == [
        Concern(kind=ConcernKind.READER, about='東玄関', state=ReaderState.MISSING.value, since=MORNING)
    ]


async def test_a_reader_that_is_back_is_no_concern_any_more(box: Box, attention: Attention) -> None:
    desk = await open_desk(box)
    reader_of(box, desk).unplug()
    reader_of(box, desk).plug()
    assert await found(attention, ConcernKind.READER) == []


async def test_a_doubtful_clock_is_a_concern(attention: Attention) -> None:
    with clock.use(SettableClock(MORNING, ClockQuality.STEPPED)):
        assert await found(attention, ConcernKind.CLOCK)
    with clock.use(SettableClock(MORNING)):
        assert await found(attention, ConcernKind.CLOCK) == []


@pytest.mark.parametrize(('days', 'count'), [(30, 1), (400, 0)])
async def test_certificates_that_end_soon_are_counted(box: Box, attention: Attention, days: int, count: int) -> None:
    person = await hire(box)
    ends = clock.now() + timedelta(days=days)
    credential = Credential(CardKind.MY_NUMBER, 'issuer', 'A1B2C3D4', ends)
    await box.cards.link(person.id, credential, Actor.system(), proven=True)
    assert sum(concern.count for concern in await found(attention, ConcernKind.CERTIFICATES)) == count


@pytest.mark.parametrize(
    ('year', 'is_concern'), [(2026, False), (2033, True), (2034, False)], ids=['long before', 'soon', 'long past']
)
async def test_a_trusted_root_is_a_concern_in_the_half_year_before_it_ends(
    box: Box, year: int, is_concern: bool
) -> None:
    attention = Attention(
        settings=box.settings,
        desks=box.desks,
        engine=box.engine,
        readers=box.readers,
        trust=box.trust,
        history=History(box.reading, box.vault),
    )
    with clock.use(SettableClock(datetime(year, 3, 1, tzinfo=TOKYO))):
        assert bool(await found(attention, ConcernKind.ROOT)) is is_concern
