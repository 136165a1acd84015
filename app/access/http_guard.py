"""The gate in front of every path of the box: who asks, may they, and what the browser is told."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.answers import answer
from app.access.asked import Asked, read_scope, without_forwarding
from app.access.cookies import Cookies
from app.access.judgement import Credentials, Refusal, Rules, judge
from app.access.policies import Audience, Policies, Policy, policies
from app.access.principals import DeskPrincipal, NotAllowed, Principal, StaffPrincipal, acting_as
from app.access.security_headers import add_security_headers
from app.access.service import Access
from app.language import SOURCE_LANGUAGE, use_language
from app.storage.failures import StorageError

PRINCIPAL_KEY = 'machibako.principal'
POLICY_KEY = 'machibako.policy'
CREDENTIALS_KEY = 'machibako.credentials'
ACCESS_KEY = 'machibako.access'
REQUEST_REFUSED = 'access.request_refused'
POLICY_VIOLATION = 1008
_NOT_WORTH_A_NOTE = frozenset({Refusal.SIGN_IN_FIRST, Refusal.CHANGE_PASSWORD_FIRST, Refusal.CANNOT_RECORD})


class HttpGuard:
    """ASGI middleware; `access` answers None while the box is not open."""

    def __init__(
        self,
        app: ASGIApp,
        access: Callable[[], Access | None],
        rules: Rules,
        *,
        table: Policies = policies,
        language: str = SOURCE_LANGUAGE,
    ) -> None:
        self._app = app
        self._access = access
        self._rules = rules
        self._cookies = Cookies(rules.scheme == 'https')
        self._table = table
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, one web socket, or the lifespan."""
        if scope['type'] == 'lifespan':
            await self._app(scope, receive, send)
            return
        use_language(self._language)
        asked, policy = read_scope(scope), self._table.find(scope['path'])
        completing = self._completing(send, asked, policy)
        access = self._access()
        credentials = self._credentials(asked, access)
        verdict = judge(asked, policy, credentials, self._rules, is_open=access is not None)
        if isinstance(verdict, Refusal) or policy is None:
            refusal = verdict if isinstance(verdict, Refusal) else Refusal.NO_SUCH_PAGE
            note_refusal(refusal, asked, policy, access)
            await self._refuse(refusal, asked, scope, receive, completing)
            return
        if access is not None and policy.audience is Audience.STAFF and isinstance(verdict, StaffPrincipal):
            access.sessions.used(verdict.session)
        body = await _read(receive, policy.largest_body) if asked.changes_something else receive
        if body is None:
            note_refusal(Refusal.TOO_LARGE, asked, policy, access)
            await self._refuse(Refusal.TOO_LARGE, asked, scope, receive, completing)
            return
        known = {PRINCIPAL_KEY: verdict, POLICY_KEY: policy, CREDENTIALS_KEY: credentials, ACCESS_KEY: access}
        with acting_as(verdict):
            await self._app({**without_forwarding(scope), **known}, body, completing)

    def _credentials(self, asked: Asked, access: Access | None) -> Credentials:
        if access is None:
            return Credentials()
        session, desk = asked.cookies.get(self._cookies.session), asked.cookies.get(self._cookies.desk)
        return Credentials(
            staff=access.sessions.find(session) if session else None,
            tablet=access.enrolment.find(desk) if desk else None,
            program=access.api_tokens.find(asked.bearer) if asked.bearer else None,
        )

    @staticmethod
    async def _refuse(refusal: Refusal, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        if asked.is_socket:
            await send({'type': 'websocket.close', 'code': POLICY_VIOLATION})
            return
        await answer(refusal, asked)(scope, receive, send)

    def _completing(self, send: Send, asked: Asked, policy: Policy | None) -> Send:
        async def complete(message: Message) -> None:
            if message['type'] == 'http.response.start':
                headers = MutableHeaders(scope=message)
                is_cacheable = policy is not None and policy.is_cacheable and message['status'] < 400
                add_security_headers(headers, asked.host, secure=self._cookies.secure, is_cacheable=is_cacheable)
                self._stay_enrolled(headers, asked, policy, message['status'])
            await send(message)

        return complete

    def _stay_enrolled(self, headers: MutableHeaders, asked: Asked, policy: Policy | None, status: int) -> None:
        token = asked.cookies.get(self._cookies.desk)
        if token and policy is not None and policy.audience is Audience.DESK and status == 200:
            response = Response()
            self._cookies.keep_desk(response, token)
            headers.append('Set-Cookie', response.headers['set-cookie'])


def surround(application: Starlette, guard: Callable[[ASGIApp], ASGIApp]) -> None:
    """Put the guard around everything, also around middleware that is added later and the pages of last resort.

    What raises `NotAllowed` inside is answered 403, and what could not be stored 503.
    """
    application.add_exception_handler(NotAllowed, _not_allowed)
    application.add_exception_handler(StorageError, _cannot_record)
    build = application.build_middleware_stack

    def surrounded() -> ASGIApp:
        return guard(build())

    application.build_middleware_stack = surrounded  # type: ignore[method-assign]


def note_refusal(refusal: Refusal, asked: Asked, policy: Policy | None, access: Access | None) -> None:
    """Write a refused request into the security log, unless it is part of every day."""
    if access is not None and refusal not in _NOT_WORTH_A_NOTE:
        path = policy.path if policy else asked.path[:100]
        access.security_log.refused(REQUEST_REFUSED, asked.address, f'{refusal.value} {asked.method} {path}')


def carries(scope: Scope, principal: Principal) -> bool:
    """Whether the browser that opened this socket holds the cookie of the principal."""
    credentials: Credentials = scope.get(CREDENTIALS_KEY, Credentials())
    if isinstance(principal, StaffPrincipal):
        return credentials.staff is not None and credentials.staff.session == principal.session
    if isinstance(principal, DeskPrincipal):
        return credentials.tablet is not None and credentials.tablet.token == principal.token
    return True


async def _not_allowed(request: Request, _error: Exception) -> Response:
    asked, access = read_scope(request.scope), request.scope.get(ACCESS_KEY)
    note_refusal(Refusal.NOT_ALLOWED, asked, request.scope.get(POLICY_KEY), access)
    return answer(Refusal.NOT_ALLOWED, asked)


async def _cannot_record(request: Request, _error: Exception) -> Response:
    return answer(Refusal.CANNOT_RECORD, read_scope(request.scope))


async def _read(receive: Receive, largest: int) -> Receive | None:
    body, has_more = b'', True
    while has_more:
        message = await receive()
        if message['type'] != 'http.request':
            return _saying(message, receive)
        body += message.get('body', b'')
        has_more = message.get('more_body', False)
        if len(body) > largest:
            return None
    return _saying({'type': 'http.request', 'body': body, 'more_body': False}, receive)


def _saying(first: Message, then: Receive) -> Receive:
    waiting = [first]

    async def receive() -> Message:
        return waiting.pop() if waiting else await then()

    return receive
