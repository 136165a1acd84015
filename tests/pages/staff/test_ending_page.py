"""The page of the end of a disaster: two people, one file, one certificate."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pages.staff.shelters.copy_people import person_row
from tests.chromium import start_pages
from tests.pages.staff.cars_people import REFUSED, Person, address_in

PAGE, COPIES = '/staff/shelters/ending', '/staff/shelters/copies'
OFFICER, FIRST, SECOND = '1001', '1002', '1003'


@pytest.fixture(scope='module')
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = Path(__file__).parent / 'ending_box.py'
    found, process = start_pages(script, tmp_path_factory.mktemp('ending'), ready='/sign-in')
    yield found
    process.terminate()
    process.wait(15)


@pytest.fixture(scope='module')
def people(address: str) -> Iterator[dict[str, Person]]:
    signed_in = {number: Person(address, number) for number in (OFFICER, FIRST, SECOND)}
    yield signed_in
    for person in signed_in.values():
        person.http.close()


def test_an_officer_of_a_shelter_does_not_reach_it(people: dict[str, Person]) -> None:
    assert people[OFFICER].http.get(PAGE).status_code == 403
    assert people[OFFICER].send(f'{PAGE}/drill', why='x', sure='1').status_code == 403


def test_a_copy_goes_by_stick_or_download_and_is_read_once_at_headquarters(
    people: dict[str, Person], address: str
) -> None:
    officer, headquarters = people[OFFICER], people[FIRST]
    assert officer.send(f'{COPIES}/stick').headers['location'].endswith('done=stick')
    made = officer.send(f'{COPIES}/make')
    assert made.content.startswith(b'age-encryption.org/v1')
    assert officer.http.post(f'{COPIES}/read', files={'copy': ('x.machibako', made.content)}).status_code == 403
    assert 'ほかの箱の写しを読み込む' not in officer.read(COPIES)

    for content, status, words in (
        (made.content[:-10], REFUSED, '途中で切れているか、変えられています'),
        (made.content, 303, ''),
        (made.content, REFUSED, '同じ写しを、もう読み込んでいます'),
    ):
        answer = headquarters.http.post(f'{COPIES}/read', files={'copy': ('x.machibako', content)})
        assert (answer.status_code, words in answer.text) == (status, True)
    one = headquarters.read(address_in(headquarters.read(COPIES), COPIES))
    for words in ('緑小学校', '避難者 2件', '金沢 花子'):
        assert words in one
    assert officer.http.get(address_in(headquarters.read(COPIES), COPIES)).status_code == 403


def test_of_a_protected_person_a_copy_shows_the_number_and_the_place_alone() -> None:
    one = {
        'number': 'K-1',
        'name': '秘密 守',
        'kana': 'ヒミツ',
        'birth_date': '1980-01-01',
        'protected': True,
        'area': None,
        'place': 'shelter',
        'state': 'present',
        'left_for': None,
        'arrived_at': '2024-01-01T20:00:00+09:00',
        'shelter': 's',
    }
    told = str(person_row(one, {'s': '泉小学校'}))
    assert 'K-1' in told
    assert not any(secret in told for secret in ('秘密', 'ヒミツ', '1980'))


def test_a_person_is_put_on_hold_by_number_and_released_again(people: dict[str, Person]) -> None:
    first = people[FIRST]
    evacuees = first.read('/staff/evacuees')
    number = re.search(r'[A-Z]{3}-\d+-?\w?', evacuees)
    assert number
    assert 'その番号の避難者はいません' in first.send(f'{PAGE}/hold', number='XXX-1', hold_reason='争い').text
    assert '保留にする理由を入れてください' in first.send(f'{PAGE}/hold', number=number[0]).text
    for fields, done in (({'hold_reason': '争い'}, 'held'), ({'release': '1'}, 'released')):
        answer = first.send(f'{PAGE}/hold', number=number[0], **fields)
        assert answer.headers['location'].endswith(f'done={done}')


def test_two_people_end_the_disaster_and_print_its_certificate(people: dict[str, Person]) -> None:
    first, second = people[FIRST], people[SECOND]
    closed = address_in(first.read('/staff/shelters?state=closed'), '/staff/shelters').split('/')[-1]
    gone = address_in(first.read(f'/staff/evacuees?shelter={closed}&state=left'), '/staff/evacuees')
    assert '理由を入れてください' in first.send(f'{PAGE}/propose', reason=' ').text
    assert first.send(f'{PAGE}/propose', reason='災害対応を終えた').status_code == 303
    one = address_in(first.read(PAGE), PAGE)
    exported = first.send(f'{one}/export')
    assert exported.content.startswith(b'age-encryption.org/v1')
    name = re.search(r'filename="machibako-\d{8}-(\w{8})\.zip\.age"', exported.headers['content-disposition'])
    assert name
    assert '避難者の匿名化が2人目を待っています' in second.read('/staff')
    for person, letters, words in (
        (first, name[1], '別の人が承認してください'),
        (second, 'abcdefgh', '名前の8文字と違います'),
    ):
        refused = person.send(f'{one}/approve', letters=letters)
        assert (refused.status_code, words in refused.text) == (REFUSED, True)
    assert second.send(f'{one}/approve', letters=name[1]).status_code == 303

    page = second.read(PAGE)
    assert '鍵を捨てています' in page or '証明を印刷する' in page
    proven = shown(lambda: second.send(f'{one}/prove').text, 'どれも開きません')
    assert '本部\u3000二郎' in proven
    certificate = second.http.get(f'{one}/certificate')
    assert certificate.content.startswith(b'%PDF')
    assert '(氏名は未入力)' in second.read(gone)
    assert second.send(f'{gone}/edit', name='もう一度').status_code == 303
    assert 'もう一度' not in second.read(gone)


def test_a_drill_goes_at_once_when_that_was_confirmed(people: dict[str, Person]) -> None:
    first = people[FIRST]
    assert '訓練の避難者 2人' in first.read(PAGE)
    refused = first.send(f'{PAGE}/drill', why='訓練を終えた')
    assert '訓練の記録だけが消えること' in refused.text
    assert first.send(f'{PAGE}/drill', why='訓練を終えた', sure='1').status_code == 303
    shown(lambda: first.read(PAGE), '訓練の避難者 0人')


def shown(page: Callable[[], str], words: str) -> str:
    """The page once it says these words; what works in the background has a minute."""
    for _attempt in range(600):
        if words in (found := page()):
            return found
        time.sleep(0.1)
    raise AssertionError(f'never said: {words}')
