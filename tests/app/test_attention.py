"""What needs a person."""

import shutil
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from app import clock
from app.attention import Attention, Concern, ConcernKind
from app.clock import TOKYO, ClockQuality, SettableClock
from app.commands.backup import backup
from app.commands.terminal import OwnTerminal
from app.desks.register import Job
from app.journal.history import History
from app.journal.line import Actor
from app.runtime import Box
from app.storage.vault import RecordClass
from app.vehicles.alcohol_book import AlcoholBook
from app.vehicles.garoon.client import Garoon
from app.vehicles.garoon.transport import Patience
from app.vehicles.garoon_access import access_of
from app.vehicles.garoon_polling import GaroonFault, GaroonState
from app.vehicles.matters import CarMatters
from app.vehicles.models import AlcoholCheck
from app.vehicles.record_checks import RecordChecks
from device_drivers.alcohol_checker.simulation import SimulatedChecker
from device_drivers.card_reader.interface import ReaderState
from device_drivers.cards.certificate import TrustStore
from device_drivers.cards.credential import CardKind, Credential
from pages.staff.concern_words import concern_words
from tests.fakes.garoon.server import running
from tests.fakes.garoon.store import GaroonStore
from tests.support.box import hire, open_desk, opened_box, reader_of, until
from tests.support.shelter import OFFICER, opened_shelter

MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=TOKYO)


def cars_of(box: Box) -> CarMatters:
    checks = RecordChecks(box.reading, box.journal, timedelta(hours=1))
    return CarMatters(box.reading, AlcoholBook(box.reading, box.vault), checks)


@pytest.fixture
def attention(box: Box) -> Attention:
    return attention_of(box)


def attention_of(box: Box) -> Attention:
    return Attention(
        settings=box.settings,
        desks=box.desks,
        engine=box.engine,
        readers=box.readers,
        devices=box.devices,
        trust=TrustStore([]),
        history=History(box.reading, box.vault),
        vehicles=box.vehicles,
        cars=cars_of(box),
        exchange=box.exchange,
        reports=box.shelters.reports,
        disposals=box.disposals,
    )


async def found(attention: Attention, kind: ConcernKind) -> list[Concern]:
    concerns = await attention.concerns()
    return [one for one in concerns if isinstance(one, Concern) and one.kind is kind]


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
        devices=box.devices,
        trust=box.trust,
        history=History(box.reading, box.vault),
        vehicles=box.vehicles,
        cars=cars_of(box),
        exchange=box.exchange,
        reports=box.shelters.reports,
        disposals=box.disposals,
    )
    with clock.use(SettableClock(datetime(year, 3, 1, tzinfo=TOKYO))):
        assert bool(await found(attention, ConcernKind.ROOT)) is is_concern


async def test_a_box_without_a_backup_is_a_concern(attention: Attention) -> None:
    assert await found(attention, ConcernKind.NO_BACKUP) == [Concern(kind=ConcernKind.NO_BACKUP)]


async def test_a_backup_is_a_concern_once_it_is_older_than_the_setting(new_box: Path, tmp_path: Path) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    async with opened_box(tmp_path / 'box', backup={'remind_days': 3}) as box:
        attention = attention_of(box)
        with clock.use(SettableClock(MORNING)):
            await backup(box, {'file': str(tmp_path / 'b.backup')}, OwnTerminal())
        with clock.use(SettableClock(MORNING + timedelta(days=3))):
            assert await found(attention, ConcernKind.BACKUP_OLD) == []
        with clock.use(SettableClock(MORNING + timedelta(days=4, hours=1))):
            (concern,) = await found(attention, ConcernKind.BACKUP_OLD)
            assert await found(attention, ConcernKind.NO_BACKUP) == []
    assert (concern.count, concern.since) == (4, MORNING)


async def test_a_garoon_that_refuses_the_login_is_a_concern_at_once(new_box: Path, tmp_path: Path) -> None:
    store = GaroonStore()
    shutil.copytree(new_box, tmp_path / 'box')
    with running(store) as address:
        garoon = {'base_url': address, 'login': 'machibako', 'password': 'wrong'}
        async with opened_box(tmp_path / 'box', garoon=garoon) as box:
            box.vehicles.garoon.start(box.upkeep)
            await until(lambda: box.vehicles.garoon.status.state is GaroonState.AWAY)
            (concern,) = await found(attention_of(box), ConcernKind.GAROON)
    assert concern.state == GaroonFault.SIGN_IN


async def test_a_garoon_that_is_silent_is_a_concern_after_a_while(new_box: Path, tmp_path: Path) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    garoon = {'base_url': 'http://127.0.0.1:9/g', 'login': 'machibako'}
    async with opened_box(tmp_path / 'box', garoon=garoon) as box:
        with clock.use(SettableClock(MORNING)):
            async with Garoon(access_of(box.settings.garoon), Patience(tries=1)) as client:
                await box.vehicles.garoon.poll(client)
            assert await found(attention_of(box), ConcernKind.GAROON) == []
        with clock.use(SettableClock(MORNING + timedelta(minutes=20))):
            (concern,) = await found(attention_of(box), ConcernKind.GAROON)
    assert (concern.state, concern.since) == (GaroonFault.UNREACHABLE, MORNING)


async def test_facilities_without_a_car_are_a_concern(new_box: Path, tmp_path: Path) -> None:
    store = GaroonStore()
    store.add_car('1号車', 'car001')
    shutil.copytree(new_box, tmp_path / 'box')
    with running(store) as address:
        garoon = {'base_url': address, 'login': store.login, 'password': store.password}
        async with opened_box(tmp_path / 'box', garoon=garoon) as box:
            box.vehicles.garoon.start(box.upkeep)
            await until(lambda: box.vehicles.garoon.status.state is GaroonState.OK)
            assert [each.count for each in await found(attention_of(box), ConcernKind.FACILITIES)] == [1]


async def test_records_past_their_retention_are_a_concern_until_they_are_approved(
    box: Box, attention: Attention
) -> None:
    driver = await hire(box)
    await AlcoholCheck.create(
        sequence=1_000_000, id=uuid4(), phase='before', driver=driver.id, confirmer=driver.id, method='face_to_face',
        checked_at=datetime(2020, 3, 1, 8, 0, tzinfo=TOKYO), value=Decimal('0'), is_positive=False,
    )  # fmt: skip
    assert await found(attention, ConcernKind.DISPOSAL) == [Concern(kind=ConcernKind.DISPOSAL, count=1)]

    march = (RecordClass.ALCOHOL, date(2020, 3, 1))
    await box.disposals.approve([march], '保存期間の満了', Actor.system())
    assert not await found(attention, ConcernKind.DISPOSAL)


async def test_a_shelter_that_opened_owes_its_first_report_from_the_opening_on(box: Box) -> None:
    attention = attention_of(box)
    assert await found(attention, ConcernKind.REPORT_DUE) == []
    shelter = await opened_shelter(box)
    (concern,) = await found(attention, ConcernKind.REPORT_DUE)
    assert (concern.about, concern.since) == (shelter.entry.name, None)
    assert concern.until is not None
    report = await box.shelters.reports.draft(shelter, OFFICER)
    await box.shelters.reports.book.sign(report.id, OFFICER)
    assert await found(attention, ConcernKind.REPORT_DUE) == []


async def test_the_alcohol_checker_of_a_desk_that_does_not_answer_is_a_concern(box: Box) -> None:
    attention = attention_of(box)
    desk = await box.desks.add('第一守衛室', Job.VEHICLES, 'sim:第一守衛室', Actor.system(), checker='sim:第一守衛室')
    await box.engine.refresh()
    assert not await found(attention, ConcernKind.CHECKER)
    checker = box.devices.checker(desk.id)
    assert isinstance(checker, SimulatedChecker)
    checker.unplug()
    (concern,) = await found(attention, ConcernKind.CHECKER)
    assert (concern.about, concern.state) == ('第一守衛室', 'missing')
    assert concern.since is not None
    assert (
        concern_words(concern).title
        == '第一守衛室のアルコール検知器: つながっていません。ケーブルか電源を確かめてください'
    )
