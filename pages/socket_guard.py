"""The gate in front of every message that a browser sends over NiceGUI's web socket.

NiceGUI asks only for the id of a client. Here each message must come over the socket that was opened for this client,
by the browser that holds its cookie, and the session or tablet must still count.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from nicegui import Client, background_tasks, core
from socketio.exceptions import ConnectionRefusedError as SocketRefused

from app.access.answers import SIGN_IN_PATH
from app.access.enrolment import DESK_TOKEN_REVOKED
from app.access.http_guard import carries
from app.access.judgement import may_still
from app.access.policies import Audience
from app.access.principals import NOBODY, DeskPrincipal, Principal, StaffPrincipal, acting_as
from app.access.service import Access
from app.access.sessions import SESSION_ENDED
from app.language import use_language
from app.runtime import Condition
from pages.guarded import policy_of, principal_of
from pages.socket_messages import Allowance, is_ack, is_event, is_javascript_response, is_log, printable

KIOSK_PATH = '/kiosk'
SECONDS_TO_LEAVE = 1.0
LARGEST_FRAME = 262_144
SOCKET_REFUSED = 'access.socket_refused'
SHAPES: dict[str, Callable[[dict[str, Any]], bool]] = {
    'event': is_event,
    'javascript_response': is_javascript_response,
    'ack': is_ack,
    'log': is_log,
}
RELOAD = 'Implicit handshake failed'
"""At these words NiceGUI's script loads the page anew."""
Handler = Callable[..., Any]


@dataclass(slots=True)
class _Socket:
    client: str
    address: str
    events: Allowance = field(default_factory=lambda: Allowance(capacity=200, per_second=50))
    logs: Allowance = field(default_factory=lambda: Allowance(capacity=10, per_second=0.2))


def install(condition: Condition) -> 'SocketGuard':
    """Put the guard in front of NiceGUI's handlers; call once, before the server starts."""
    guard = SocketGuard(condition.access, condition.settings.server.language)
    guard.install()
    return guard


class SocketGuard:
    """Lets a message through when the page it comes from may still be used."""

    def __init__(self, access: Callable[[], Access | None], language: str) -> None:
        self._access = access
        self._language = language
        self._sockets: dict[str, _Socket] = {}
        self._handlers: dict[str, Handler] = {}

    def install(self) -> None:
        """Replace every handler; one that is not known here is refused."""
        self._handlers = dict(core.sio.handlers['/'])
        for name in self._handlers:
            core.sio.on(name, self._refusing(name))
        core.sio.on('connect', self.connect)
        core.sio.on('handshake', self.handshake)
        core.sio.on('disconnect', self.disconnect)
        for name in SHAPES:
            core.sio.on(name, self._checking(name))
        core.sio.eio.max_http_buffer_size = LARGEST_FRAME
        SESSION_ENDED.listen(self._session_ended)
        DESK_TOKEN_REVOKED.listen(self._tablet_revoked)

    async def connect(self, sid: str, environ: dict[str, Any], _authentication: Any = None) -> None:
        """A browser opened a socket, usually naming its client at once."""
        query = {name: values[0] for name, values in parse_qs(environ.get('QUERY_STRING', '')).items()}
        if query.get('implicit_handshake') == 'true':
            self._admit(sid, query.get('client_id', ''), environ)
        use_language(self._language)
        try:
            await self._handlers['connect'](sid, environ)
        except SocketRefused:
            self._sockets.pop(sid, None)
            raise

    async def handshake(self, sid: str, message: Any) -> bool:
        """A browser names the client to which its socket belongs."""
        if not isinstance(message, dict) or not isinstance(message.get('client_id'), str):
            return False
        try:
            self._admit(sid, message['client_id'], core.sio.get_environ(sid) or {})
        except SocketRefused:
            return False
        use_language(self._language)
        is_accepted = bool(await self._handlers['handshake'](sid, message))
        if not is_accepted:
            self._sockets.pop(sid, None)
        return is_accepted

    def disconnect(self, sid: str, *_reason: Any) -> None:
        """A socket was closed by either side."""
        self._sockets.pop(sid, None)
        self._handlers['disconnect'](sid)

    def _checking(self, name: str) -> Handler:
        def check(sid: str, message: Any) -> None:
            socket = self._sockets.get(sid)
            client = Client.instances.get(socket.client) if socket else None
            if socket is None or client is None:
                self._drop(sid, name, 'no client')
                return
            if not isinstance(message, dict) or message.get('client_id') != client.id or not SHAPES[name](message):
                self._note(socket, f'{name} malformed')
                return
            if not self._may_still(client):
                self._refuse_the_late(name, socket, client)
                return
            if self._is_too_often(name, socket):
                return
            self._pass_on(name, sid, client, message)

        return check

    def _refuse_the_late(self, name: str, socket: _Socket, client: Client) -> None:
        if name == 'event':
            self._note(socket, 'event after the end')
            is_tablet = isinstance(principal_of(client), DeskPrincipal)
            self._send_away(client, KIOSK_PATH if is_tablet else SIGN_IN_PATH)

    def _pass_on(self, name: str, sid: str, client: Client, message: dict[str, Any]) -> None:
        principal = self._present_principal(client)
        access = self._access()
        if access is not None and name == 'event' and isinstance(principal, StaffPrincipal):
            access.sessions.used(principal.session)
        use_language(self._language)
        with acting_as(principal):
            self._handlers[name](sid, printable(message) if name == 'log' else message)

    def _refusing(self, name: str) -> Handler:
        def refuse(sid: str, *_message: Any) -> None:
            self._drop(sid, name, 'unknown message')

        return refuse

    def _admit(self, sid: str, client_id: str, environ: dict[str, Any]) -> None:
        client = Client.instances.get(client_id)
        scope = environ.get('asgi.scope', {})
        address = (scope.get('client') or ('unknown', 0))[0]
        if client is None:
            raise SocketRefused(RELOAD)
        is_known = self._is_public(client) or carries(scope, principal_of(client))
        if sid in self._sockets or not is_known or not self._may_still(client, opening=True):
            self._note(_Socket(client_id, address), 'connect')
            raise SocketRefused(RELOAD)
        self._sockets[sid] = _Socket(client_id, address)

    def _may_still(self, client: Client, *, opening: bool = False) -> bool:
        policy, principal, access = policy_of(client), principal_of(client), self._access()
        if policy is None:
            return False
        if access is None:
            return opening and principal == NOBODY and policy.audience in (Audience.PUBLIC, Audience.DESK)
        if policy.audience is Audience.PUBLIC:
            return True
        return access.is_live(principal) and may_still(principal, policy)

    def _present_principal(self, client: Client) -> Principal:
        principal, access = principal_of(client), self._access()
        return principal if access is not None and access.is_live(principal) else NOBODY

    def _is_too_often(self, name: str, socket: _Socket) -> bool:
        if name not in ('event', 'log'):
            return False
        is_allowed = socket.events.take() if name == 'event' else socket.logs.take()
        if not is_allowed:
            self._note(socket, f'{name} too often')
        return not is_allowed

    @staticmethod
    def _is_public(client: Client) -> bool:
        policy = policy_of(client)
        return policy is not None and policy.audience is Audience.PUBLIC

    def _session_ended(self, session: UUID) -> None:
        for client in list(Client.instances.values()):
            principal = principal_of(client)
            if isinstance(principal, StaffPrincipal) and principal.session == session and not self._is_public(client):
                self._send_away(client, SIGN_IN_PATH)

    def _tablet_revoked(self, token: UUID) -> None:
        for client in list(Client.instances.values()):
            principal = principal_of(client)
            if isinstance(principal, DeskPrincipal) and principal.token == token:
                self._send_away(client, KIOSK_PATH)

    def _send_away(self, client: Client, path: str) -> None:
        client.outbox.message_history.clear()
        client.open(path)
        background_tasks.create(self._close_soon(client), name=f'send away {client.id}')

    async def _close_soon(self, client: Client) -> None:
        await asyncio.sleep(SECONDS_TO_LEAVE)
        for sid in [sid for sid, socket in self._sockets.items() if socket.client == client.id]:
            await close_socket(sid)
        if client.id in Client.instances:
            client.delete()

    def _drop(self, sid: str, name: str, reason: str) -> None:
        self._note(self._sockets.get(sid) or _Socket('', 'unknown'), f'{name} {reason}')
        closing: Awaitable[None] = close_socket(sid)
        background_tasks.create(closing, name=f'drop socket {sid}')

    def _note(self, socket: _Socket, detail: str) -> None:
        access = self._access()
        if access is not None:
            access.security_log.refused(SOCKET_REFUSED, socket.address, detail)


async def close_socket(sid: str) -> None:
    """Cut the connection: the browser tries again, is refused, and loads the page anew, past the HTTP guard."""
    transport = core.sio.manager.eio_sid_from_sid(sid, '/')
    connection = core.sio.eio.sockets.get(transport)
    if connection is not None:
        await core.sio.eio.disconnect(transport)
        # Without an end of its queue, engine.io leaves the web socket open until the browser misses two pings.
        await connection.queue.put(None)
