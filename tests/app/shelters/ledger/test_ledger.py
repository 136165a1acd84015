"""The disaster victims' ledger, taken out of what the shelters know."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app import clock
from app.documents.csv_writer import csv_bytes
from app.documents.sheet import Row
from app.journal.history import History, HistoryFilter
from app.runtime import Box
from app.shelters.details import Consent, PersonDetails, SharedDetails
from app.shelters.evacuees import Registration
from app.shelters.ledger.entries import LedgerEntry
from app.shelters.ledger.service import LEDGER_EXPORTED, LEDGER_OPENED, PurposeMissing
from app.shelters.ledger.sheet import LedgerWords, ledger_sheet
from app.shelters.stays import Arrival
from app.shelters.values import LeftFor, Need, Place, Sex, Urgency
from pages.staff.shelters.headquarters_ledger import ledger_words
from tests.app.shelters.handouts.handing_room import handing
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

TARO = PersonDetails(name='=金沢 太郎', kana='カナザワ タロウ', relation='夫')
WORDS: LedgerWords = ledger_words()


async def taken(box: Box, *, practice: bool = False, with_protected: bool = False) -> tuple[LedgerEntry, ...]:
    return await box.shelters.ledger.take(
        OFFICER, '福祉課へ、生活再建の支援', practice=practice, with_protected=with_protected
    )


def rows_of(entries: Sequence[LedgerEntry]) -> list[Row]:
    return list(ledger_sheet(entries, WORDS, made_at=clock.now(), source='本庁舎', practice=False).rows)


async def test_an_entry_has_what_the_law_names(box: Box) -> None:
    told = replace(
        HANAKO,
        needs=frozenset({Need.ELDERLY}),
        urgencies=frozenset({Urgency.OXYGEN}),
        home_damage='半壊',
        injury='足のけが',
        phone='076-000-0000',
        consent=Consent(relatives=True),
    )
    await register(box, await opened_shelter(box), told)
    (row,) = rows_of(await taken(box))
    assert (row['name'], row['birth_date'], row['sex']) == ('金沢 花子', date(1946, 3, 1), '女性')
    assert (row['address'], row['whereabouts']) == ('石川県金沢市広坂1丁目1番1号', '泉小学校')
    assert (row['damage'], row['injury'], row['phone']) == ('半壊', '足のけが', '076-000-0000')
    assert (row['is_vulnerable'], row['why_vulnerable'], row['consent']) == (True, '高齢、在宅酸素', '同意')


async def test_what_nobody_told_is_empty_and_not_no(box: Box) -> None:
    await register(box, await opened_shelter(box), PersonDetails(name='名前だけ'))
    (row,) = rows_of(await taken(box))
    assert (row['sex'], row['birth_date'], row['damage'], row['aid'], row['consent']) == ('', None, '', '', '')
    assert (row['household'], row['household_size'], row['certificate']) == ('', None, '')


async def test_aid_names_what_was_given_and_not_what_was_taken_back(box: Box) -> None:
    room = await handing(box)
    first = await room.give()
    assert first.handout is not None
    (row,) = rows_of(await taken(box))
    assert row['aid'] == '夕食 1食'
    await box.shelters.handouts.handouts.take_back(first.handout.id, OFFICER, reason='押し間違い')
    (row,) = rows_of(await taken(box))
    assert row['aid'] == ''


async def test_people_of_a_household_stand_under_the_number_of_the_one_who_speaks_for_it(box: Box) -> None:
    shelter = await opened_shelter(box)
    hanako, taro = await register(box, shelter), await register(box, shelter, TARO)
    members = [taro.evacuee.id, hanako.evacuee.id]
    household = await box.shelters.households.create(members, OFFICER, representative=hanako.evacuee.id)
    await box.shelters.dwellings.create(household.id, SharedDetails(damage='床上浸水'), OFFICER)
    rows = rows_of(await taken(box))
    assert {row['household'] for row in rows} == {hanako.evacuee.number}
    assert {(row['household_size'], row['damage']) for row in rows} == {(2, '床上浸水')}
    assert [row['relation'] for row in rows] == ['', '夫']


async def test_who_stays_outside_or_left_is_found_by_that(box: Box) -> None:
    shelter = await opened_shelter(box)
    arrival = Arrival(shelter=shelter.id, place=Place.CAR)
    await box.shelters.evacuees.register(Registration(arrival=arrival, details=HANAKO), OFFICER)
    gone = await register(box, shelter, TARO)
    await box.shelters.stays.leave(gone.evacuee.id, shelter.id, LeftFor.RELATIVES, OFFICER)
    hanako, taro = rows_of(await taken(box))
    assert hanako['whereabouts'] == '車の中(担当 泉小学校)'
    assert taro['whereabouts'] == ''
    assert str(taro['stay']).startswith('退所 ')
    assert '親戚・知人の家へ' in str(taro['stay'])


async def test_a_protected_person_is_as_if_absent(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, TARO)
    alone = await taken(box)
    hanako = await register(box, shelter, replace(HANAKO, protected=True))
    assert await taken(box) == alone
    assert hanako.evacuee.number not in repr(rows_of(alone))


async def test_who_shares_a_household_with_a_protected_person_is_hidden_like_them(box: Box) -> None:
    shelter = await opened_shelter(box)
    hanako = await register(box, shelter, replace(HANAKO, protected=True))
    child = await register(box, shelter, PersonDetails(name='金沢 小花'))
    taro = await register(box, shelter, TARO)
    members = [hanako.evacuee.id, child.evacuee.id]
    await box.shelters.households.create(members, OFFICER)
    assert [entry.number for entry in await taken(box)] == [taro.evacuee.number]
    await taken(box, with_protected=True)
    opened = {subjects for subjects, _told in await lines_of(box, LEDGER_OPENED)}
    assert opened == {(hanako.evacuee.id,), (child.evacuee.id,)}


async def test_protected_people_are_taken_with_a_line_for_each_that_says_why(box: Box) -> None:
    shelter = await opened_shelter(box)
    hanako = await register(box, shelter, replace(HANAKO, protected=True, sex=Sex.FEMALE))
    await register(box, shelter, TARO)
    assert len(await taken(box, with_protected=True)) == 2
    lines = await lines_of(box, LEDGER_OPENED)
    assert lines == [((hanako.evacuee.id,), {'reason': '福祉課へ、生活再建の支援'})]


async def test_each_ledger_that_is_taken_is_written_down_with_its_purpose(box: Box) -> None:
    await register(box, await opened_shelter(box))
    await taken(box)
    ((_subjects, told),) = await lines_of(box, LEDGER_EXPORTED)
    assert told == {'purpose': '福祉課へ、生活再建の支援'}
    assert await lines_of(box, LEDGER_OPENED) == []


@pytest.mark.parametrize('purpose', ['', ' \u3000', 'あ' * 301])
async def test_without_a_purpose_nothing_is_taken(box: Box, purpose: str) -> None:
    await register(box, await opened_shelter(box))
    with pytest.raises(PurposeMissing):
        await box.shelters.ledger.take(OFFICER, purpose, practice=False)
    assert await lines_of(box, LEDGER_EXPORTED) == []


async def test_who_has_no_name_and_who_is_in_a_drill_is_not_in_the_ledger(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, PersonDetails())
    arrival = Arrival(shelter=shelter.id, practice=True)
    await box.shelters.evacuees.register(Registration(arrival=arrival, details=HANAKO), OFFICER)
    assert await taken(box) == ()
    assert len(await taken(box, practice=True)) == 1


async def test_a_name_that_begins_like_a_formula_is_text_in_the_file(box: Box) -> None:
    await register(box, await opened_shelter(box), TARO)
    entries = await taken(box)
    sheet = ledger_sheet(entries, WORDS, made_at=clock.now(), source='本庁舎', practice=True)
    assert "'=金沢 太郎" in csv_bytes(sheet).decode('utf-8-sig')
    assert sheet.title == '【訓練】被災者台帳'


async def lines_of(box: Box, kind: str) -> list[tuple[tuple[UUID, ...], object]]:
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=kind), 0, 9)
    return [(line.subjects, part.fields) for line in lines for part in line.opened]
