"""The small guarded site in a child process, and browsers without a screen that visit it."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio

from tests.chromium import browser, start_pages
from tests.pages.access.guarded_site import PASSWORD

__all__ = ['browser']

WAIT_SECONDS = 15


@dataclass(slots=True)
class Visitor:
    """Cookies, requests and sockets of one browser."""

    address: str
    http: httpx.AsyncClient
    sockets: list[socketio.AsyncClient] = field(default_factory=list)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page."""
        return await self.http.get(path, headers=headers)

    async def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> httpx.Response:
        """Send a form, as a page of the site does."""
        return await self.http.post(path, data=fields or {}, headers={'Origin': self.address, **headers})

    async def sign_in(self, number: str, password: str = PASSWORD) -> httpx.Response:
        """Sign in by number and password."""
        return await self.post('/sign-in', {'number': number, 'password': password})

    async def enrol(self) -> None:
        """Become a tablet."""
        code = (await self.get('/script/code')).json()
        assert (await self.get(f'/enrol/{code}')).status_code == 303

    async def open_page(self, path: str) -> str:
        """Load a page; the id of its client."""
        answer = await self.get(path)
        assert answer.status_code == 200, answer.text
        found = re.search(r'"client_id": ?"([0-9a-f-]+)"|client_id[\'"]?: ?[\'"]([0-9a-f-]+)', answer.text)
        assert found is not None
        return found.group(1) or found.group(2)

    async def connect(self, client: str, **headers: str) -> socketio.AsyncClient:
        """Open the socket of a client.

        Raises:
            socketio.exceptions.ConnectionError: it was refused.
        """
        tab = str(uuid.uuid4())
        query = f'client_id={client}&implicit_handshake=true&next_message_id=0&tab_id={tab}&document_id={tab}'
        cookies = '; '.join(f'{cookie.name}={cookie.value}' for cookie in self.http.cookies.jar)
        sent = {'Origin': self.address, 'Cookie': cookies, **headers}
        socket = socketio.AsyncClient(reconnection=False)
        self.sockets.append(socket)
        await socket.connect(
            f'{self.address}?{query}',
            headers={name: value for name, value in sent.items() if value},
            transports=['websocket'],
            socketio_path='/_nicegui_ws/socket.io',
            wait_timeout=10,
        )
        return socket

    async def press(self, socket: socketio.AsyncClient, client: str, button: str, **changed: Any) -> None:
        """Send the event of a button."""
        ids = (await self.get(f'/script/buttons/{client}')).json()[button]
        await socket.emit('event', {'client_id': client, 'args': [], **ids, **changed})

    async def state(self) -> dict[str, Any]:
        """What the site has seen."""
        state: dict[str, Any] = (await self.get('/script/state')).json()
        return state

    async def until(self, is_so: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until the site has seen something."""
        async with asyncio.timeout(WAIT_SECONDS):
            while not is_so(await self.state()):  # noqa: ASYNC110 - the site is another process
                await asyncio.sleep(0.05)

    async def until_dropped(self, socket: socketio.AsyncClient) -> None:
        """Wait until the site has cut this socket."""
        async with asyncio.timeout(WAIT_SECONDS):
            await socket.wait()

    async def until_pressed(self, button: str, times: int) -> None:
        """Wait until this button was pressed so often."""
        await self.until(lambda state: len(state['presses'][button]) >= times)

    async def presses(self, button: str) -> list[str]:
        """Who pressed this button so far."""
        presses: list[str] = (await self.state())['presses'][button]
        return presses

    async def leave(self) -> None:
        """Close everything."""
        for socket in self.sockets:
            await socket.disconnect()
        await self.http.aclose()


@pytest.fixture(scope='session')
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the one child process of this folder."""
    script = Path(__file__).with_name('guarded_site.py')
    address, process = start_pages(script, tmp_path_factory.mktemp('site'), ready='/script/state')
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture
async def visitor(site: str) -> AsyncIterator[Visitor]:
    """A browser that nobody knows."""
    someone = Visitor(site, httpx.AsyncClient(base_url=site, timeout=20))
    yield someone
    await someone.leave()


@pytest.fixture
async def other(site: str) -> AsyncIterator[Visitor]:
    """Another browser."""
    someone = Visitor(site, httpx.AsyncClient(base_url=site, timeout=20))
    yield someone
    await someone.leave()
