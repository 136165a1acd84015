import asyncio
import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

Answer = Callable[['Request'], Awaitable[None]]
BOUNDARY = 'frame'


class Request:
    """One request to the fake camera, and the line to answer on."""

    def __init__(self, head: str, writer: asyncio.StreamWriter) -> None:
        self.head = head
        self._writer = writer

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    async def answer(self, status: str, content_type: str, body: bytes, length: int | None = None) -> None:
        lines = [f'HTTP/1.1 {status}', f'Content-Type: {content_type}', 'Connection: close']
        lines.append(f'Content-Length: {len(body) if length is None else length}')
        await self.send('\r\n'.join(lines).encode() + b'\r\n\r\n' + body)

    async def begin_stream(self) -> None:
        kind = f'multipart/x-mixed-replace; boundary={BOUNDARY}'
        await self.send(f'HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n'.encode())

    async def part(self, picture: bytes) -> None:
        head = f'--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n'
        await self.send(head.encode() + picture + b'\r\n')


class FakeCamera:
    """A network camera on a real socket of this machine; `answer` is what it does with each request."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.heads: list[str] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._at_work: set[asyncio.Task] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, '127.0.0.1', self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._at_work.add(task)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b'\r\n\r\n')).decode()
            self.heads.append(head)
            await self.answer(Request(head, writer))
        writer.close()
        self._at_work.discard(task)


def with_basic(user: str, password: str, answer: Answer) -> Answer:
    """Ask for a password in the Basic way (RFC 7617)."""
    secret = base64.b64encode(f'{user}:{password}'.encode()).decode()

    async def asking(request: Request) -> None:
        if f'authorization: Basic {secret}' in request.head or f'Authorization: Basic {secret}' in request.head:
            await answer(request)
        else:
            await _refuse(request, 'Basic realm="camera"')

    return asking


def with_digest(user: str, password: str, answer: Answer) -> Answer:
    """Ask for a password in the Digest way (RFC 7616, MD5)."""
    nonce = 'dcd98b7102dd2f0e8b11d0f600bfb0c0'

    async def asking(request: Request) -> None:
        given = dict(re.findall(r'(\w+)="?([^",\s]+)"?', request.head.partition('Digest')[2]))
        method, target = request.head.split(' ')[:2]
        first = _md5(f'{user}:camera:{password}')
        second = _md5(f'{method}:{target}')
        middle = ':'.join(given.get(key, '') for key in ('nc', 'cnonce', 'qop'))
        if given.get('response') == _md5(f'{first}:{nonce}:{middle}:{second}'):
            await answer(request)
        else:
            await _refuse(request, f'Digest realm="camera", nonce="{nonce}", qop="auth", algorithm=MD5')

    return asking


async def _refuse(request: Request, challenge: str) -> None:
    head = (
        f'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: {challenge}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
    )
    await request.send(head.encode())


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
