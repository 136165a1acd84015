from datetime import date

import pytest

from app.desks.register import Job
from app.runtime import Box
from app.vehicles.checker_history import checker_history
from app.vehicles.checker_import import CheckerPlan, known_checkers, plan_checkers, take_checkers
from app.vehicles.checkers import CHECKER_ADDED, CHECKER_CHANGED
from app.vehicles.listed import ListError
from tests.app.documents.workbooks import csv_as_workbook
from tests.app.vehicles.record_scene import SYSTEM, evening

STARTED = date(2026, 4, 1)

__all__ = ['evening']


async def planned(box: Box, text: str) -> CheckerPlan:
    desks = {desk.name: desk.id for desk in await box.desks.all() if desk.job is Job.VEHICLES}
    registry = box.vehicles.checkers
    return plan_checkers(text.encode(), known_checkers(await registry.all(), await registry.retired(), desks))


async def test_a_list_adds_and_changes_detectors_and_the_changes_have_their_days(box: Box) -> None:
    registry = box.vehicles.checkers
    known = await registry.add('S-1', 'FC', SYSTEM, started_on=STARTED, measurement_limit=500)
    text = '製造番号,型式,使用開始日,使用期限\nS-1,FC,2026-04-01,2027-03-31\nS-2,FC,2026/11/1,\n'
    plan = await planned(box, text)
    assert ([one.serial for one in plan.added], len(plan.changed), plan.refused) == (['S-2'], 1, ())
    await take_checkers(registry, plan, SYSTEM)

    first, second = await registry.all()
    assert (first.expires_on, first.measurement_limit) == (date(2027, 3, 31), 500)
    assert (second.serial, second.started_on, second.expires_on) == ('S-2', date(2026, 11, 1), None)
    acts = await checker_history(box.reading, box.vault, known.id)
    assert [act.kind for act in acts] == [CHECKER_CHANGED, CHECKER_ADDED]
    assert acts[0].told['changes'] == {'expires_on': [None, '2027-03-31']}
    again = await planned(box, text)
    assert (again.added, again.changed, again.unchanged) == ((), (), 2)


def test_a_spreadsheet_gives_the_same_as_its_csv() -> None:
    text = '製造番号,型式,使用開始日,測定回数の上限\nS-1,FC,2026-11-01,500\nS-2,FC,2026-12-01,\n'
    known = known_checkers([], [], {})
    assert plan_checkers(csv_as_workbook(text), known) == plan_checkers(text.encode(), known)


@pytest.mark.parametrize(
    ('line', 'why'),
    [
        ('S-1,別の型,,,', '型式が台帳の「FC」と違います'),
        ('S-9,,,,', '使い終えた検知器です'),
        (',FC,,,', '製造番号: 入っていません'),
        ('S-2,FC,2026-12-01,,', '使用開始日: これから先の日付です'),
        ('S-2,FC,,x,', '測定回数の上限: 0以上の整数'),
        ('S-2,FC,,,屋上', '置く窓口: この名前の窓口はありません'),
        ('=1,FC,,,', '数式になっています'),
    ],
)
async def test_a_row_that_cannot_be_taken_says_why_and_the_others_are_taken(box: Box, line: str, why: str) -> None:
    registry = box.vehicles.checkers
    await registry.add('S-1', 'FC', SYSTEM, started_on=STARTED)
    old = await registry.add('S-9', 'FC', SYSTEM, started_on=STARTED)
    await registry.retire(old.id, SYSTEM)

    plan = await planned(box, f'製造番号,型式,使用開始日,測定回数の上限,置く窓口\n{line}\nS-3,FC,,1000,\n')

    (refused,) = plan.refused
    assert (refused.line, why in refused.why, [one.serial for one in plan.added]) == (2, True, ['S-3'])
    assert plan.added[0].terms.measurement_limit == 1000


async def test_one_serial_number_twice_is_taken_once(box: Box) -> None:
    plan = await planned(box, '製造番号\nS-1\nS-1\n')
    assert ([one.serial for one in plan.added], [one.line for one in plan.refused]) == (['S-1'], [3])


async def test_an_empty_list_is_refused_whole(box: Box) -> None:
    with pytest.raises(ListError):
        await planned(box, '製造番号\n')
