"""Typing in forms beside their photos, as browsers without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.files.pictures import BOMB, jpeg
from tests.app.shelters.papers.test_papers import form_photo
from tests.chromium import start_pages
from tests.pages.staff.cars_people import REFUSED, Person, address_in

PAPERS, OUTSIDE = '/staff/shelters/papers', '/staff/shelters/outside'
OFFICER, CLERK = '1001', '1003'
FORM_OF_ANOTHER_BOX = 'HNJACDEFHJKLNPRTU'


@pytest.fixture(scope='module')
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Person]]:
    script = Path(__file__).parent / 'shelters_box.py'
    address, process = start_pages(script, tmp_path_factory.mktemp('papers'), ready='/sign-in')
    signed_in = {number: Person(address, number) for number in (OFFICER, CLERK)}
    yield signed_in
    for person in signed_in.values():
        person.http.close()
    process.terminate()
    process.wait(15)


@pytest.fixture
def officer(people: dict[str, Person]) -> Person:
    return people[OFFICER]


def add(person: Person, *photos: bytes) -> tuple[int, str]:
    files = [('photo', (f'{number}.jpg', photo)) for number, photo in enumerate(photos)]
    answer = person.http.post(f'{PAPERS}/add', files=files, data={'shelter': ''})
    return answer.status_code, answer.text


def test_a_photo_that_cannot_be_taken_is_told_and_the_others_are_kept(officer: Person) -> None:
    status, words = add(officer, BOMB, jpeg(), b'no picture')
    assert status == REFUSED
    for told in ('0.jpg', '画素が多すぎます', '2.jpg', 'JPEG か PNG の写真を選んでください', '入力を待つ紙 1枚'):
        assert told in words
    one = address_in(officer.read(PAPERS), PAPERS)
    assert officer.send(f'{one}/aside').headers['location'].endswith('done=aside')
    assert '入力を待つ紙 0枚' in officer.read(PAPERS)


def test_a_family_on_one_sheet_is_typed_in_and_the_next_photo_comes_at_once(officer: Person) -> None:
    code = FORM_OF_ANOTHER_BOX
    assert add(officer, form_photo(code), jpeg())[0] == 303
    one = address_in(officer.read(PAPERS), PAPERS)
    page = officer.read(one)
    assert code in page
    picture = officer.http.get(f'{one}/picture')
    assert (picture.headers['cache-control'], picture.content[:2]) == ('no-store', b'\xff\xd8')

    assert '氏名を入れてください' in officer.send(one, code=code, once='1').text
    assert '紙の番号が違います' in officer.send(one, name='紙野 一', code='ABC', once='1').text
    fields = {
        'name': '紙野 一',
        'kana': 'カミノ ハジメ',
        'birth_date': 'S21.3.1',
        'code': code,
        'once': '1',
        'more': '1',
    }
    following = officer.send(one, **fields).headers['location']
    first = re.search(r'first=([0-9a-f-]+)', following)
    assert first
    assert '紙野 一 さんの世帯の、次の方' in officer.read(following)
    ended = officer.send(one, name='紙野 二', once='2', first=first[1]).headers['location']
    assert ended.startswith(f'{PAPERS}/')
    assert ended != one

    assert '世帯を見る' in officer.read(f'/staff/evacuees/{first[1]}')
    assert officer.send(one, name='遅い人', once='3').headers['location'].endswith('done=other')
    assert officer.send(ended, name='紙野 三', once='4').headers['location'].endswith('done=entered')
    searched = officer.send('/staff/evacuees/search', typed='カミノ', reason='list_check')
    assert '紙野 一' in searched.text

    assert add(officer, form_photo(code))[0] == 303
    again = officer.read(address_in(officer.read(PAPERS), PAPERS))
    assert '登録済みの内容に、紙の内容を足します' in again
    assert '紙野 一' in again


def test_a_clerk_of_another_office_sees_neither_forms_nor_photos(people: dict[str, Person]) -> None:
    assert people[CLERK].http.get(PAPERS).status_code == 403
    one = address_in(people[OFFICER].read(PAPERS), PAPERS)
    assert people[CLERK].http.get(f'{one}/picture').status_code == 403


def test_who_sleeps_in_a_car_stands_on_the_list_of_the_round_until_and_after_somebody_spoke_to_them(
    people: dict[str, Person],
) -> None:
    officer = people[OFFICER]
    assert '在宅・車中泊の方はいません' in officer.read(OUTSIDE)
    officer.send(f'{address_in(officer.read(PAPERS), PAPERS)}/aside')
    assert add(officer, jpeg())[0] == 303
    one = address_in(officer.read(PAPERS), PAPERS)
    fields = {'name': '車野 一', 'car': '軽 白 12-34', 'diet': 'おかゆ', 'place': 'car', 'once': '9'}
    assert officer.send(one, **fields).status_code == 303
    page = officer.read(OUTSIDE)
    for words in ('車野 一', '軽 白 12-34', '食事: おかゆ', 'まだない'):
        assert words in page
    person = re.search(r'/staff/evacuees/([0-9a-f-]{36})', page)
    shelter = re.search(r'value[^0-9a-f]+([0-9a-f-]{36})', page)
    assert person
    assert shelter
    spoken = officer.send(f'{OUTSIDE}/spoken', evacuee=person[1], shelter=shelter[1])
    assert '連絡がついたことを記録しました' in officer.read(spoken.headers['location'])
    assert officer.send(f'{OUTSIDE}/spoken', evacuee='x', shelter=shelter[1]).headers['location'].endswith('done=gone')
    assert officer.send(f'{OUTSIDE}/print', shelter=shelter[1]).content.startswith(b'%PDF')
    assert people[CLERK].http.get(OUTSIDE).status_code == 403
