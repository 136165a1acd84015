"""The pages of the run record, of the book of breath tests, and their files."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.pages.staff.cars_people import (
    ADMINISTRATOR,
    GUARD,
    MANAGER,
    REFUSED,
    SAFE_DRIVING,
    UUID_PATTERN,
    Person,
    address,
    address_in,
    manager,
    people,
)

__all__ = ['address', 'manager', 'people']


def test_a_trip_is_corrected_with_a_reason_and_shows_both_values(manager: Person) -> None:
    trip = address_in(manager.read('/staff/trips?words=0001'), '/staff/trips')
    shown = manager.read(trip)
    assert '&lt;b&gt;県庁' in shown or '<b>県庁' not in shown
    fields = {'odometer_in': '10095', 'destination': '県庁'}
    assert manager.send(f'{trip}/correct', **fields).status_code == REFUSED
    assert manager.send(f'{trip}/correct', **fields, reason='打ち間違い').status_code == 303
    corrected = manager.read(trip)
    assert '帰着時メーター(km): 10090 → 10095' in corrected
    assert '打ち間違い' in corrected
    back = manager.send(f'{trip}/correct', odometer_in='1', reason='理由')
    assert 'メーターが出発時より小さく' in back.text


def test_only_a_car_manager_corrects(people: dict[str, Person]) -> None:
    trip = address_in(people[GUARD].read('/staff/trips'), '/staff/trips')
    assert '訂正の理由' not in people[GUARD].read(trip)
    assert people[GUARD].send(f'{trip}/correct', reason='x', odometer_in='1').status_code == 403


def confirmer_in(page: str, name: str) -> str:
    """The key of this person among those who may have confirmed."""
    found = re.search(rf'{name}.{{0,60}}({UUID_PATTERN})', page)
    assert found
    return found[1]


def test_a_forgotten_return_stands_among_what_needs_a_look_and_is_entered(manager: Person) -> None:
    checks = manager.read('/staff/trips/checks')
    assert '返却予定を過ぎています' in checks
    late = address_in(manager.read('/staff/trips?words=0002'), '/staff/trips')
    refused = manager.send(f'{late}/return', returned_at='2099-01-01T00:00', odometer='10020')
    assert 'これから先の日時' in refused.text
    now = re.search(r'name=.{0,3}out_at.{0,120}?(\d{4}-\d\d-\d\dT\d\d:\d\d)', manager.read(late)) or re.search(
        r'(\d{4}-\d\d-\d\dT\d\d:\d\d)', manager.read(late)
    )
    assert now
    later = (datetime.fromisoformat(now[1]) + timedelta(minutes=1)).isoformat(timespec='minutes')
    fields = {'returned_at': later, 'odometer': '10020', 'breath': '0.00', 'checker': 'S-1', 'method': 'telephone'}
    unsaid = manager.send(f'{late}/return', **fields)
    assert (unsaid.status_code, '確認した人を選んでください' in unsaid.text) == (REFUSED, True)
    fields |= {'confirmer': confirmer_in(manager.read(late), '西\u3000守')}
    assert (
        manager.send(
            f'{late}/return',
            **fields,
        ).status_code
        == 303
    )
    checked = manager.read(late)
    assert '電話' in checked
    assert '西\u3000守' in checked
    assert '返却予定を過ぎています' not in manager.read('/staff/trips/checks')


def test_a_gap_is_confirmed_with_a_note(manager: Person) -> None:
    page = manager.read('/staff/trips/checks')
    assert '10,040km から 10,050km まで' in page
    record = address_in(page, '/staff/trips/checks')
    assert manager.send(f'{record}/confirm', note=' ').status_code == REFUSED
    assert manager.send(f'{record}/confirm', note='整備工場まで').status_code == 303
    assert '10,040km から' not in manager.read('/staff/trips/checks')


def test_a_line_of_the_paper_book_becomes_a_trip(manager: Person) -> None:
    fields = {
        'plate': '金沢 500 あ 0009',
        'driver': '1004',
        'out_at': '2026-01-05T09:00',
        'breath': '0.00',
        'destination': '市場',
        'confirmer': confirmer_in(manager.read('/staff/trips/paper'), '髙田\u3000さくら'),
    }
    entered = manager.send('/staff/trips/paper', **fields)
    assert entered.status_code == 303
    assert '紙から入力' in manager.read(entered.headers['location'])
    assert manager.send('/staff/trips/paper', **fields).headers['location'] == entered.headers['location']
    wrong = manager.send('/staff/trips/paper', **{**fields, 'plate': 'なし'})
    assert (wrong.status_code, '台帳にありません' in wrong.text) == (REFUSED, True)


def test_a_whole_trip_of_the_past_is_entered_at_once_while_its_car_is_out_again(manager: Person) -> None:
    fields = {
        'plate': '金沢 500 あ 0009',
        'driver': '1004',
        'out_at': '2026-01-04T09:00',
        'returned_at': '2026-01-04T08:00',
        'odometer_in': '10020',
        'odometer': '10000',
    }
    assert '出発より前' in manager.send('/staff/trips/paper', **fields).text
    entered = manager.send('/staff/trips/paper', **{**fields, 'returned_at': '2026-01-04T10:00'})
    assert '10,000 → 10,020' in manager.read(entered.headers['location'])


def test_a_return_without_a_start_is_kept_and_waits(manager: Person) -> None:
    address = '/staff/trips/paper/lone-return'
    assert address in manager.read('/staff/trips/paper')
    fields = {'plate': '金沢 500 あ 0008', 'returned_by': '1004', 'returned_at': '2025-12-01T10:00', 'odometer': '90'}
    assert manager.send(address, **{**fields, 'plate': 'なし'}).status_code == REFUSED
    taken = manager.send(address, **fields)
    assert '返却を記録しました' in manager.read(taken.headers['location'])
    assert '返却(90km)の記録だけ' in manager.read('/staff/trips/checks?first=2025-12-01&last=2025-12-02')


def test_a_positive_breath_waits_for_the_instruction_of_the_safe_driving_manager(people: dict[str, Person]) -> None:
    page = people[SAFE_DRIVING].read('/staff/alcohol')
    assert '指示待ち 1件' in page
    act = address_in(page, '/staff/alcohol')
    assert people[MANAGER].send(f'{act}/instruct', instruction='x').status_code == 403
    assert people[SAFE_DRIVING].send(f'{act}/instruct', instruction=' ').status_code == REFUSED
    assert people[SAFE_DRIVING].send(f'{act}/instruct', instruction='本日は運転しないこと').status_code == 303
    assert people[SAFE_DRIVING].send(f'/staff/alcohol/{uuid4()}/instruct', instruction='x').status_code == 303
    shown = people[GUARD].read('/staff/alcohol')
    assert '指示待ち 1件' not in shown
    assert '本日は運転しないこと' in shown


def test_pictures_of_a_breath_test_open_for_those_who_may_and_the_journal_says_who_looked(
    people: dict[str, Person],
) -> None:
    before = _looks_in_the_journal(people)
    check = re.search(rf'/staff/alcohol/({UUID_PATTERN})/pictures', people[GUARD].read('/staff/alcohol'))
    assert check
    display, *hidden = _pictures(people[GUARD].read(check[0]))
    assert not hidden
    opened = people[GUARD].http.get(display)
    assert (opened.status_code, opened.content[:2]) == (200, b'\xff\xd8')
    assert opened.headers['cache-control'] == 'no-store'

    both = _pictures(people[SAFE_DRIVING].read(check[0]))
    (face,) = set(both) - {display}
    assert people[SAFE_DRIVING].http.get(face).status_code == 200
    assert people[GUARD].http.get(face).status_code == 403
    assert people[GUARD].http.get(f'{check[0]}/{uuid4()}').status_code == 404
    assert _looks_in_the_journal(people) == before + 2


def _looks_in_the_journal(people: dict[str, Person]) -> int:
    return people[ADMINISTRATOR].read('/staff/journal?kind=files.opened').count('写真を見た')


def _pictures(page: str) -> list[str]:
    return sorted(set(re.findall(rf'/staff/alcohol/{UUID_PATTERN}/pictures/{UUID_PATTERN}', page)))


@pytest.mark.parametrize(
    ('form', 'beginning'), [('pdf', b'%PDF'), ('xlsx', b'PK'), ('csv', b'\xef\xbb\xbf'), ('csv_cp932', b'\x8e\xd4')]
)
@pytest.mark.parametrize('what', ['cars', 'departments'])
def test_a_month_is_handed_out_in_each_form_and_noted_in_the_journal(
    people: dict[str, Person], what: str, form: str, beginning: bytes
) -> None:
    answer = people[GUARD].http.get('/staff/trips/download', params={'what': what, 'form': form})
    assert answer.status_code == 200
    assert answer.content.startswith(beginning if what == 'cars' or form != 'csv_cp932' else '所属'.encode('cp932'))
    assert 'attachment' in answer.headers['content-disposition']
    assert '運行記録を書き出した' in people[ADMINISTRATOR].read('/staff/journal?kind=vehicles.record_exported')


def test_the_time_line_shows_real_trips_of_the_day_and_takes_nonsense_for_today(manager: Person) -> None:
    lent = re.compile(r'貸出 \d+:\d\d')
    assert lent.search(manager.read('/staff/cars/timeline?day=nonsense&page=-3'))
    assert lent.search(manager.read('/staff/cars/timeline?day=9999-12-31'))
    assert not lent.search(manager.read('/staff/cars/timeline?day=2020-01-01'))


def test_a_second_driver_is_entered_and_their_missing_breath_test_with_it(manager: Person) -> None:
    trip = address_in(manager.read('/staff/trips?words=0001'), '/staff/trips')
    assert '酒気帯び確認を入力する' not in manager.read(trip)
    unknown = manager.send(f'{trip}/people', second_drivers='9999', reason='x')
    assert (unknown.status_code, 'この職員番号の職員はいません' in unknown.text) == (REFUSED, True)
    twice = manager.send(f'{trip}/people', second_drivers='1002、1002', reason='x')
    assert (twice.status_code, '同じ人が2回' in twice.text) == (REFUSED, True)
    along = {'passenger_staff': '1002', 'second_drivers': '1002', 'reason': 'x'}
    both = manager.send(f'{trip}/people', **along)
    assert (both.status_code, '同乗した職員: 同じ人が2回' in both.text) == (REFUSED, True)
    fields = {'passengers': '2', 'second_drivers': '1002 1004', 'reason': '運転を代わった'}
    assert manager.send(f'{trip}/people', **fields, passenger_names='能登 花、加賀 次郎,白山 三郎').status_code == 303
    shown = manager.read(trip)
    assert '3人(能登 花、加賀 次郎、白山 三郎)' in shown
    assert '職員でない同乗者: 未入力 → 能登 花、加賀 次郎、白山 三郎' in shown
    assert '未入力 → 髙田\u3000さくら・佐藤' in shown
    assert '交代運転者2人' in manager.read('/staff/trips/checks')

    driver = confirmer_in(shown, '髙田\u3000さくら')
    taken = re.search(r'checked_at.{0,200}?(\d{4}-\d\d-\d\dT\d\d:\d\d)', shown)
    assert taken
    check = {'driver': driver, 'phase': 'before', 'checked_at': taken[1], 'breath': '0.00'}
    unconfirmed = manager.send(f'{trip}/second-check', **check)
    assert (unconfirmed.status_code, '確認した人を選んでください' in unconfirmed.text) == (REFUSED, True)
    check |= {'confirmer': confirmer_in(shown, '西\u3000守')}
    late = manager.send(f'{trip}/second-check', **{**check, 'checked_at': '2099-01-01T00:00'})
    assert 'これから先の日時' in late.text
    assert manager.send(f'{trip}/second-check', **check).status_code == 303
    assert manager.read(trip).count('髙田\u3000さくら') > shown.count('髙田\u3000さくら')
