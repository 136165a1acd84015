"""The forms of signing in, of accounts and of tablets, as a browser without scripts sends them."""

import asyncio
import re

import pytest

from tests.pages.access.conftest import Visitor
from tests.pages.access.guarded_site import PASSWORD

START_PASSWORD = re.compile(r'[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){2}')
REFUSED_STATUS = 422


async def hire(visitor: Visitor, number: str) -> str:
    """Give a new member of staff an account, as the administrator does; their start password."""
    await visitor.sign_in('1001')
    await visitor.get(f'/script/hire/{number}')
    answer = await visitor.post('/staff/accounts', {'number': number, 'role': 'attendance_clerk'})
    assert answer.status_code == 200
    (start_password,) = set(START_PASSWORD.findall(re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}', '', answer.text)))
    return start_password


async def account_of(visitor: Visitor, number: str) -> str:
    """The page of an account."""
    page = (await visitor.get('/staff/accounts')).text
    cells, addresses = re.findall(r'"text": ?"(\d{4})"', page), re.findall(r'/staff/accounts/[0-9a-f-]{36}', page)
    assert len(cells) == len(addresses)
    return dict(zip(cells, addresses, strict=True))[number]


async def test_wrong_password_and_unknown_number_are_answered_with_the_same_words(visitor: Visitor) -> None:
    answers = [await visitor.sign_in(number, 'wrong password') for number in ('2002', '8888')]
    assert [answer.status_code for answer in answers] == [REFUSED_STATUS] * 2
    assert all('職員番号かパスワードが違います' in answer.text for answer in answers)
    assert all('set-cookie' not in answer.headers for answer in answers)
    assert all('wrong password' not in answer.text for answer in answers)


async def test_after_too_many_wrong_passwords_the_page_says_how_long_to_wait(visitor: Visitor) -> None:
    answers = await asyncio.gather(*(visitor.sign_in('7777', 'wrong password') for _attempt in range(8)))
    assert sum('秒待ってから' in answer.text for answer in answers) == 5


async def test_what_somebody_typed_is_shown_as_text(visitor: Visitor) -> None:
    answer = await visitor.post('/sign-in', {'number': '<img src=x onerror=1>', 'password': 'x'})
    assert '<img src=x' not in answer.text


async def test_a_new_account_begins_with_a_start_password_that_only_opens_its_own_change(
    visitor: Visitor, other: Visitor
) -> None:
    start_password = await hire(visitor, '3001')
    assert (await other.sign_in('3001', start_password)).status_code == 303
    assert (await other.get('/staff')).headers['location'] == '/staff/account'
    assert '仮のパスワードです' in (await other.get('/staff/account')).text
    fields = {'present': start_password, 'chosen': 'ねこが三匹ひるねする', 'again': 'ねこが三匹ひるねする'}
    wrong = await other.post('/staff/account', {**fields, 'again': 'x'})
    assert '2回のパスワードが違います' in wrong.text
    weak = await other.post('/staff/account', {**fields, 'chosen': 'password2026', 'again': 'password2026'})
    assert weak.status_code == REFUSED_STATUS
    assert (await other.post('/staff/account', {**fields, 'present': 'x'})).status_code == REFUSED_STATUS
    assert (await other.post('/staff/account', fields)).headers['location'].startswith('/sign-in')
    assert (await other.sign_in('3001', start_password)).status_code == REFUSED_STATUS
    assert (await other.sign_in('3001', 'ねこが三匹ひるねする')).status_code == 303
    assert (await other.get('/staff')).status_code == 200


async def test_an_administrator_changes_roles_resets_and_disables(visitor: Visitor, other: Visitor) -> None:
    start_password = await hire(visitor, '3002')
    page = await account_of(visitor, '3002')
    for fields, words in (
        ({'act': 'grant', 'role': 'administrator'}, '管理者の役割を外す'),
        ({'act': 'withdraw', 'role': 'administrator'}, '管理者の役割を付ける'),
        ({'act': 'disable'}, 'アカウントを再開する'),
    ):
        assert (await visitor.post(page, fields)).status_code == 303
        assert words in (await visitor.get(page)).text
    assert (await other.sign_in('3002', start_password)).status_code == REFUSED_STATUS
    await visitor.post(page, {'act': 'enable'})
    reset = await visitor.post(page, {'act': 'reset'})
    assert '仮のパスワード' in reset.text
    assert start_password not in reset.text


async def test_the_last_administrator_stays(visitor: Visitor) -> None:
    await visitor.sign_in('1001')
    answer = await visitor.post(await account_of(visitor, '1001'), {'act': 'disable'})
    assert answer.status_code == REFUSED_STATUS
    assert '管理者が一人もいなくなる' in answer.text
    assert (await visitor.get('/staff')).status_code == 200


@pytest.mark.parametrize('fields', [{}, {'act': 'x'}, {'act': 'grant', 'role': 'king'}, {'act': 'grant'}])
async def test_an_act_that_does_not_exist_changes_nothing(visitor: Visitor, fields: dict[str, str]) -> None:
    await visitor.sign_in('1001')
    page = await account_of(visitor, '2002')
    before = re.findall(r'の役割を\w+', (await visitor.get(page)).text)
    assert (await visitor.post(page, fields)).status_code == 303
    assert re.findall(r'の役割を\w+', (await visitor.get(page)).text) == before


async def test_an_account_needs_a_member_of_staff(visitor: Visitor) -> None:
    await visitor.sign_in('1001')
    for number, words in (('9999', 'この職員番号の職員はいません'), ('2002', '既にあります')):
        answer = await visitor.post('/staff/accounts', {'number': number, 'role': 'administrator'})
        assert answer.status_code == REFUSED_STATUS
        assert words in answer.text
    missing = await visitor.get('/staff/accounts/0190aaaa-0000-7000-8000-000000000001')
    assert missing.headers['location'] == '/staff/accounts'


async def test_the_set_up_is_over_once_there_is_an_administrator(visitor: Visitor) -> None:
    assert '管理者は登録済みです' in (await visitor.get('/setup')).text
    fields = {'code': 'AAAAAAAA', 'number': '6', 'name': 'x', 'password': PASSWORD, 'again': PASSWORD}
    answer = await visitor.post('/setup', fields)
    assert answer.status_code == REFUSED_STATUS
    assert '登録コードが違うか、使用済みです' in answer.text


async def test_an_enrolment_address_works_once_and_then_says_why_not(visitor: Visitor, other: Visitor) -> None:
    code = (await visitor.get('/script/code')).json()
    answer = await visitor.get(f'/enrol/{code}')
    assert (answer.status_code, answer.headers['location']) == (303, '/kiosk')
    assert 'HttpOnly' in answer.headers['set-cookie']
    assert 'SameSite=strict' in answer.headers['set-cookie']
    replayed = await other.get(f'/enrol/{code}')
    assert replayed.status_code == 403
    assert '使用済みです' in replayed.text
    assert 'set-cookie' not in replayed.headers


async def test_a_browser_that_loads_ahead_uses_no_code_up(visitor: Visitor) -> None:
    code = (await visitor.get('/script/code')).json()
    assert (await visitor.get(f'/enrol/{code}', **{'Sec-Purpose': 'prefetch;prerender'})).status_code == 403
    assert (await visitor.get(f'/enrol/{code}')).status_code == 303


async def test_every_visit_of_the_kiosk_page_renews_the_tablets_cookie(visitor: Visitor) -> None:
    await visitor.enrol()
    answer = await visitor.get('/kiosk')
    assert answer.headers['set-cookie'].startswith('machibako_desk=')
    assert 'Max-Age=34560000' in answer.headers['set-cookie']


@pytest.mark.parametrize('path', ['/sign-in', '/setup'])
async def test_a_form_without_fields_is_answered_with_what_is_missing(visitor: Visitor, path: str) -> None:
    assert (await visitor.post(path)).status_code == REFUSED_STATUS
