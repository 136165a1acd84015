"""The disposal list."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from app import clock
from app.clock import TOKYO
from app.files.models import FileContent, StoredFile
from app.files.store import FileInfo, FileKind, NewFile
from app.journal.history import History, HistoryFilter
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.journal.verify import verify_journal
from app.people.staff import StaffMember
from app.retention.disposal import (
    APPROVED,
    ERASED,
    FINISHED,
    DisposalProblem,
    DisposalRefused,
    DueGroup,
    Group,
)
from app.retention.models import Disposal
from app.runtime import Box
from app.storage.vault import RecordClass
from app.vehicles.models import AlcoholCheck
from tests.app.files.pictures import jpeg
from tests.support.box import hire

ACTOR = Actor.system()
OLD = datetime(2020, 3, 31, 23, 30, tzinfo=TOKYO)
MARCH = (RecordClass.ALCOHOL, date(2020, 3, 1))


async def check(driver: StaffMember, at: datetime) -> AlcoholCheck:
    """A breath test at that time, as the tables hold it."""
    number = await AlcoholCheck.all().count() + 1
    return await AlcoholCheck.create(
        sequence=1_000_000 + number, id=uuid4(), phase='before', driver=driver.id, checked_at=at, confirmer=driver.id,
        method='face_to_face', value=Decimal('0'), is_positive=False,
    )  # fmt: skip


async def face(box: Box, driver: StaffMember, of: AlcoholCheck) -> FileInfo:
    new = NewFile(
        kind=FileKind.FACE, content=jpeg(), subject=driver.id, record=of.id, taken_at=of.checked_at
    )  # fmt: skip
    return await box.files.keep(new, ACTOR)


async def disposed(box: Box, *groups: Group) -> None:
    await box.disposals.approve(groups, '保存期間の満了', ACTOR)
    await box.disposals.carry_out()


async def test_the_list_counts_records_and_pictures_by_the_month_in_tokyo(box: Box) -> None:
    driver = await hire(box)
    old = await check(driver, OLD)
    await face(box, driver, old)
    await check(driver, OLD + timedelta(hours=1))
    await check(driver, clock.now())

    assert await box.disposals.due() == [
        DueGroup(record_class=RecordClass.ALCOHOL, month=date(2020, 3, 1), records=1, files=1),
        DueGroup(record_class=RecordClass.ALCOHOL, month=date(2020, 4, 1), records=1),
    ]


async def test_only_what_was_approved_goes_and_the_journal_tells_of_it(box: Box) -> None:
    driver = await hire(box)
    old, next_month = await check(driver, OLD), await check(driver, OLD + timedelta(hours=1))
    await face(box, driver, old)

    await disposed(box, MARCH)

    assert await AlcoholCheck.all().values_list('id', flat=True) == [next_month.id]
    assert await StoredFile.all().count() == await FileContent.all().count() == 0
    assert [group.month for group in await box.disposals.due()] == [date(2020, 4, 1)]
    lines = {line.kind: line.payload for line in await JournalLine.filter(kind__startswith='disposal.')}
    assert '"month":"2020-03","reason":"保存期間の満了","record_class":"alcohol","records":1' in lines[APPROVED]
    assert '"files":1' in lines[FINISHED]
    checkpoints, key = box.directory.checkpoints, box.vault.public_key
    verdict = await box.reading.read(lambda rows: verify_journal(rows, checkpoints, key))
    assert verdict.intact


async def test_nothing_goes_before_the_approval(box: Box) -> None:
    await check(await hire(box), OLD)
    await box.disposals.carry_out()
    assert await AlcoholCheck.all().count() == 1


@pytest.mark.parametrize(
    ('groups', 'reason', 'problem'),
    [
        ([], '満了', DisposalProblem.NOTHING_CHOSEN),
        ([MARCH], '\u3000 ', DisposalProblem.NO_REASON),
        ([(RecordClass.ALCOHOL, date(2020, 5, 1))], '満了', DisposalProblem.NOT_DUE),
    ],
)
async def test_an_approval_without_a_choice_a_reason_or_a_due_group_is_refused(
    box: Box, groups: list[Group], reason: str, problem: DisposalProblem
) -> None:
    await check(await hire(box), OLD)
    with pytest.raises(DisposalRefused) as refused:
        await box.disposals.approve(groups, reason, ACTOR)
    assert refused.value.problem is problem
    assert await Disposal.all().count() == 0


async def test_a_record_on_hold_stays_with_its_picture_until_the_hold_ends(box: Box) -> None:
    driver = await hire(box)
    kept, gone = await check(driver, OLD), await check(driver, OLD - timedelta(days=1))
    picture = await face(box, driver, kept)
    await box.holds.hold([kept.id], (driver.id, RecordClass.ALCOHOL), '係争中', ACTOR)

    assert (await box.disposals.due())[0] == DueGroup(
        record_class=RecordClass.ALCOHOL, month=date(2020, 3, 1), records=1, held=2
    )
    await disposed(box, MARCH)

    assert not await AlcoholCheck.exists(id=gone.id)
    assert (await box.files.open(picture.id, ACTOR, 'test')).content
    hold = await box.holds.of(kept.id)
    assert hold is not None
    assert hold.reason == '係争中'

    await box.holds.release([kept.id], ACTOR)
    await disposed(box, MARCH)
    assert await AlcoholCheck.all().count() == await StoredFile.all().count() == 0


async def test_the_key_of_a_person_goes_with_their_last_record(box: Box) -> None:
    driver, other = await hire(box), await hire(box, '1002', '髙田')
    await check(driver, OLD)
    await check(other, OLD)
    await check(other, OLD + timedelta(hours=1))
    await box.vault.ensure([(driver.id, RecordClass.ALCOHOL), (other.id, RecordClass.ALCOHOL)])

    await disposed(box, MARCH)

    assert not box.vault.has_key((driver.id, RecordClass.ALCOHOL))
    assert box.vault.has_key((other.id, RecordClass.ALCOHOL))
    assert box.vault.has_key((driver.id, RecordClass.STAFF))
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=ERASED), 0, 10)
    assert [line.subjects for line in lines] == [(driver.id,)]


async def test_the_key_of_a_person_stays_while_a_younger_line_of_the_journal_is_sealed_with_it(box: Box) -> None:
    driver = await hire(box)
    old = await check(driver, OLD)
    await box.holds.hold([old.id], (driver.id, RecordClass.ALCOHOL), '係争中', ACTOR)
    await box.holds.release([old.id], ACTOR)

    await disposed(box, MARCH)

    assert await AlcoholCheck.all().count() == 0
    assert box.vault.has_key((driver.id, RecordClass.ALCOHOL))


async def test_an_approved_disposal_that_was_cut_off_is_finished_later(box: Box) -> None:
    await check(await hire(box), OLD)
    await box.disposals.approve([MARCH], '満了', ACTOR)

    assert await box.disposals.due() == []
    (approved,) = await box.disposals.past(10)
    assert approved.finished_at is None
    await box.disposals.carry_out()
    (finished,) = await box.disposals.past(10)
    assert finished.finished_at is not None
    assert finished.records == 1
