"""Telling people of a shelter, calling one of them, and seeing to those who leave."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import start_pages
from tests.pages.staff.cars_people import REFUSED, Person, address_in

OFFICER, CLERK = '1001', '1003'
NOTICES = '/staff/shelters/notices'
NUMBER = re.compile(r'[A-Z]{3}-\d{4}-\d')


@pytest.fixture(scope='module')
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = Path(__file__).parent / 'notices_box.py'
    found, process = start_pages(script, tmp_path_factory.mktemp('notices'), ready='/sign-in')
    yield found
    process.terminate()
    process.wait(15)


@pytest.fixture(scope='module')
def officer(address: str) -> Iterator[Person]:
    person = Person(address, OFFICER)
    yield person
    person.http.close()


@pytest.fixture(scope='module')
def shelter(officer: Person) -> str:
    """The id of the shelter with somebody who leaves."""
    return address_in(officer.read('/staff/shelters?words=野町'), '/staff/shelters').rsplit('/', 1)[1]


def test_only_who_runs_a_shelter_may_tell_and_call(address: str, officer: Person) -> None:
    clerk = Person(address, CLERK)
    assert clerk.http.get(NOTICES).status_code == 403
    assert clerk.send(f'{NOTICES}/call', number='x').status_code == 403
    assert '避難所のお知らせと呼び出し' in officer.read(NOTICES)
    clerk.http.close()


def test_an_announcement_is_on_the_screen_until_it_is_taken_back(officer: Person, shelter: str) -> None:
    fields = {'subject_ja': '入浴', 'body_ja': '19時からです。', 'subject_vi': 'Tắm', 'body_vi': 'Từ 19 giờ.'}
    posted = officer.send(NOTICES, shelter=shelter, hours='3', attempt='a-1', **fields)
    assert posted.status_code == 303
    assert '入浴' in officer.read(f'/signage/{shelter}')
    assert 'Tắm' in officer.read(f'/signage/{shelter}?turn=6')

    page = officer.read(f'{NOTICES}?shelter={shelter}')
    officer.send(f'{NOTICES}/withdraw', shelter=shelter, notice=_hidden(page, 'notice'))
    assert '入浴' not in officer.read(f'/signage/{shelter}')


def test_without_a_japanese_text_it_is_refused_and_what_was_typed_stays(officer: Person, shelter: str) -> None:
    answer = officer.send(NOTICES, shelter=shelter, subject_en='Bath', body_en='At 19:00')

    assert answer.status_code == REFUSED
    assert '日本語の件名と本文を入力してください' in answer.text
    assert 'At 19:00' in answer.text


def test_what_only_some_may_know_is_not_sent_to_subscribers_who_cannot_say_that_they_are_meant(
    officer: Person, shelter: str
) -> None:
    fields = {'subject_ja': '授乳室', 'body_ja': '2階です。', 'need_nursing': '1', 'to_subscribers': '1'}
    answer = officer.send(NOTICES, shelter=shelter, **fields)

    assert answer.status_code == REFUSED
    assert '「赤ちゃんに乳をあげている」を選べないため' in answer.text
    assert '2階です。' in answer.text


def test_a_number_is_called_and_taken_from_the_screen_when_they_came(officer: Person, shelter: str) -> None:
    number = NUMBER.search(officer.read(f'{NOTICES}?shelter={shelter}'))
    assert number

    assert officer.send(f'{NOTICES}/call', shelter=shelter, number=number[0]).status_code == 303
    screen = officer.read(f'/signage/{shelter}')
    assert number[0] in screen
    call = re.search(r'data-call="([^"]+)"', screen)
    assert call
    officer.send(f'{NOTICES}/came', shelter=shelter, call=call[1])
    assert number[0] not in officer.read(f'/signage/{shelter}')


@pytest.mark.parametrize('number', ['', 'ABC-0001-1', '金沢 花子'])
def test_a_number_that_nobody_here_has_is_refused_in_plain_words(officer: Person, shelter: str, number: str) -> None:
    answer = officer.http.post(f'{NOTICES}/call', data={'shelter': shelter, 'number': number}, follow_redirects=True)

    assert 'この番号は呼び出せません' in answer.text


@pytest.mark.parametrize('act', ['withdraw', 'call', 'came', 'settle'])
def test_nonsense_in_a_form_changes_nothing(officer: Person, act: str) -> None:
    answer = officer.send(f'{NOTICES}/{act}', shelter='x', notice='x', call='x', declared='x', number='x')

    assert answer.status_code == 303


def test_who_said_that_they_leave_is_listed_until_the_leaving_is_recorded(officer: Person, shelter: str) -> None:
    page = officer.read(f'{NOTICES}?shelter={shelter}')
    assert '出ると伝えた方' in page
    declared = _hidden(page, 'declared')

    officer.send(f'{NOTICES}/settle', shelter=shelter, declared=declared)

    assert '出ると伝えた方' not in officer.read(f'{NOTICES}?shelter={shelter}')


def _hidden(page: str, name: str) -> str:
    around = page[page.index(f'"{name}"') - 200 : page.index(f'"{name}"') + 200]
    found = re.search(r'[0-9a-f]{8}-[0-9a-f-]{27}', around)
    assert found, around
    return found[0]
