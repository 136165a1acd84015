"""The socket on which a running box takes commands: one request each, JSON lines both ways, the exit code last."""

import asyncio
import json
import logging
import os
import socket
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import FAILED
from app.commands.registry import COMMANDS, perform
from app.commands.terminal import FileNotTaken
from app.language import _, use_language
from app.storage.layout import DataDirectory

if TYPE_CHECKING:
    from app.runtime import Box

LARGEST_REQUEST = 32_000_000
log = logging.getLogger(__name__)


class LocalSocket:
    """Answers commands until it is closed."""

    def __init__(self, box: 'Box') -> None:
        self._box = box
        self._server: asyncio.Server | None = None
        self._answering: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Take commands from now on; only the owner of the data directory can give them."""
        listener = _listen(self._box.directory)
        self._server = await asyncio.start_unix_server(self._answer, sock=listener, limit=LARGEST_REQUEST)

    async def close(self) -> None:
        """Take no more commands, and withdraw those that wait for a person."""
        if self._server is not None:
            self._server.close()
            self._box.directory.socket.unlink(missing_ok=True)
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - asyncio runs this in a task
        self._answering.add(task)
        try:
            await _Conversation(self._box, reader, writer).hold()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self._answering.discard(task)
            writer.close()


async def serve(box: 'Box') -> LocalSocket:
    """Let the command line speak to this box."""
    server = LocalSocket(box)
    await server.start()
    return server


class _Conversation:
    """One command; also its terminal, which is at the other end of the socket."""

    def __init__(self, box: 'Box', reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._box = box
        self._reader = reader
        self._writer = writer
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def hold(self) -> None:
        """Greet, read the request, carry it out, and say how it ended."""
        self._send({'ready': True})
        try:
            request = json.loads(await self._reader.readline())
        except ValueError:
            return
        if not request:
            return
        carrying_out = asyncio.create_task(self._carry_out(request))
        listening = asyncio.create_task(self._listen())
        try:
            await asyncio.wait([carrying_out, listening], return_when=asyncio.FIRST_COMPLETED)
        finally:
            carrying_out.cancel()
            listening.cancel()
            await asyncio.gather(carrying_out, listening, return_exceptions=True)

    def out(self, text: str) -> None:
        """Send a line of the result."""
        self._send({'out': text})

    def note(self, text: str) -> None:
        """Send a line that explains."""
        self._send({'note': text})

    async def ask_pin(self, prompt: str) -> str | None:
        """Let the person at the other end type a PIN."""
        self._send({'ask_pin': prompt})
        pin = (await self._answers.get()).get('pin')
        return str(pin) if pin is not None else None

    async def take_file(self, file: Path, target: str) -> str:
        """Let the other end copy the file: so it belongs to the caller, with the caller's permissions."""
        inside = str(file.relative_to(self._box.directory.root))
        self._send({'take_file': inside, 'target': target})
        answer = await self._answers.get()
        if 'sha256' not in answer:
            raise FileNotTaken(str(answer.get('failure', '')))
        return str(answer['sha256'])

    async def _carry_out(self, request: dict[str, Any]) -> None:
        use_language(str(request.get('language', '')))
        command = request.get('command')
        try:
            if command not in COMMANDS:
                self.note(_('箱はこの命令を知りません。箱と命令の版が違います'))
                code = FAILED
            else:
                code = await perform(self._box, command, request['arguments'], self)
        except Exception:
            log.exception('The command %s failed', command)
            self.note(_('箱の中で予期しない誤りが起きました。箱のログを見てください'))
            code = FAILED
        self._send({'exit': code})
        await self._writer.drain()

    async def _listen(self) -> None:
        """Pass on what the other end answers; ends when it is gone."""
        while line := await self._reader.readline():
            self._answers.put_nowait(json.loads(line))

    def _send(self, message: dict[str, Any]) -> None:
        self._writer.write(json.dumps(message, ensure_ascii=False).encode() + b'\n')


def _listen(directory: DataDirectory) -> socket.socket:
    _remove_stale(directory.socket)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # Set before it has a name, so that nobody else can connect in between.
    os.fchmod(listener.fileno(), stat.S_IRUSR | stat.S_IWUSR)
    folder = os.open(directory.root, os.O_PATH | os.O_DIRECTORY)
    try:
        # A socket's path has at most 108 bytes; the way over the open folder is always short.
        listener.bind(f'/proc/self/fd/{folder}/{directory.socket.name}')
        listener.listen()
    except OSError:
        listener.close()
        raise
    finally:
        os.close(folder)
    return listener


def _remove_stale(path: Path) -> None:
    """The holder of the directory's lock is the one box: a socket that is already there has no owner."""
    if path.is_socket():
        path.unlink()
