"""What every path answers to those who may come in, and to those who may not."""

import re
from http.cookies import SimpleCookie

import pytest

from tests.pages.access.conftest import Visitor

CLOSED_STATUS = {303, 403, 404}
OPEN_TO_ALL = (
    '/_nicegui/',
    '/_nicegui_ws',
    '/assets/',
    '/favicon.ico',
    '/enrol/',
    '/sign-in',
    '/setup',
    '/open',
    '/script/',
)


def sample(route: str) -> str:
    """A path that this route answers."""
    return re.sub(r'{[^}]*}', '0190aaaa-0000-7000-8000-000000000001', route)


async def test_every_route_of_the_application_is_closed_to_nobody_unless_it_is_meant_for_all(visitor: Visitor) -> None:
    routes = (await visitor.get('/script/routes')).json()
    assert len(routes) > 25
    assert '/forgotten' in routes
    for route in routes:
        if not route.startswith(OPEN_TO_ALL):
            answer = await visitor.get(sample(route))
            assert answer.status_code in CLOSED_STATUS, route
            assert 'secret' not in answer.text


async def test_a_tablet_reaches_its_kiosk_page_and_nothing_else(visitor: Visitor) -> None:
    await visitor.enrol()
    routes = (await visitor.get('/script/routes')).json()
    for route in [*routes, '/', '/nowhere', '/api/v1/attendance/punches', '/docs', '/openapi.json']:
        if not route.startswith(('/_nicegui/', '/_nicegui_ws', '/assets/', '/favicon.ico', '/enrol/', '/script/')):
            status = (await visitor.get(sample(route))).status_code
            assert status == (200 if route == '/kiosk' else 403), route
    assert any('tablet_elsewhere GET /staff' in line for line in (await visitor.state())['refused'])


async def test_a_clerk_does_not_reach_what_is_for_administrators(visitor: Visitor) -> None:
    await visitor.sign_in('2002')
    assert (await visitor.get('/staff')).status_code == 200
    for path in ('/staff/desks', '/staff/accounts'):
        answer = await visitor.get(path)
        assert answer.status_code == 403
        assert '権限がありません' in answer.text
    assert (await visitor.post('/staff/accounts', {'number': '1001'})).status_code == 403


async def test_staff_pages_send_to_the_sign_in_and_back(visitor: Visitor) -> None:
    answer = await visitor.get('/staff/accounts?page=2')
    assert answer.status_code == 303
    assert answer.headers['location'] == '/sign-in?next=%2Fstaff%2Faccounts%3Fpage%3D2'
    page = await visitor.get(answer.headers['location'])
    assert '/staff/accounts?page=2' in page.text
    fields = {'number': '1001', 'password': '縁側で猫が昼寝をする', 'next': '/staff/accounts?page=2'}
    assert (await visitor.post('/sign-in', fields)).headers['location'] == '/staff/accounts?page=2'


@pytest.mark.parametrize(
    'target', ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']
)
async def test_signing_in_sends_nobody_to_another_site(visitor: Visitor, target: str) -> None:
    assert target not in (await visitor.http.get('/sign-in', params={'next': target})).text.replace('\\/', '/')
    fields = {'number': '1001', 'password': '縁側で猫が昼寝をする', 'next': target}
    assert (await visitor.post('/sign-in', fields)).headers['location'] == '/staff'


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visitor: Visitor) -> None:
    answer = await visitor.sign_in('1001')
    (morsel,) = SimpleCookie(answer.headers['set-cookie']).values()
    assert morsel.key == 'machibako_session'
    assert morsel['httponly']
    assert morsel['samesite'] == 'strict'
    assert morsel['path'] == '/'
    assert not morsel['max-age']


async def test_every_sign_in_has_a_new_token_and_ends_the_one_before(visitor: Visitor, other: Visitor) -> None:
    await visitor.sign_in('1001')
    first = visitor.http.cookies['machibako_session']
    await visitor.sign_in('1001')
    assert visitor.http.cookies['machibako_session'] != first
    other.http.cookies.set('machibako_session', first)
    assert (await other.get('/staff')).status_code == 303


async def test_signing_out_ends_the_session_for_a_copied_cookie_too(visitor: Visitor, other: Visitor) -> None:
    await visitor.sign_in('1001')
    other.http.cookies.set('machibako_session', visitor.http.cookies['machibako_session'])
    assert (await other.get('/staff')).status_code == 200
    assert (await visitor.post('/sign-out')).headers['location'] == '/sign-in'
    assert 'machibako_session' not in visitor.http.cookies
    assert (await other.get('/staff')).status_code == 303


@pytest.mark.parametrize('origin', ['http://evil.example', 'null', 'https://127.0.0.1', ''])
async def test_a_form_of_another_site_changes_nothing(visitor: Visitor, origin: str) -> None:
    await visitor.sign_in('1001')
    headers = {'Origin': origin} if origin else {}
    answer = await visitor.http.post('/sign-out', headers=headers)
    assert answer.status_code == 403
    assert (await visitor.get('/staff')).status_code == 200


@pytest.mark.parametrize('path', ['/sign-in', '/staff', '/kiosk', '/nowhere', '/staff/account', '/enrol/AAAAAAAA'])
async def test_every_page_carries_the_security_headers_and_is_never_kept(visitor: Visitor, path: str) -> None:
    headers = (await visitor.get(path)).headers
    policy = headers['content-security-policy']
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert f"connect-src 'self' ws://{visitor.address.removeprefix('http://')};" in policy
    assert headers['cache-control'] == 'no-store'
    assert headers['x-content-type-options'] == 'nosniff'
    assert headers['x-frame-options'] == 'DENY'
    assert headers['referrer-policy'] == 'same-origin'
    assert 'camera=()' in headers['permissions-policy']


async def test_files_that_ship_with_the_box_may_be_kept(visitor: Visitor) -> None:
    page = (await visitor.get('/sign-in')).text
    (sheet, *_more) = re.findall(r'/assets/[0-9a-f]+/[^"]+\.css', page)
    assert 'max-age=31536000' in (await visitor.get(sheet)).headers['cache-control']


async def test_forwarded_headers_are_not_believed(visitor: Visitor) -> None:
    page = await visitor.get('/sign-in', **{'X-Forwarded-Prefix': '/evil', 'X-Forwarded-Host': 'evil.example'})
    assert 'evil' not in page.text
    moved = await visitor.get('/staff', **{'X-Forwarded-Prefix': '//evil.example'})
    assert moved.headers['location'].startswith('/sign-in')


async def test_a_body_that_is_too_long_is_refused_also_when_it_does_not_say_so(visitor: Visitor) -> None:
    async def endless():
        for _part in range(100):
            yield b'number=' + b'1' * 10_000

    headers = {'Origin': visitor.address, 'Content-Type': 'application/x-www-form-urlencoded'}
    assert (await visitor.http.post('/sign-in', content=b'x' * 100_000, headers=headers)).status_code == 413
    assert (await visitor.http.post('/sign-in', content=endless(), headers=headers)).status_code == 413


async def test_the_interface_for_programs_answers_in_json(visitor: Visitor) -> None:
    answer = await visitor.get('/api/v1/nowhere')
    assert answer.status_code == 404
    assert answer.json()['error']['code'] == 'no_such_page'


@pytest.mark.parametrize('path', ['/open-data', '/open-page'])
async def test_work_that_asks_for_a_permission_refuses_those_who_lack_it_wherever_it_is_called(
    visitor: Visitor, path: str
) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 403
    assert 'secret' not in answer.text
    await visitor.sign_in('1001')
    assert (await visitor.get(path)).status_code == 200
