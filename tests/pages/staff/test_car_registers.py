"""The pages of the registers of the car pool: cars, drivers, guards, detectors."""

import re
from uuid import uuid4

import pytest

from tests.pages.staff.cars_people import (
    ADMINISTRATOR,
    CLERK,
    GUARD,
    MANAGER,
    REFUSED,
    SAFE_DRIVING,
    Person,
    address,
    address_in,
    manager,
    people,
)

__all__ = ['address', 'manager', 'people']


def test_the_home_page_tells_each_role_what_it_has_to_look_after(people: dict[str, Person]) -> None:
    home = {number: person.read('/staff') for number, person in people.items()}
    assert '車検満了日が近い車: 金沢 500 あ 0001' in home[MANAGER]
    assert '動作確認が必要な検知器: S-1' in home[GUARD]
    assert '車検満了日' not in home[GUARD]
    assert '金沢' not in home[CLERK]


CAR = {'car_type': 'ordinary', 'licence_class': '普通', 'inspection_until': '2030-03-31', 'name': '試験車'}


@pytest.mark.parametrize(
    ('path', 'allowed'),
    [
        ('/staff/cars', {MANAGER, ADMINISTRATOR}),
        ('/staff/cars/new', {MANAGER, ADMINISTRATOR}),
        ('/staff/cars/import', {MANAGER, ADMINISTRATOR}),
        ('/staff/drivers', {MANAGER, ADMINISTRATOR}),
        ('/staff/checkers', {MANAGER, SAFE_DRIVING, GUARD, ADMINISTRATOR}),
        ('/staff/trips', {MANAGER, SAFE_DRIVING, GUARD, ADMINISTRATOR}),
        ('/staff/trips/checks', {MANAGER, SAFE_DRIVING, GUARD, ADMINISTRATOR}),
        ('/staff/trips/paper', {MANAGER, ADMINISTRATOR}),
        ('/staff/trips/paper/lone-return', {MANAGER, ADMINISTRATOR}),
        ('/staff/trips/download', {MANAGER, SAFE_DRIVING, GUARD, ADMINISTRATOR}),
        ('/staff/alcohol', {MANAGER, SAFE_DRIVING, GUARD, ADMINISTRATOR}),
        ('/staff/cars/timeline', {MANAGER, SAFE_DRIVING, GUARD, ADMINISTRATOR}),
    ],
)
def test_each_page_opens_to_those_whose_role_allows_it(people: dict[str, Person], path: str, allowed: set[str]) -> None:
    opened = {number for number, person in people.items() if person.http.get(path).status_code == 200}
    assert opened == allowed


def test_a_car_is_added_changed_with_its_day_and_retired(manager: Person) -> None:
    added = manager.send('/staff/cars/new', plate='金沢 300 さ 1', odometer='12', **CAR)
    assert added.status_code == 303
    page = added.headers['location'].split('?')[0]

    changed = manager.send(f'{page}/change', **{**CAR, 'inspection_until': '2031-03-31'}, for_disasters='1')
    assert changed.status_code == 303
    shown = manager.read(page)
    assert '車検満了日: 2030-03-31 → 2031-03-31' in shown
    assert '災害用に確保する: いいえ → はい' in shown
    assert '金沢 300 さ 1' in manager.read('/staff/cars?kind=disaster')

    assert manager.send(f'{page}/retire').status_code == 303
    assert '金沢 300 さ 1' in manager.read('/staff/cars?kind=retired')
    assert '金沢 300 さ 1' not in manager.read('/staff/cars?words=300')


@pytest.mark.parametrize(
    ('fields', 'words'),
    [
        ({**CAR, 'plate': ' '}, '登録番号を入力してください'),
        ({**CAR, 'plate': 'x' * 41}, '40文字まで'),
        ({**CAR, 'plate': '金沢 300 さ 9', 'inspection_until': '2030-02-30'}, '日付を選んでください'),
        ({**CAR, 'plate': '金沢 300 さ 9', 'car_type': 'rocket'}, '車種を選んでください'),
        ({**CAR, 'plate': '金沢 300 さ 9', 'odometer': '-1'}, '0以上の整数'),
        ({**CAR, 'plate': '金沢 500 あ 0001'}, '既にあります'),
    ],
)
def test_what_cannot_stand_in_the_ledger_is_said_in_words(manager: Person, fields: dict[str, str], words: str) -> None:
    answer = manager.send('/staff/cars/new', **fields)
    assert answer.status_code == REFUSED
    assert words in answer.text


def test_cars_are_searched_and_paged(manager: Person) -> None:
    assert '金沢 500 あ 0051' in manager.read('/staff/cars?page=2')
    found = manager.read('/staff/cars?words=0077')
    assert '1件中 1–1' in found
    assert '当てはまる車はありません' in manager.read('/staff/cars?words=%25')


def test_a_list_is_looked_at_before_it_is_taken_over(manager: Person) -> None:
    lines = '登録番号,名称,車種,車検満了日\n金沢 700 な 1,<b>新車</b>,軽貨物,2028/4/1\n金沢 500 あ 0003,改名,,\n'
    preview = manager.http.post('/staff/cars/import/upload', files={'list': ('c.csv', lines.encode('cp932'))})
    assert preview.status_code == 200
    assert '名称: 3号車 → 改名' in preview.text
    assert '当てはまる車はありません' in manager.read('/staff/cars?words=700')

    applied = manager.send('/staff/cars/import/apply')

    assert applied.headers['location'].endswith('done=1-1')
    assert '軽貨物' in manager.read('/staff/cars?words=700')
    assert manager.send('/staff/cars/import/apply').headers['location'].endswith('done=0-0')


def test_a_wrong_list_names_its_lines_and_changes_nothing(manager: Person) -> None:
    lines = '登録番号,車検満了日,車種\n金沢 800 は 1,来年,\n,2028-04-01,飛行機\n金沢 800 は 1,,\n=1+1,,\n'
    answer = manager.http.post('/staff/cars/import/upload', files={'list': ('c.csv', lines.encode())})
    assert answer.status_code == REFUSED
    for words in ('2 行目の車検満了日', '3 行目の登録番号', '3 行目の車種', '4 行目', '5 行目の登録番号: 数式'):
        assert words in answer.text
    assert '当てはまる車はありません' in manager.read('/staff/cars?words=800')


def test_a_licence_is_seen_and_the_sighting_says_by_whom(manager: Person) -> None:
    found = manager.send('/staff/drivers/find', number='1004')
    page = found.headers['location']
    assert 'まだ確認していません' in manager.read(page)
    refused = manager.send(f'{page}/sight', valid_until='2020-01-01', class_0='1')
    assert refused.status_code == REFUSED
    assert manager.send(f'{page}/sight', valid_until='2029-05-01').status_code == REFUSED

    seen = {'valid_until': '2029-05-01', 'class_0': '1', 'class_2': '1', 'medium_8t': '1'}
    assert manager.send(f'{page}/sight', **seen).status_code == 303

    shown = manager.read('/staff/drivers')
    assert '普通' in shown
    assert '2029年5月1日' in shown
    assert '中型、普通、中型車は中型車(8t)に限る' in manager.read(page)
    assert '山田' in manager.read(page)
    assert manager.send('/staff/drivers/find', number='9999').status_code == REFUSED


def test_a_guard_is_added_gets_the_card_part_from_who_may_link_and_is_ended(people: dict[str, Person]) -> None:
    manager = people[MANAGER]
    added = manager.send('/staff/drivers/guards/add', name='南\u3000守', company='加賀警備')
    page = added.headers['location']
    assert 'カードを登録できる担当者に依頼' in manager.read(page)
    assert 'カードを登録する' in people[ADMINISTRATOR].read(page)
    assert manager.send(f'{page}/end').status_code == 303
    assert '南\u3000守' not in manager.read('/staff/drivers')
    assert manager.send('/staff/drivers/guards/add', name=' ').status_code == REFUSED


def test_a_detector_is_registered_once_tested_and_taken_out_when_it_fails(manager: Person) -> None:
    fields = {'serial': 'S-9', 'model': 'FC', 'started_on': '2026-01-01', 'limit': '1000'}
    assert manager.send('/staff/checkers/add', **fields).status_code == 303
    assert manager.send('/staff/checkers/add', **fields).status_code == REFUSED
    shown = manager.read('/staff/checkers')
    assert '測定 0回 / 上限 1,000回' in shown
    act = address_in(shown[shown.index('S-9') :], '/staff/checkers')
    assert manager.send(act, act='fails').status_code == 303
    shown = manager.read('/staff/checkers')
    assert shown.index('使い終えた検知器') < shown.index('S-9')


def test_what_was_mistyped_of_a_detector_is_put_right_and_one_taken_out_by_mistake_comes_back(
    people: dict[str, Person],
) -> None:
    manager = people[MANAGER]
    fields = {'serial': 'S-10', 'model': 'FC', 'started_on': '2026-01-01', 'expires_on': '2026-02-01'}
    assert manager.send('/staff/checkers/add', **fields).status_code == 303
    shown = manager.read('/staff/checkers')
    act = address_in(shown[shown.index('S-10') :], '/staff/checkers')
    assert '2026-02-01' in manager.read(f'{act}/terms')
    right = {'started_on': '2026-01-01', 'expires_on': '2029-02-01', 'limit': '1000', 'desk': ''}
    assert people[GUARD].send(f'{act}/change', **right).status_code == 403
    assert manager.send(f'{act}/change', **(right | {'desk': '1'})).status_code == REFUSED
    assert manager.send(f'{act}/change', **right).status_code == 303
    assert '2029年2月1日' in manager.read('/staff/checkers')

    manager.send(act, act='fails')
    people[GUARD].send(act, act='again')
    assert 'もう一度使う' in manager.read('/staff/checkers')
    manager.send(act, act='again')
    shown = manager.read('/staff/checkers')
    assert '動作確認をしてください' in shown[shown.index('S-10') :]
    assert '検知器の期限などを変更' in people[ADMINISTRATOR].read('/staff/journal?kind=vehicles.checker_changed')


def test_a_guard_notes_the_weekly_test_but_registers_no_detector(people: dict[str, Person]) -> None:
    guard = people[GUARD]
    shown = guard.read('/staff/checkers')
    assert '検知器を登録する' not in shown
    act = address_in(shown[shown.index('S-1') :], '/staff/checkers')
    assert guard.send('/staff/checkers/add', serial='S-2', started_on='2026-01-01').status_code == 403
    guard.send(act, act='retire')
    guard.send(act, act='works')
    assert '使えます' in guard.read('/staff/checkers')


def test_the_journal_names_cars_by_their_plate(people: dict[str, Person]) -> None:
    page = people[ADMINISTRATOR].read('/staff/journal?kind=vehicles.vehicle_added')
    assert '金沢 500 あ 0120' in page
    assert '消去済み' not in page


@pytest.mark.parametrize('path', ['cars', 'trips', 'drivers', 'drivers/guards'])
def test_what_is_not_there_leads_back_to_the_list(manager: Person, path: str) -> None:
    assert manager.http.get(f'/staff/{path}/{uuid4()}').status_code == 303


def test_the_label_of_a_key_is_printed_for_one_car(manager: Person) -> None:
    added = manager.send('/staff/cars/new', plate='金沢 300 さ 7', key_number='7', **CAR)
    page = added.headers['location'].split('?')[0]
    assert '鍵札のラベルを作る' in manager.read(page)
    for asked in ('', '?paper=44&used=3', '?paper=rocket&used=-1', '?used=99999'):
        made = manager.http.get(f'{page}/key-tag{asked}')
        assert (made.status_code, made.headers['content-type']) == (200, 'application/pdf')
        assert made.content.startswith(b'%PDF')
    assert manager.http.get(f'/staff/cars/{uuid4()}/key-tag').status_code == 404


def test_an_ic_tag_is_linked_to_a_car_by_who_may_link_cards(people: dict[str, Person]) -> None:
    cars = people[ADMINISTRATOR].read('/staff/cars')
    page = address_in(cars, '/staff/cars')
    assert 'カードを登録する' in people[ADMINISTRATOR].read(f'{page}/ic-tag')
    assert people[MANAGER].http.get(f'{page}/ic-tag').status_code == 403
    assert 'ICタグを登録する' not in people[MANAGER].read(page)


def test_a_manager_permits_a_lending_ahead_and_withdraws_it(people: dict[str, Person]) -> None:
    manager = people[MANAGER]
    fields = {'plate': '金沢 500 あ 0003', 'driver': '1003', 'day': '2099-01-05', 'for_disasters': '1'}
    assert people[GUARD].send('/staff/cars/permits', **fields, reason='訓練').status_code == 403
    for wrong in ({'reason': ''}, {'reason': '訓練', 'plate': 'なし'}, {'reason': '訓練', 'day': '2020-01-01'}):
        assert manager.send('/staff/cars/permits', **{**fields, **wrong}).status_code == REFUSED
    assert manager.send('/staff/cars/permits', **{**fields, 'driver': '1001'}, reason='訓練').status_code == REFUSED
    assert manager.send('/staff/cars/permits', **fields, reason='<b>訓練</b>').status_code == 303
    page = manager.read('/staff/cars/permits')
    assert '災害用の車' in page
    assert '<b>訓練' not in page
    permit = address_in(page, '/staff/cars/permits')
    assert manager.send(f'{permit}/withdraw').status_code == 303
    assert 'きょうからの許可はありません' in manager.read('/staff/cars/permits')


def test_lists_of_licences_and_detectors_are_taken_row_by_row(manager: Person) -> None:
    for path, lines, words in (
        (
            '/staff/drivers/import',
            '職員番号,免許の種類,有効期限,確認した日\n1005,普通,2028-04-01,2026-01-05\n9,普通,,\n',
            '9',
        ),
        ('/staff/checkers/import', '製造番号,型式\nS-7,FC\nS-1,別の型\n', '型式が台帳の「FC」と違います'),
    ):
        assert 'CSV' in manager.read(path)
        preview = manager.http.post(f'{path}/upload', files={'list': ('c.csv', lines.encode('cp932'))})
        assert (preview.status_code, words in preview.text) == (200, True)
        assert manager.send(f'{path}/apply').headers['location'].endswith('done=1-1')
        assert '取り込みました: 1件。取り込まなかった行: 1件' in manager.read(f'{path}?done=1-1')
        assert manager.send(f'{path}/apply').headers['location'] == path
        broken = manager.http.post(f'{path}/upload', files={'list': ('c.csv', b'x')})
        assert broken.status_code == REFUSED


@pytest.mark.parametrize(
    ('path', 'words'),
    [
        ('/staff/cars/csv?words=0003', '金沢 500 あ 0003'),
        ('/staff/drivers/csv', '免許の種類'),
        ('/staff/checkers/csv', 'S-1'),
        ('/staff/cars/timeline/csv?span=week', '金沢 500 あ 0001'),
        ('/staff/trips/checks/csv', '返却の遅れ'),
    ],
)
def test_every_list_is_a_file_for_those_who_may_see_it(people: dict[str, Person], path: str, words: str) -> None:
    answer = people[MANAGER].http.get(path)
    assert (answer.status_code, answer.headers['content-type']) == (200, 'text/csv; charset=utf-8')
    assert words in answer.content.decode('utf-8-sig')
    assert people[CLERK].http.get(path).status_code == 403


def test_the_journal_names_in_words_what_was_taken_away_as_a_file(people: dict[str, Person]) -> None:
    assert people[MANAGER].http.get('/staff/drivers/csv').status_code == 200
    listed = people[ADMINISTRATOR].read('/staff/journal?kind=vehicles.record_exported')
    line = re.search(r'/staff/journal/lines/\d+', listed)
    assert line
    shown = people[ADMINISTRATOR].read(line[0])
    assert '運転免許証の確認' in shown
    assert 'CSV' in shown
