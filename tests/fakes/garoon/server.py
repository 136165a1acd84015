"""The fake Garoon on a socket."""

import asyncio
import json
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.garoon.faults import Fault, Trouble
from tests.fakes.garoon.query import Refusal, chosen_events, page_of, with_fields
from tests.fakes.garoon.store import GaroonStore, Json

ROOTS = ('/g/api/v1', '/cgi-bin/cbgrn/grn.cgi/api/v1', '/scripts/cbgrn/grn.exe/api/v1')
TOKEN_PATH = '/oauth2/token'
LONGEST_NAME, LONGEST_VALUE = 128, 80_000
PLAIN_REFUSALS = {
    Fault.UNAUTHORIZED: Refusal(401, 'FW00007', 'Cannot log in.'),
    Fault.FORBIDDEN: Refusal(403, 'GRN_CMMN_00005', 'You cannot perform this operation.'),
    Fault.SERVER_ERROR: Refusal(500, '', ''),
    Fault.CLOSED_ACCOUNT: Refusal(502, 'SLASH_LO02', 'Invalid login name or password.'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """A server that lets in who shows one of these certificates; all are PEM files."""

    certificate: Path
    key: Path
    clients: Path


@contextmanager
def running(store: GaroonStore, port: int = 0, tls: Tls | None = None) -> Iterator[str]:
    """Serve in a thread; gives the address as somebody would write it into `base_url`."""
    with socket.create_server(('127.0.0.1', port)) as listener:
        config = uvicorn.Config(asgi(store), log_level='critical', lifespan='off', **_options(tls))
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: server.run(sockets=[listener]), name='fake Garoon')
        thread.start()
        try:
            yield f'{"https" if tls else "http"}://127.0.0.1:{listener.getsockname()[1]}/g'
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


def _options(tls: Tls | None) -> dict[str, Any]:
    if tls is None:
        return {}
    return {
        'ssl_certfile': tls.certificate,
        'ssl_keyfile': tls.key,
        'ssl_ca_certs': str(tls.clients),
        'ssl_cert_reqs': ssl.CERT_REQUIRED,
    }


def asgi(store: GaroonStore) -> Starlette:
    """The interface under the paths of cloud, Linux and Windows."""
    handlers = Handlers(store)
    routes = [
        Route(f'{root}{path}', handler, methods=methods)
        for root in ROOTS
        for path, methods, handler in (
            ('/schedule/events', ['GET'], handlers.events),
            ('/schedule/events/{event}', ['GET'], handlers.event),
            ('/schedule/events/{event}/datastore/{name}', ['GET', 'POST', 'PUT', 'DELETE'], handlers.datastore),
            ('/schedule/facilities', ['GET'], handlers.facilities),
            ('/schedule/facilityGroups', ['GET'], handlers.groups),
            ('/schedule/facilityGroups/{group}/facilities', ['GET'], handlers.facilities),
        )
    ]
    if store.oauth:
        routes.append(Route(TOKEN_PATH, store.oauth.token, methods=['POST']))
    app = Starlette(routes=routes, exception_handlers={Refusal: refuse, 404: unknown_path, 405: unknown_method})
    app.add_middleware(BaseHTTPMiddleware, dispatch=handlers.gate)
    return app


class Handlers:
    """One method for each call."""

    def __init__(self, store: GaroonStore) -> None:
        self.store = store

    async def gate(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Troubles first, then both locks."""
        self.store.requests.append(f'{request.method} {request.url.path}?{request.url.query}')
        trouble = self.store.troubles.next_for(request.url.path)
        if trouble and trouble.fault is Fault.SLOW:
            await asyncio.sleep(trouble.seconds)
        elif trouble:
            return troubled(trouble)
        if self.store.oauth:
            is_let_in = request.url.path == TOKEN_PATH or self.store.oauth.lets_in(request)
            return await call_next(request) if is_let_in else Response(status_code=401)
        if self.store.basic and request.headers.get('Authorization') != f'Basic {_base64(*self.store.basic)}':
            return HTMLResponse('<h1>401 Authorization Required</h1>', 401)
        given = request.headers.get('X-Cybozu-Authorization')
        if given is None:
            return refusal_body(Refusal(401, 'GRN_REST_API_00003', 'Authentication failed.'))
        if given != _base64(self.store.login, self.store.password):
            return refusal_body(Refusal(401, 'FW00007', 'Cannot log in.'))
        return await call_next(request)

    async def events(self, request: Request) -> Response:
        """The list."""
        query = dict(request.query_params)
        return self._page(request, 'events', with_fields(chosen_events(self.store, query), query))

    async def event(self, request: Request) -> Response:
        """One event."""
        return JSONResponse(self._event(request))

    async def facilities(self, request: Request) -> Response:
        """All, or those of a group."""
        if request.path_params.get('group', self.store.GROUP_ID) != self.store.GROUP_ID:
            raise Refusal(404, 'GRN_SCHD_13203', 'Cannot find the specified facility group.')
        visible = [each for each in self.store.facilities if each['id'] not in self.store.hidden_facilities]
        wanted = request.query_params.get('name', '')
        return self._page(request, 'facilities', [each for each in visible if wanted in each['name']])

    async def groups(self, request: Request) -> Response:
        """One group: the cars."""
        group = {'id': self.store.GROUP_ID, 'name': '共用車', 'code': 'cars', 'notes': ''}
        return self._page(
            request, 'facilityGroups', [{**group, 'parentFacilityGroup': None, 'childFacilityGroups': []}]
        )

    async def datastore(self, request: Request) -> Response:
        """A value that is kept with an event: POST adds, PUT replaces."""
        key = (str(self._event(request)['id']), str(request.path_params['name']))
        if len(key[1]) > LONGEST_NAME:
            raise Refusal(400, 'GRN_REST_API_00209', 'Input exceeds the maximum number of characters.')
        if (request.method == 'POST') == (key in self.store.datastore):
            raise Refusal(
                400, 'GRN_REST_API_00206', 'The object specified in name does not exist, or it exists already.'
            )
        if request.method == 'DELETE':
            del self.store.datastore[key]
            return Response(status_code=204)
        if request.method in ('POST', 'PUT'):
            self.store.datastore[key] = await _value(request)
        return JSONResponse({'value': self.store.datastore[key]})

    def _event(self, request: Request) -> Json:
        for event in self.store.events:
            if event['id'] == request.path_params['event']:
                return event
        raise Refusal(404, 'GRN_SCHD_13001', 'Cannot find the appointment.')

    def _page(self, request: Request, name: str, items: list[Json]) -> Response:
        limit, offset = page_of(dict(request.query_params))
        has_next = offset + limit < len(items)
        answer = {name: items[offset : offset + limit]} | ({'hasNext': has_next} if self.store.tells_has_next else {})
        response = JSONResponse(answer)
        if has_next and self.store.between_pages:
            self.store.between_pages()
        return response


def troubled(trouble: Trouble) -> Response:
    """An answer that is not the one that was asked for."""
    if trouble.fault in PLAIN_REFUSALS:
        return refusal_body(PLAIN_REFUSALS[trouble.fault])
    if trouble.fault is Fault.TOO_MANY:
        headers = {'Retry-After': trouble.retry_after} if trouble.retry_after else {}
        return refusal_body(Refusal(429, 'GRN_REST_API_00104', 'The request failed.'), headers)
    if trouble.fault is Fault.LOGIN_PAGE:
        return RedirectResponse('/login?redirect=%2Fg%2F', 302)
    if trouble.fault is Fault.GARBAGE:
        return HTMLResponse('<html><title>ログイン</title></html>')
    return StreamingResponse(_cut_off(), media_type='application/json', headers={'Content-Length': '5000'})


async def refuse(_request: Request, refusal: Exception) -> Response:
    """A refusal that a handler raised."""
    assert isinstance(refusal, Refusal)
    return refusal_body(refusal)


async def unknown_path(_request: Request, _error: Exception) -> Response:
    """Garoon answers 400 to a path that it does not know."""
    return refusal_body(Refusal(400, 'GRN_REST_API_00101', 'Invalid input.'))


async def unknown_method(_request: Request, _error: Exception) -> Response:
    """A method that the path does not take."""
    return refusal_body(Refusal(405, 'GRN_REST_API_00102', 'Invalid input.'))


def refusal_body(refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
    """The documented error object; a fault from deep inside has none."""
    if not refusal.code:
        return HTMLResponse('<h1>Internal Server Error</h1>', refusal.status)
    error = {'errorCode': refusal.code, 'message': refusal.message, 'cause': '', 'counterMeasure': ''}
    body = {'error': {**error, 'developerInfo': '', 'backtrace': ''}}
    return JSONResponse(body, refusal.status, headers)


async def _cut_off() -> AsyncIterator[bytes]:
    yield b'{"events": [{"id": "1", '


async def _value(request: Request) -> Json:
    if request.headers.get('Content-Type', '').split(';')[0] != 'application/json':
        raise Refusal(415, 'GRN_REST_API_00103', 'Invalid header.')
    try:
        value = json.loads(await request.body())['value']
    except (ValueError, KeyError, TypeError):
        raise Refusal(400, 'GRN_REST_API_00105', 'The request body is invalid.') from None
    if len(json.dumps(value, ensure_ascii=False)) > LONGEST_VALUE:
        raise Refusal(400, 'GRN_REST_API_00209', 'Input exceeds the maximum number of characters.')
    return value


def _base64(login: str, password: str) -> str:
    return b64encode(f'{login}:{password}'.encode()).decode('ascii')
