"""A program started beside the box, with its pipes on the event loop."""

import asyncio
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


class Program:
    """A running program: bytes to its standard input, bytes from its standard output."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        questions: tuple[asyncio.WriteTransport, asyncio.StreamReaderProtocol],
        answers: tuple[asyncio.ReadTransport, asyncio.StreamReader],
    ) -> None:
        """Made by `start`."""
        loop = asyncio.get_running_loop()
        self.questions = asyncio.StreamWriter(*questions, None, loop)
        self.answers = answers[1]
        self._process = process
        self._pipes = (questions[0], answers[0])
        self._ended = asyncio.Event()
        self._life = os.pidfd_open(process.pid)
        loop.add_reader(self._life, self._bury)

    @classmethod
    async def start(cls, command: list[str], environment: Mapping[str, str]) -> 'Program':
        """Start it without holding up the loop: `create_subprocess_exec` copies the tables of the box's whole memory.

        It is started by this very thread, so that it may ask to die with the box (`PR_SET_PDEATHSIG`).
        """
        process = subprocess.Popen(  # noqa: ASYNC220, S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd='/',
        )
        try:
            loop, answers, asked = asyncio.get_running_loop(), asyncio.StreamReader(), asyncio.StreamReader()
            incoming, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(answers), process.stdout)
            outgoing = await loop.connect_write_pipe(lambda: asyncio.StreamReaderProtocol(asked), process.stdin)
            return cls(process, outgoing, (incoming, answers))
        except BaseException:
            process.kill()
            raise

    def lives(self) -> bool:
        """Whether it has not ended, as far as is known."""
        return not self._ended.is_set()

    def resident_bytes(self) -> int:
        """Memory that it holds now; 0 if it has ended."""
        with suppress(OSError):
            pages = Path(f'/proc/{self._process.pid}/statm').read_text(encoding='ascii').split()[1]
            return int(pages) * os.sysconf('SC_PAGE_SIZE')
        return 0

    async def kill(self) -> int:
        """End it now; returns its exit code."""
        self._process.kill()
        await self._ended.wait()
        for pipe in self._pipes:
            pipe.close()
        return self._process.returncode

    def _bury(self) -> None:
        asyncio.get_running_loop().remove_reader(self._life)
        os.close(self._life)
        self._process.wait()
        self._ended.set()
