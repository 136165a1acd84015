"""Finding people by what somebody remembers of them."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registration
from app.shelters.matching_people import Fits
from app.shelters.search import Query, SearchReason
from app.shelters.stays import Arrival
from app.shelters.values import ShelterState
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

OTHER = PersonDetails(
    name='髙﨑 一郎',
    kana='タカサキ イチロウ',
    birth_date=date(1990, 12, 24),
    phone='090-1234-5678',
    address='野々市市泉2-3-4',
)


async def found(box: Box, typed: str, *, sees_protected: bool = False) -> list[str]:
    """The names of those who are found."""
    matches = await box.shelters.search.find(Query(typed=typed, sees_protected=sees_protected))
    return [match.details.name for match in matches]


@pytest.mark.parametrize(
    'typed',
    [
        'カナザワ ハナコ', 'かなざわはなこ', 'ｶﾅｻﾞﾜ', 'カナサワ ハナコ', 'ハナコ カナザワ', 'カナザワハナゴ',
        'カナワザ ハナコ', 'ハナゴ', 'ハナコー', '金沢花子', '金沢', '花子', '金沢\U000e0100花子', 'S21.3.1',
        '昭和21年3月1日', '1946/3/1', '金沢 S21.3.1', 'カナザワ 19460301', '広坂一丁目1-1', '広坂',
    ],
)  # fmt: skip
async def test_one_person_is_found_by_many_things(box: Box, typed: str) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await register(box, shelter, OTHER)
    assert await found(box, typed) == ['金沢 花子']


@pytest.mark.parametrize('typed', ['高崎', '髙﨑', '高崎 一郎', 'たかさき', '090 1234 5678', '5678', '泉2丁目3'])
async def test_variants_of_letters_and_parts_of_numbers_find(box: Box, typed: str) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await register(box, shelter, OTHER)
    assert await found(box, typed) == ['髙﨑 一郎']


@pytest.mark.parametrize(
    'typed', ['', '  ', 'スズキ', 'カ', '鈴木', '1946/3/2', 'カナザワ 1990/12/24', '%', '<b>', '9' * 300]
)
async def test_who_does_not_fit_is_not_found(box: Box, typed: str) -> None:
    await register(box, await opened_shelter(box), replace(HANAKO, kana='ハナコ'))
    assert await found(box, typed) == []


async def test_a_number_finds_its_person_in_full_width_too(box: Box) -> None:
    shelter = await opened_shelter(box)
    number = (await register(box, shelter)).evacuee.number
    await register(box, shelter, OTHER)
    wide = ''.join(chr(ord(letter) + 0xFEE0) if letter.isalnum() else letter for letter in number)
    (match,) = await box.shelters.search.find(Query(typed=wide))
    assert (match.number, match.by) == (number, Fits.NUMBER)


async def test_the_exact_reading_comes_before_a_typo(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, PersonDetails(name='金田 花子', kana='カナダ ハナコ'))
    await register(box, shelter, PersonDetails(name='金沢 花子', kana='カナザワ ハナコ'))
    await register(box, shelter, PersonDetails(name='金谷 花子', kana='カナヤ ハナコ'))
    assert (await found(box, 'カナヤハナコ'))[0] == '金谷 花子'


async def test_what_was_changed_is_found_at_once_and_what_it_was_is_not(box: Box) -> None:
    person = (await register(box, await opened_shelter(box))).evacuee.id
    assert await found(box, '花子') == ['金沢 花子']
    await box.shelters.evacuees.set_details(person, OTHER, OFFICER)
    assert await found(box, '花子') == []
    assert await found(box, '一郎') == ['髙﨑 一郎']


async def test_a_protected_person_is_found_only_by_who_may_see_them(box: Box) -> None:
    shelter = await opened_shelter(box)
    hidden = (await register(box, shelter, replace(HANAKO, protected=True))).evacuee.number
    for typed in ('カナザワ', '花子', 'S21.3.1', '広坂', hidden):
        assert await found(box, typed) == []
        assert await found(box, typed, sees_protected=True) == ['金沢 花子']


async def test_people_of_a_drill_are_not_found_among_the_others(box: Box) -> None:
    shelter = await opened_shelter(box)
    arrival = Arrival(shelter=shelter.id, practice=True)
    await box.shelters.evacuees.register(Registration(arrival=arrival, details=HANAKO), OFFICER)
    assert await found(box, '花子') == []
    assert len(await box.shelters.search.find(Query(typed='花子', practice=True))) == 1


async def test_a_search_is_a_line_of_the_journal_and_its_words_are_sealed(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    assert (
        len(await box.shelters.search.look_up(Query(typed='カナザワ'), shelter.id, SearchReason.FAMILY_ASKED, OFFICER))
        == 1
    )

    line = await JournalLine.get(kind='shelters.searched')
    assert (line.actor, line.subjects) == (OFFICER.id, f'["{shelter.id}"]')
    assert '"reason":"family_asked"' in line.payload
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        assert 'カナザワ' not in '\n'.join(database.iterdump())


async def test_names_leave_the_memory_when_the_last_shelter_closes(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await found(box, '花子')
    assert box.shelters.search.is_in_memory

    await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
    await asyncio.sleep(0)
    await box.shelters.search.forget_if_closed()
    assert not box.shelters.search.is_in_memory
    assert await found(box, '花子') == ['金沢 花子']
    assert not box.shelters.search.is_in_memory


async def test_many_searches_at_the_same_time_answer_all(box: Box) -> None:
    await register(box, await opened_shelter(box))
    answers = await asyncio.gather(*(found(box, 'カナザワ') for _tablet in range(10)))
    assert answers == [['金沢 花子']] * 10
