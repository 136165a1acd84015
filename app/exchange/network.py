"""Batches over HTTPS, with a certificate on both sides."""

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import nullcontext
from hashlib import sha256
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.exchange.message import PATH, Answer, BadMessage, Batch, encode_answer, encode_batch, read_answer, read_batch
from app.exchange.receiver import OtherBox, Receiver
from app.exchange.refusals import PeerRefused, Refusal, refusal_in
from app.exchange.sender import PeerUnreachable, Sender
from app.journal.security_log import SecurityLog
from app.storage.failures import StorageError

LARGEST_BATCH = 16 * 1024 * 1024
TIMEOUTS = httpx.Timeout(15, connect=5)
CERTIFICATE = 'certificate'


class Handshake:
    """Whether a request made a connection of its own, and got through the handshake with it."""

    def __init__(self) -> None:
        self.is_done = False

    async def note(self, event: str, _details: Any) -> None:
        """Hear what httpcore does."""
        self.is_done = self.is_done or event == 'connection.start_tls.complete'


class HttpsCarrier:
    """Takes batches to the listener of one peer."""

    def __init__(self, url: str, context: ssl.SSLContext, timeouts: httpx.Timeout = TIMEOUTS) -> None:
        self._client = httpx.AsyncClient(verify=context, base_url=url, timeout=timeouts, trust_env=False)

    async def deliver(self, batch: Batch) -> Answer:
        """Deliver one batch; see `Carrier`."""
        handshake = Handshake()
        try:
            response = await self._client.post(PATH, content=encode_batch(batch), extensions={'trace': handshake.note})
        except httpx.ReadError as error:
            # TLS 1.3 lets the caller finish its handshake before the listener has looked at its certificate.
            if handshake.is_done:
                raise PeerRefused(Refusal.UNKNOWN_HERE, 'it hung up after the handshake') from error
            raise PeerUnreachable(str(error) or type(error).__name__) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            if refusal := refusal_in(error):
                raise PeerRefused(refusal, str(error)) from error
            raise PeerUnreachable(str(error) or type(error).__name__) from error
        if response.status_code == httpx.codes.CONFLICT:
            raise PeerRefused(Refusal.OTHER_BOX, 'it does not know this box under its certificate')
        if response.status_code >= 400:
            raise PeerUnreachable(f'HTTP {response.status_code}')
        return read_answer(response.content)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class Doorway:
    """What a peer reaches: one path, behind the handshake."""

    def __init__(self, receiver: Receiver, senders: Mapping[str, Sender], log: SecurityLog) -> None:
        self._receiver = receiver
        self._senders = senders
        self._log = log

    def application(self, peers: Mapping[bytes, str]) -> Starlette:
        """The application; `peers` gives the name to the SHA-256 of each pinned certificate."""

        async def lines(request: Request) -> Response:
            peer = peers.get(sha256(request.scope['state'][CERTIFICATE]).digest())
            if peer is None:
                return Response(status_code=403)
            return await self._take(peer, request)

        return Starlette(routes=[Route(PATH, lines, methods=['POST'])])

    async def _take(self, peer: str, request: Request) -> Response:
        try:
            answer = await self._receiver.receive(peer, read_batch(await _body(request)))
        except (BadMessage, ClientDisconnect) as error:
            self._log.refused('exchange.bad_message', peer, str(error))
            return Response(status_code=400)
        except OtherBox:
            self._log.refused('exchange.other_box', peer)
            return Response(status_code=409)
        except StorageError:
            return Response(status_code=503)
        if answer.fault:
            self._log.refused('exchange.line_not_taken', peer, str(answer.fault))
        self._senders[peer].wake()
        return JSONResponse(encode_answer(answer))


class Listener:
    """The HTTPS listener for boxes, apart from the one for tablets."""

    def __init__(self, application: Starlette, context: ssl.SSLContext) -> None:
        config = uvicorn.Config(
            application,
            http=PeerProtocol,
            ws='none',
            lifespan='off',
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=32,
            timeout_graceful_shutdown=1,
            ssl_context_factory=lambda _config, _default: context,
        )
        self._server = QuietServer(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port (0: any free one).

        Raises:
            OSError: the port is taken.
        """
        listening = socket()
        listening.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError:
            listening.close()
            raise
        taken: int = listening.getsockname()[1]
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]), name='exchange listener')
        return taken

    async def close(self) -> None:
        """Answer what came, and stop."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task


class QuietServer(uvicorn.Server):
    """A server beside another in one process: signals are the business of the other."""

    def capture_signals(self) -> Any:
        """Leave the signals as they are."""
        return nullcontext()


class PeerProtocol(H11Protocol):
    """HTTP/1.1 that tells the application which certificate the other side has proven."""

    def connection_made(self, transport: Any) -> None:
        """Note the certificate (DER) in the state of every request of this connection."""
        super().connection_made(transport)
        certificate = transport.get_extra_info('ssl_object').getpeercert(binary_form=True)
        self.app_state = {**self.app_state, CERTIFICATE: certificate}


async def _body(request: Request) -> bytes:
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > LARGEST_BATCH:
            raise BadMessage('too large')
    return bytes(content)
