"""A fake LINE Platform on a real socket: push and multicast of the Messaging API as LINE documents them."""

import asyncio
import re
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

TOKEN = 'line-token'
USER = re.compile(r'U[0-9a-f]{32}')
RETRY_KEY = re.compile(r'[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}')
MOST_RECEIVERS, MOST_TEXT = 500, 5000


class Fault(StrEnum):
    """What goes wrong with the next request."""

    TOO_MANY = 'too_many'
    MONTH_FULL = 'month_full'
    SERVER_ERROR = 'server_error'
    SLOW = 'slow'
    TRUNCATED = 'truncated'
    """The message is taken, and the answer breaks off."""
    FORBIDDEN = 'forbidden'
    NOT_FOUND = 'not_found'
    LOST_ANSWER = 'lost_answer'
    """The message is taken, and the answer is 500."""


@dataclass(slots=True)
class LineStore:
    """What LINE has taken, and what will go wrong."""

    faults: deque[Fault] = field(default_factory=deque)
    unknown_users: set[str] = field(default_factory=set)
    """A request that names one of them is a bad one."""
    taken: list[tuple[str, str]] = field(default_factory=list)
    """User and text, once for each that LINE would show."""
    keys: dict[str, str] = field(default_factory=dict)
    """Accepted request ids by retry key."""
    requests: list[tuple[str, str, int]] = field(default_factory=list)
    """Call, retry key and number of receivers of everything that was asked."""
    retry_after: str = ''
    slow_seconds: float = 5.0

    def texts_of(self, user: str) -> list[str]:
        """What one user sees."""
        return [text for one, text in self.taken if one == user]


class LineProblem(Exception):
    """A refusal in LINE's form."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


@contextmanager
def running(store: LineStore, port: int = 0) -> Iterator[str]:
    """Serve in a thread; gives the address for `base_url`."""
    with socket.create_server(('127.0.0.1', port)) as listener:
        server = uvicorn.Server(uvicorn.Config(asgi(store), log_level='critical', lifespan='off'))
        thread = threading.Thread(target=lambda: server.run(sockets=[listener]), name='fake LINE')
        thread.start()
        try:
            yield f'http://127.0.0.1:{listener.getsockname()[1]}'
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


def asgi(store: LineStore) -> Starlette:
    """The two calls."""

    async def push(request: Request) -> Response:
        body = await request.json()
        return await _take(store, request, 'push', body, [body.get('to')])

    async def multicast(request: Request) -> Response:
        body = await request.json()
        return await _take(store, request, 'multicast', body, body.get('to'))

    routes = [
        Route('/v2/bot/message/push', push, methods=['POST']),
        Route('/v2/bot/message/multicast', multicast, methods=['POST']),
    ]
    return Starlette(routes=routes, exception_handlers={LineProblem: _refuse})


async def _take(store: LineStore, request: Request, call: str, body: dict[str, Any], to: Any) -> Response:
    key = request.headers.get('X-Line-Retry-Key', '')
    store.requests.append((call, key, len(to) if isinstance(to, list) else 0))
    if request.headers.get('Authorization') != f'Bearer {TOKEN}':
        raise LineProblem(
            401, 'Authentication failed. Confirm that the access token in the authorization header is valid.'
        )
    fault = store.faults.popleft() if store.faults else None
    await _trouble(store, fault)
    if key and not RETRY_KEY.fullmatch(key):
        raise LineProblem(400, 'The retry key is invalid format')
    if key in store.keys:
        headers = {'X-Line-Accepted-Request-Id': store.keys[key]}
        raise LineProblem(409, 'The retry key is already accepted', headers)
    text = _checked(store, body, to)
    store.taken.extend((user, text) for user in to)
    store.keys[key] = f'request-{len(store.keys)}'
    if fault is Fault.LOST_ANSWER:
        raise LineProblem(500, 'Internal server error')
    if fault is Fault.TRUNCATED:
        return StreamingResponse(_broken_off(), headers={'Content-Length': '100'}, media_type='application/json')
    return JSONResponse({'sentMessages': [{'id': '461230966842064897'}]} if call == 'push' else {})


async def _trouble(store: LineStore, fault: Fault | None) -> None:
    headers = {'Retry-After': store.retry_after} if store.retry_after else {}
    match fault:
        case Fault.TOO_MANY:
            raise LineProblem(429, 'The API rate limit has been exceeded. Try again later.', headers)
        case Fault.MONTH_FULL:
            raise LineProblem(429, 'You have reached your monthly limit.')
        case Fault.SERVER_ERROR:
            raise LineProblem(500, 'Internal server error')
        case Fault.FORBIDDEN:
            raise LineProblem(403, 'Access to this API is not available for your account')
        case Fault.NOT_FOUND:
            raise LineProblem(404, 'Not found')
        case Fault.SLOW:
            await asyncio.sleep(store.slow_seconds)


def _checked(store: LineStore, body: dict[str, Any], to: Any) -> str:
    messages = body.get('messages')
    if not isinstance(to, list) or not 1 <= len(to) <= MOST_RECEIVERS:
        raise LineProblem(400, 'The request body has 1 error(s)')
    if not all(isinstance(user, str) and USER.fullmatch(user) and user not in store.unknown_users for user in to):
        raise LineProblem(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
    if not isinstance(messages, list) or not 1 <= len(messages) <= 5 or messages[0].get('type') != 'text':
        raise LineProblem(400, 'The request body has 1 error(s)')
    text = messages[0]['text']
    if not 1 <= len(text.encode('utf-16-le')) // 2 <= MOST_TEXT:
        raise LineProblem(400, 'The request body has 1 error(s)')
    return str(text)


async def _broken_off() -> Any:
    yield b'{"sentMess'


async def _refuse(_request: Request, problem: Exception) -> Response:
    assert isinstance(problem, LineProblem)
    return JSONResponse({'message': problem.message}, problem.status, headers=problem.headers)
