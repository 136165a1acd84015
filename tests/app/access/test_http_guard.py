"""The guard around a small application, without a socket in between."""

from collections.abc import AsyncIterator
from functools import partial

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from app.access.http_guard import HttpGuard, surround
from app.access.judgement import Rules
from app.access.policies import Policies
from app.access.principals import NotAllowed, current_principal
from app.access.service import Access
from app.journal.line import Actor
from app.runtime import Box
from app.storage.failures import StorageFull

SCOPE = 'attendance:read'


async def echo(request: Request) -> Response:
    return JSONResponse(
        {
            'who': type(current_principal()).__name__,
            'forwarded': [name for name in request.headers if name.startswith('x-')],
            'body': (await request.body()).decode(),
        }
    )


async def not_allowed(_request: Request) -> Response:
    raise NotAllowed('manage_desks')


async def disk_full(_request: Request) -> Response:
    raise StorageFull


async def broken(_request: Request) -> Response:
    raise RuntimeError


def browser(access: Access | None, *, secure: bool = False) -> httpx.AsyncClient:
    handlers = {'/open': echo, '/api/v1/data': echo, '/not-allowed': not_allowed, '/full': disk_full, '/broken': broken}
    application = Starlette(
        routes=[
            *(Route(path, handler, methods=['GET', 'POST']) for path, handler in handlers.items()),
            Route('/forgotten', lambda _request: PlainTextResponse('secret')),
        ]
    )
    table = Policies()
    for path in handlers:
        table.register(path, public=not path.startswith('/api'), scope=SCOPE if path.startswith('/api') else '')
    rules = Rules(scheme='https' if secure else 'http')
    surround(application, partial(HttpGuard, access=lambda: access, rules=rules, table=table))
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=f'{rules.scheme}://box:8080')


@pytest.fixture
async def visitor(box: Box) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(box.access) as client:
        yield client


async def test_a_route_without_a_policy_is_not_there(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get('/forgotten')
    assert answer.status_code == 404
    assert 'secret' not in answer.text


async def test_a_program_is_known_by_its_token_and_needs_no_origin(visitor: httpx.AsyncClient, box: Box) -> None:
    token = await box.access.api_tokens.create('人事システム', SCOPE, Actor.command_line())
    assert (await visitor.post('/api/v1/data')).json()['error']['code'] == 'token_missing'
    for headers, code in (
        ({'Authorization': 'Bearer mb_x'}, 'token_unknown'),
        ({'Authorization': 'Basic eDp5'}, 'token_missing'),
    ):
        answer = await visitor.get('/api/v1/data', headers=headers)
        assert (answer.status_code, answer.json()['error']['code']) == (401, code)
        assert answer.headers['www-authenticate'] == 'Bearer'
    answer = await visitor.post('/api/v1/data', headers={'Authorization': f'bearer {token}'}, content=b'x')
    assert answer.json() == {'who': 'ProgramPrincipal', 'forwarded': [], 'body': 'x'}


async def test_headers_in_which_one_can_claim_to_be_another_do_not_arrive(visitor: httpx.AsyncClient) -> None:
    claims = {
        'X-Forwarded-For': '10.0.0.1',
        'X-Forwarded-Prefix': '/evil',
        'X-Real-IP': '10.0.0.1',
        'X-Rewrite-URL': '/',
    }
    assert (await visitor.get('/open', headers=claims)).json()['forwarded'] == []


async def test_a_short_body_arrives_whole_and_a_long_one_not_at_all(visitor: httpx.AsyncClient) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _part in range(3):
            yield b'ab'

    own = {'Origin': 'http://box:8080'}
    assert (await visitor.post('/open', headers=own, content=parts())).json()['body'] == 'ababab'
    assert (await visitor.post('/open', headers=own, content=b'x' * 65_537)).status_code == 413
    assert (await visitor.post('/open', headers=own, content=b'x' * 65_536)).status_code == 200


@pytest.mark.parametrize(
    ('path', 'status', 'words'),
    [
        ('/not-allowed', 403, '権限がありません'),
        ('/full', 503, '紙に記入してください'),
        ('/broken', 500, 'Internal Server Error'),
    ],
)
async def test_what_goes_wrong_inside_is_answered_with_the_same_headers(
    visitor: httpx.AsyncClient, path: str, status: int, words: str
) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == status
    assert words in answer.text
    assert "default-src 'self'" in answer.headers['content-security-policy']
    assert answer.headers['cache-control'] == 'no-store'


async def test_while_the_box_is_not_open_nothing_is_accepted() -> None:
    async with browser(None) as visitor:
        assert (await visitor.get('/open')).json()['who'] == 'Nobody'
        answer = await visitor.post('/open', headers={'Origin': 'http://box:8080'})
        assert answer.status_code == 503
        assert '紙に記入してください' in answer.text
        assert (await visitor.get('/api/v1/data')).json()['error']['code'] == 'cannot_record'


async def test_over_https_browsers_are_told_to_stay_there(box: Box) -> None:
    async with browser(box.access, secure=True) as visitor:
        headers = (await visitor.get('/open')).headers
        assert 'max-age=31536000' in headers['strict-transport-security']
        assert "connect-src 'self' wss://box:8080;" in headers['content-security-policy']


async def test_a_host_header_cannot_write_into_the_policy(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get('/open', headers={'Host': 'x; script-src *'})
    assert 'script-src *' not in answer.headers['content-security-policy']
