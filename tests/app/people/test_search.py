"""Finding staff by what a person types."""

import pytest

from app.journal.line import Actor
from app.people.comparison import compare
from app.people.search import MOST_SHOWN, StaffSearch, folded
from app.people.staff import StaffEntry
from app.runtime import Box
from app.storage.vault import RecordClass
from tests.support.box import hire


def entry(number: str, name: str = '山田\u3000太郎', department: str = '総務課') -> StaffEntry:
    return StaffEntry(number=number, name=name, kana='ヤマダ\u3000タロウ', department=department)


@pytest.mark.parametrize(
    'typed',
    ['1001', '１００１', '10', '山田', '山田太郎', '山田 太郎', 'ヤマダ', 'ﾔﾏﾀﾞ', 'やまだ', 'やまだ　たろう', 'タロウ'],
)
async def test_a_person_is_found_however_number_name_or_kana_are_typed(box: Box, typed: str) -> None:
    yamada = await hire(box, '1001')
    found = await StaffSearch(box.reading, box.vault).find(typed)
    assert [member.id for member in found.members] == [yamada.id]


@pytest.mark.parametrize('typed', ['', ' ', '\u3000', '鈴木', '9', '太郎山田'])
async def test_nobody_is_found_by_nothing_or_by_another_name(box: Box, typed: str) -> None:
    await hire(box, '1001')
    assert (await StaffSearch(box.reading, box.vault).find(typed)).total == 0


@pytest.mark.parametrize(('one', 'other'), [('髙田', '高田'), ('渡邉', '渡辺'), ('山﨑', '山崎'), ('ﾊｾｶﾞﾜ', 'はせがわ')])
def test_spellings_that_a_person_would_call_the_same_fold_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


async def test_an_exact_number_comes_before_those_that_begin_with_it(box: Box) -> None:
    await box.staff.save([entry('10011'), entry('1001'), entry('10010')], Actor.system())
    found = await StaffSearch(box.reading, box.vault).find('1001')
    assert [member.number for member in found.members] == ['1001', '10010', '10011']


async def test_only_the_best_hits_are_shown_and_the_others_counted(box: Box) -> None:
    await box.staff.save([entry(str(number)) for number in range(1000, 1000 + MOST_SHOWN + 5)], Actor.system())
    found = await StaffSearch(box.reading, box.vault).find('山田')
    assert (len(found.members), found.total) == (MOST_SHOWN, MOST_SHOWN + 5)


async def test_a_person_whose_name_was_erased_is_found_by_number_only(box: Box) -> None:
    yamada = await hire(box, '1001')
    await box.vault.erase((yamada.id, RecordClass.STAFF))
    search = StaffSearch(box.reading, box.vault)
    assert (await search.find('山田')).total == 0
    assert (await search.find('1001')).members[0].name == ''


async def test_a_list_is_compared_before_anything_is_changed(box: Box) -> None:
    await box.staff.save([entry('1001'), entry('1002'), entry('1003')], Actor.system())
    found = await compare([entry('1001'), entry('1002', department='市民課'), entry('1004')], box.reading, box.vault)
    assert [new.number for new in found.added] == ['1004']
    assert [changed.number for changed in found.changed] == ['1002']
    assert (found.unchanged, found.missing) == (1, 1)
    assert (await box.staff.find_by_number('1004')) is None
