import asyncio
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal.models import JournalLine
from app.people.staff import StaffEntry, StaffMember
from app.runtime import Box
from app.vehicles.driver_list import DriverList
from app.vehicles.licence_classes import LicenceCondition
from app.vehicles.licence_import import LicencePlan, plan_licences, take_licences
from app.vehicles.licences import LICENCE_SIGHTED, ROWS_AT_ONCE
from app.vehicles.listed import ListError
from tests.app.documents.workbooks import csv_as_workbook
from tests.app.vehicles.record_scene import SYSTEM, evening
from tests.support.box import hire
from tests.support.car_facts import last_licence

HEADER = '職員番号,氏名,免許の種類,限定条件,有効期限,確認した日\n'

__all__ = ['evening']


@pytest.fixture
async def driver(box: Box) -> StaffMember:
    return await hire(box)


async def planned(box: Box, lines: str) -> LicencePlan:
    staff = await box.staff.everyone()
    known = await box.vehicles.licences.of_many([member.id for member in staff])
    return plan_licences((HEADER + lines).encode(), staff, known)


async def test_a_list_is_taken_with_the_day_on_which_each_licence_was_seen(box: Box, driver: StaffMember) -> None:
    lines = '1001,山田,普通・中型免許,中型車は中型車(8t)に限る,2028/3/1,2026-11-02\n'
    await take_licences(box.vehicles.licences, await planned(box, lines), SYSTEM)

    seen = await last_licence(driver.id)
    assert seen is not None
    assert (sorted(seen.classes), *seen.conditions) == (['中型', '普通'], str(LicenceCondition.MEDIUM_8T))
    assert (seen.valid_until, seen.sighted_on) == (date(2028, 3, 1), date(2026, 11, 2))
    line = await JournalLine.get(kind=LICENCE_SIGHTED)
    assert line.happened_at.startswith('2026-11-02')
    again = await planned(box, lines)
    assert (again.taken, again.unchanged, again.refused) == ((), 1, ())


async def test_a_spreadsheet_gives_the_same_as_its_csv(driver: StaffMember) -> None:
    lines = '1001,山田,普通・中型免許,中型車は中型車(8t)に限る,2028/3/1,2026-11-02\n9999,,普通,,2028-03-01,2026-11-02\n'
    text = HEADER + lines
    plan = await asyncio.to_thread(plan_licences, csv_as_workbook(text), [driver], {})
    assert plan == plan_licences(text.encode(), [driver], {})
    assert (len(plan.taken), len(plan.refused)) == (1, 1)


async def test_of_several_sightings_the_last_counts_in_whatever_order_they_come(box: Box, driver: StaffMember) -> None:
    lines = (
        '1001,,普通,,2027-03-01,2026-05-01\n1001,,準中型,,2028-03-01,2026-11-02\n1001,,普通,,2026-03-01,2025-05-01\n'
    )
    plan = await planned(box, lines)
    assert [one.seen.sighted_on.year for one in plan.taken] == [2025, 2026, 2026]
    await take_licences(box.vehicles.licences, plan, SYSTEM)
    await take_licences(box.vehicles.licences, await planned(box, '1001,,大型,,2029-01-01,2026-08-01\n'), SYSTEM)

    seen = await last_licence(driver.id)
    assert seen is not None
    assert seen.classes == {'準中型'}
    history = await DriverList(box.reading, box.vault).of(driver.id)
    assert [(one.sighted_on, one.is_current) for one in history] == [
        (date(2026, 11, 2), True),
        (date(2026, 8, 1), False),
        (date(2026, 5, 1), False),
        (date(2025, 5, 1), False),
    ]


async def test_a_long_list_has_a_line_for_each_person_in_one_batch(box: Box) -> None:
    numbers = [str(2000 + at) for at in range(ROWS_AT_ONCE + 20)]
    people = [StaffEntry(number=number, name='山田', kana='ヤマダ', department='総務課') for number in numbers]
    await box.staff.save(people, SYSTEM)
    lines = ''.join(f'{number},,普通,,2028-03-01,2026-11-02\n' for number in [*numbers, '9999'])
    plan = await planned(box, lines)
    await take_licences(box.vehicles.licences, plan, SYSTEM)

    written = await JournalLine.filter(kind=LICENCE_SIGHTED)
    people_told, batches = {line.subjects for line in written}, {line.batch for line in written}
    assert (len(written), len(people_told), len(batches)) == (len(numbers), len(numbers), 1)
    again = await planned(box, lines)
    assert (again.taken, again.unchanged, [one.about for one in again.refused]) == ((), len(numbers), ['9999'])


@pytest.mark.parametrize(
    ('line', 'why'),
    [
        ('9999,,普通,,2028-03-01,2026-11-02', 'この職員番号の職員はいません'),
        ('1001,,,,2028-03-01,2026-11-02', '免許の種類: 次の中から'),
        ('1001,,小型,,2028-03-01,2026-11-02', '免許の種類: 次の中から'),
        ('1001,,普通,眼鏡等,2028-03-01,2026-11-02', '限定条件: 次の中から'),
        ('1001,,普通,,2028-02-30,2026-11-02', '有効期限: 日付は'),
        ('1001,,普通,,,2026-11-02', '有効期限: 入っていません'),
        ('1001,,普通,,2036-03-01,2026-11-02', '有効期限: 確認した日から6年以内'),
        ('1001,,普通,,2026-11-01,2026-11-02', '有効期限: 確認した日から6年以内'),
        ('1001,,普通,,2028-03-01,2026-11-25', '確認した日: これから先の日付です'),
        ('1001,,=1+1,,2028-03-01,2026-11-02', '数式になっています'),
    ],
)
async def test_a_row_that_cannot_be_taken_says_why_and_the_others_are_taken(
    box: Box, driver: StaffMember, line: str, why: str
) -> None:
    plan = await planned(box, f'{line}\n1001,,普通,,2028-03-01,2026-11-02\n')
    (refused,) = plan.refused
    assert (refused.line, why in refused.why, [one.line for one in plan.taken]) == (2, True, [3])


async def test_two_rows_of_one_person_and_day_are_not_both_taken(box: Box, driver: StaffMember) -> None:
    plan = await planned(box, '1001,,普通,,2028-03-01,2026-11-02\n1001,,中型,,2028-03-01,2026-11-02\n')
    assert ([one.line for one in plan.taken], [one.line for one in plan.refused]) == ([2], [3])


@pytest.mark.parametrize(
    ('content', 'words'), [('職員番号\n1001\n', '列がありません'), (HEADER, '一件も入っていません')]
)
def test_a_file_that_is_no_list_of_licences_is_refused_whole(content: str, words: str) -> None:
    with pytest.raises(ListError) as refused:
        plan_licences(content.encode(), [], {})
    assert words in refused.value.problems[0]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    try:
        plan_licences(HEADER.encode() + content, [], {})
    except ListError as refused:
        assert refused.problems
