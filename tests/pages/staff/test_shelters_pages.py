"""The staff pages of the shelters, as browsers without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from app.shelters.sealed_codes import read_code
from tests.chromium import start_pages
from tests.pages.staff.cars_people import REFUSED, Person, address_in

OFFICER, HEADQUARTERS, CLERK = '1001', '1002', '1003'
LIST = Path(__file__).parents[2] / 'data' / 'shelters' / 'ishikawa.csv'


@pytest.fixture(scope='module')
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = Path(__file__).parent / 'shelters_box.py'
    found, process = start_pages(script, tmp_path_factory.mktemp('shelters'), ready='/sign-in')
    yield found
    process.terminate()
    process.wait(15)


@pytest.fixture(scope='module')
def people(address: str) -> Iterator[dict[str, Person]]:
    signed_in = {number: Person(address, number) for number in (OFFICER, HEADQUARTERS, CLERK)}
    yield signed_in
    for person in signed_in.values():
        person.http.close()


@pytest.fixture
def officer(people: dict[str, Person]) -> Person:
    return people[OFFICER]


@pytest.fixture
def headquarters(people: dict[str, Person]) -> Person:
    return people[HEADQUARTERS]


def page_of(person: Person, words: str) -> str:
    """The address of the first shelter that is found by these words."""
    return address_in(person.read(f'/staff/shelters?words={words}'), '/staff/shelters')


@pytest.mark.parametrize(
    ('path', 'allowed'),
    [
        ('/staff/shelters', {OFFICER, HEADQUARTERS}),
        ('/staff/shelters/new', {OFFICER, HEADQUARTERS}),
        ('/staff/shelters/import', {HEADQUARTERS}),
        ('/staff/shelters/codes', {HEADQUARTERS}),
    ],
)
def test_each_page_opens_to_those_whose_role_allows_it(people: dict[str, Person], path: str, allowed: set[str]) -> None:
    assert {number for number, person in people.items() if person.http.get(path).status_code == 200} == allowed


def test_shelters_are_searched_filtered_and_paged(officer: Person) -> None:
    assert '第59公民館' in officer.read('/staff/shelters?page=2')
    assert '1件中 1–1' in officer.read('/staff/shelters?words=第07')
    opened = officer.read('/staff/shelters?state=opened')
    assert '泉小学校' in opened
    assert '第01公民館' not in opened
    assert '当てはまる避難所はありません' in officer.read('/staff/shelters?words=%25')
    assert '第01公民館' in officer.read('/staff/shelters?district=泉&state=nonsense')


def test_what_a_list_says_is_reported_before_anything_is_changed(headquarters: Person) -> None:
    answer = headquarters.http.post(
        '/staff/shelters/import/upload', files={'list': ('l.csv', LIST.read_bytes())}, data={'municipality': '金沢市'}
    )
    assert answer.status_code == 200
    for words in (
        'IDも名称もない行です',
        '連絡先の列',
        'ほかの市町村の 10 行',
        'CC BY 4.0',
        '石川県立金沢中央高等学校',
    ):
        assert words in answer.text
    assert '当てはまる避難所はありません' in headquarters.read('/staff/shelters?words=金沢中央')

    applied = headquarters.send('/staff/shelters/import/apply')
    assert applied.headers['location'].endswith('done=5-0')
    assert '石川県立金沢中央高等学校' in headquarters.read('/staff/shelters?words=金沢中央')
    assert '追加 5か所' in headquarters.read(applied.headers['location'])
    assert headquarters.send('/staff/shelters/import/apply').headers['location'] == '/staff/shelters/import'


def test_another_file_is_refused_with_its_reason(headquarters: Person) -> None:
    answer = headquarters.http.post('/staff/shelters/import/upload', files={'list': ('l.xlsx', b'PK\x03\x04')})
    assert answer.status_code == REFUSED
    assert 'Excel のファイルではありません' in answer.text


def test_an_officer_adds_a_place_that_is_in_no_list(officer: Person) -> None:
    fields = {'kind': 'parked_cars', 'address': '健民公園の北側', 'capacity': ''}
    added = officer.send('/staff/shelters/new', name='健民公園の駐車場', **fields)
    page = officer.read(added.headers['location'])
    for words in ('車中泊の場所', '健民公園の北側', '未開設', '未入力'):
        assert words in page
    assert officer.send('/staff/shelters/new', name=' ', **fields).status_code == REFUSED
    wrong = officer.send('/staff/shelters/new', name='x', kind='temporary', capacity='10', blocked_capacity='11')
    assert '使えない人数が収容人数より多く' in wrong.text


def test_a_shelter_opens_fills_and_takes_again_but_only_headquarters_closes_it(people: dict[str, Person]) -> None:
    officer, headquarters = people[OFFICER], people[HEADQUARTERS]
    page = page_of(officer, '第11')
    assert officer.send(f'{page}/state', state='opened').status_code == 303
    assert officer.send(f'{page}/state', state='full', reason='体育館がいっぱい').status_code == 303
    assert '満員をやめ、受け入れる' in officer.read(page)
    assert '閉鎖する' not in officer.read(page)
    assert officer.send(f'{page}/close').status_code == 403
    assert officer.send(f'{page}/state', state='closed').status_code == REFUSED
    assert officer.send(f'{page}/state', state='nonsense').status_code == REFUSED
    assert headquarters.send(f'{page}/close').status_code == 303
    assert '閉鎖' in officer.read(page)


def test_a_shelter_with_people_cannot_be_closed_and_says_who_is_there_by_number(headquarters: Person) -> None:
    page = page_of(headquarters, '泉小学校')
    shown = headquarters.read(page)
    assert 'まだ 1人が登録されています' in shown
    assert re.search(r'[A-Z]{3}-0001-\d', shown)
    assert '金沢 花子' not in shown
    assert headquarters.send(f'{page}/close').status_code == REFUSED


def test_an_area_is_added_and_changed(officer: Person) -> None:
    page = page_of(officer, '第12')
    area = f'{page}/areas/{uuid4()}'
    fields = {'kind': 'women', 'capacity': '40', 'blocked': '5', 'area_m2': '120.5'}
    assert officer.send(area, name='図書室', **fields).status_code == 303
    shown = officer.read(page)
    for words in ('図書室', '女性', '40人', '5人', '120.5'):
        assert words in shown
    assert officer.send(area, name='図書室', **{**fields, 'capacity': '4'}).status_code == REFUSED
    assert officer.send(area, name='図書室2', **fields).status_code == 303
    assert '図書室2' in officer.read(page)


def test_a_drill_is_marked_on_the_page_and_does_not_begin_while_open(officer: Person) -> None:
    page = page_of(officer, '第13')
    assert officer.send(f'{page}/practice', practice='1').status_code == 303
    assert '【訓練】第13公民館' in officer.read(page)
    assert '【訓練】' in officer.read('/staff/shelters?words=第13')
    officer.send(f'{page}/state', state='opened')
    assert officer.send(f'{page}/practice', practice='').status_code == REFUSED


def test_the_box_stands_in_the_shelter_that_staff_say(officer: Person) -> None:
    page = page_of(officer, '第14')
    assert officer.send(f'{page}/here').status_code == 303
    assert 'この箱は、この避難所に置いてあります' in officer.read(page)


def test_what_is_known_is_changed_by_headquarters_only(people: dict[str, Person]) -> None:
    page = page_of(people[OFFICER], '第15')
    fields = {'name': '第15公民館', 'kind': 'welfare', 'capacity': '80', 'blocked_capacity': '20', 'area_m2': '300'}
    assert people[OFFICER].send(f'{page}/change', **fields).status_code == 403
    assert people[HEADQUARTERS].send(f'{page}/change', **fields).status_code == 303
    assert '80人(うち使えない 20人)' in people[OFFICER].read(page)


def test_a_code_is_shown_once_and_printed_as_a_page(headquarters: Person) -> None:
    page = page_of(headquarters, '第16')
    made = headquarters.send('/staff/shelters/codes', shelter=page.rsplit('/', 1)[1])
    code = code_in(made.text)
    printed = headquarters.http.get('/staff/shelters/codes/print')
    assert (printed.status_code, printed.headers['content-type']) == (200, 'application/pdf')
    assert printed.headers['cache-control'] == 'no-store'
    assert code not in headquarters.read(page)
    assert 'に作ったコードが使えます' in headquarters.read(page)


def test_codes_are_made_for_all_that_have_none(headquarters: Person) -> None:
    made = headquarters.send('/staff/shelters/codes', which='missing', kind='temporary')
    assert made.status_code in (200, 303)
    again = headquarters.send('/staff/shelters/codes', which='missing', kind='temporary')
    assert again.status_code == 303


def test_an_officer_takes_over_what_residents_opened_and_the_new_code_waits_to_be_sealed(
    people: dict[str, Person], address: str
) -> None:
    officer, headquarters = people[OFFICER], people[HEADQUARTERS]
    page = page_of(officer, '第17')
    code = code_in(headquarters.send('/staff/shelters/codes', shelter=page.rsplit('/', 1)[1]).text)
    open_as_resident(address, code)
    shown = officer.read(page)
    for words in ('住民による開設', '泉 太郎', '柱や壁の大きなひび: いいえ', '引き継ぐ'):
        assert words in shown

    adopted = officer.send(f'{page}/adopt')
    assert code_in(adopted.text) != code
    assert '鍵の箱に戻してください' in officer.read(page)
    assert '鍵の箱にありません: 第17公民館' in officer.read('/staff')
    assert officer.send(f'{page}/adopt').status_code == REFUSED
    assert officer.http.get('/staff/shelters/codes/print').status_code == 200

    assert officer.send(f'{page}/sealed').status_code == 303
    assert '鍵の箱に戻してください' not in officer.read(page)
    assert '鍵の箱にありません: 第17公民館' not in officer.read('/staff')


def test_names_are_text_and_never_markup(officer: Person) -> None:
    assert '<b>長い' not in officer.read('/staff/shelters?words=長い')


def test_what_is_not_there_leads_back_to_the_list(officer: Person) -> None:
    assert officer.http.get(f'/staff/shelters/{uuid4()}').status_code == 303


def code_in(page: str) -> str:
    """The code that a page shows."""
    found = next(each for each in re.findall(r'(?<![\w-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w-])', page) if read_code(each))
    return found


def open_as_resident(address: str, code: str) -> None:
    """Somebody with the paper and a phone."""
    with httpx.Client(base_url=address, headers={'Origin': address}, timeout=120, follow_redirects=True) as phone:
        phone.post('/open/code', data={'code': code})
        for question, answer in (('cracks', 'no'), ('tilt', 'no'), ('gas', 'no'), ('water', 'yes'), ('toilets', 'yes')):
            phone.post('/open/answer', data={'question': question, 'answer': answer})
        assert '避難所が開きました' in phone.post('/open/start', data={'name': '泉 太郎', 'phone': '076-000-0000'}).text
