"""Child processes with limits: one supervisor for every work that could take the box down."""

import asyncio
import logging
import os
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from app.children.process import BEAT, FAILED, FINISHED, HEADER
from app.children.program import Program

ROOT = Path(__file__).parent.parent
PASSED_ON = ('PATH', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'FAKETIME', 'LD_PRELOAD')
STARTING_SECONDS = 60.0
log = logging.getLogger(__name__)


class ChildError(Exception):
    """The work in a child process was not done; the box goes on."""


class ChildFailed(ChildError):
    """The work raised, or the child ended: names the kind of failure, never what was worked on."""


class ChildTimedOut(ChildError):
    """The work took longer than its limit, or the child no longer breathed; it was killed."""


class ChildrenBusy(ChildError):
    """Too many are waiting already; try again later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one piece of work may use."""

    wall_seconds: float = 120.0
    cpu_seconds: int = 100
    memory_bytes: int = 3 * 1024**3
    """Address space (RLIMIT_AS), libraries included."""
    answer_bytes: int = 256 * 1024**2
    heartbeat_seconds: float = 20.0
    """A child that is silent for so long is taken for dead."""
    idle_bytes: int = 512 * 1024**2
    """A child that holds more memory after its work is not kept."""
    works: int = 50
    """After so many pieces of work a fresh child takes over."""
    nice: int = 10
    """Taps go first; at 15 and more a busy machine gives a child so little that whoever waits for it gives up."""


class Children:
    """A few children that do one kind of work, started when first needed and closed with the box."""

    def __init__(self, work: str, *, size: int = 1, waiting: int = 20, limits: Limits | None = None) -> None:
        """`work` is `module:function`, from bytes to bytes; up to `size` run at once, and `waiting` more may wait."""
        self._work = work
        self._limits = limits or Limits()
        self._places = asyncio.Semaphore(size)
        self._accepted = size + waiting
        self._asked = 0
        self._idle: list[_Child] = []
        self._alive: set[_Child] = set()
        self._closed = False

    async def run(self, payload: bytes) -> bytes:
        """The answer of a child; waiting for a free one does not count towards the time limit.

        Raises:
            ChildFailed, ChildTimedOut, ChildrenBusy: the work was not done; the next gets a fresh child.
        """
        if self._asked >= self._accepted:
            raise ChildrenBusy(self._work)
        self._asked += 1
        try:
            async with self._places:
                return await self._run_in_a_child(payload)
        finally:
            self._asked -= 1

    async def close(self) -> None:
        """Kill what runs and accept nothing more."""
        self._closed = True
        for child in list(self._alive):
            await self._end(child)

    async def _run_in_a_child(self, payload: bytes) -> bytes:
        child = await self._take()
        try:
            answer = await child.run(payload, self._limits)
        except BaseException as error:
            await asyncio.shield(self._end(child))
            if isinstance(error, ChildError):
                log.warning('%s: %s', self._work, error)
            raise
        if self._may_stay(child):
            self._idle.append(child)
        else:
            await self._end(child)
        return answer

    def _may_stay(self, child: '_Child') -> bool:
        lean = child.program.resident_bytes() <= self._limits.idle_bytes
        return lean and child.works < self._limits.works and not self._closed

    async def _take(self) -> '_Child':
        while self._idle:
            child = self._idle.pop()
            if child.program.lives():
                return child
            await self._end(child)
        return await self._start()

    async def _start(self) -> '_Child':
        if self._closed:
            raise ChildFailed('closed')
        limits = self._limits
        arguments = (self._work, str(limits.memory_bytes), str(limits.cpu_seconds), str(limits.nice), str(os.getpid()))
        command = [sys.executable, '-P', '-m', 'app.children.process', *arguments]
        child = _Child(await Program.start(command, _environment()))
        self._alive.add(child)
        if self._closed:
            await self._end(child)
            raise ChildFailed('closed')
        return child

    async def _end(self, child: '_Child') -> None:
        self._alive.discard(child)
        if child in self._idle:
            self._idle.remove(child)
        await child.program.kill()


class _Child:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.works = 0

    async def run(self, payload: bytes, limits: Limits) -> bytes:
        self.works += 1
        first_beat = limits.heartbeat_seconds if self.works > 1 else max(STARTING_SECONDS, limits.heartbeat_seconds)
        try:
            async with asyncio.timeout(limits.wall_seconds):
                return await self._exchange(payload, limits, first_beat)
        except TimeoutError:
            raise ChildTimedOut(f'no answer within {limits.wall_seconds} s') from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise ChildFailed(f'the child ended with {await self.program.kill()}') from None

    async def _exchange(self, payload: bytes, limits: Limits, first_beat: float) -> bytes:
        sending = asyncio.create_task(self._send(payload))
        try:
            silence = first_beat
            while True:
                kind, answer = await self._next_frame(silence, limits)
                if kind == FINISHED:
                    return answer
                if kind == FAILED:
                    raise ChildFailed(answer.decode('utf-8', 'replace'))
                silence = limits.heartbeat_seconds
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def _send(self, payload: bytes) -> None:
        self.program.questions.write(struct.pack(HEADER, BEAT, len(payload)))
        self.program.questions.write(payload)
        await self.program.questions.drain()

    async def _next_frame(self, silence: float, limits: Limits) -> tuple[bytes, bytes]:
        try:
            async with asyncio.timeout(silence):
                head = await self.program.answers.readexactly(struct.calcsize(HEADER))
                kind, length = struct.unpack(HEADER, head)
                if length > limits.answer_bytes:
                    raise ChildFailed(f'an answer of {length} bytes')
                return kind, await self.program.answers.readexactly(length)
        except TimeoutError:
            raise ChildTimedOut(f'silent for {silence} s') from None


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed, 'PYTHONPATH': str(ROOT), 'PYTHONDONTWRITEBYTECODE': '1', 'RAYON_NUM_THREADS': '1'}
