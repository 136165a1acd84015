"""Pages opened as a browser opens them, without one: the HTML, then the web socket with everything that is pushed."""

import asyncio
import re
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import socketio

CLIENT = re.compile(r'["\']client_id["\']\s*:\s*["\']([0-9a-f-]{36})')
ACKNOWLEDGE_EVERY = 10
Pushed = Callable[[float, dict[str, Any]], None]


class BrowserlessPage:
    """One open page. `pushed` is called with the monotonic second and the elements of each update."""

    def __init__(self, address: str, cookies: dict[str, str], pushed: Pushed = lambda _at, _elements: None) -> None:
        self._address = address
        self._cookies = cookies
        self._pushed = pushed
        self._client = ''
        self._socket = socketio.AsyncClient(reconnection=False)
        self._socket.on('update', self._updated)

    async def open(self, path: str) -> None:
        """Load the page and connect its socket.

        Raises:
            RuntimeError: the answer is no page.
        """
        async with httpx.AsyncClient(cookies=self._cookies, timeout=30) as http:
            answer = await http.get(f'{self._address}{path}')
        found = CLIENT.search(answer.text.replace('&quot;', '"'))
        if not answer.is_success or found is None:
            raise RuntimeError(f'{path} answered {answer.status_code} and no page')
        self._client = found[1]
        query = {
            'client_id': self._client,
            'next_message_id': 0,
            'implicit_handshake': 'true',
            'document_id': str(uuid.uuid4()),
            'tab_id': str(uuid.uuid4()),
        }
        headers = {'Origin': self._address, 'Cookie': '; '.join(f'{k}={v}' for k, v in self._cookies.items())}
        await self._socket.connect(
            f'{self._address}?{urlencode(query)}',
            headers=headers,
            transports=['websocket'],
            socketio_path='/_nicegui_ws/socket.io',
        )

    async def close(self) -> None:
        """Leave the page."""
        await self._socket.disconnect()

    async def _updated(self, elements: dict[str, Any]) -> None:
        at = time.monotonic()
        message = int(elements.pop('_id', 0))
        self._pushed(at, elements)
        if message % ACKNOWLEDGE_EVERY == 0:
            await self._socket.emit('ack', {'client_id': self._client, 'next_message_id': message + 1})


async def open_all(pages: list[BrowserlessPage], path: str) -> None:
    """Open pages a few at a time."""
    few = asyncio.Semaphore(4)

    async def open_one(page: BrowserlessPage) -> None:
        async with few:
            await page.open(path)

    await asyncio.gather(*map(open_one, pages))
