"""Programs beside the box: started, spoken to and buried on either event loop, with nothing left open."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import uvloop

from app.children.program import Program
from tests.support.box import until

ECHO = [sys.executable, '-S', '-c', 'import sys; sys.stdout.buffer.write(sys.stdin.buffer.readline())']
FULL = [sys.executable, '-S', '-c', 'import sys; sys.stdout.write("x" * 10_000_000)']
SLEEP = ['sleep', '60']


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=['asyncio', 'uvloop'])
def run(request: pytest.FixtureRequest) -> Callable[[Coroutine[Any, Any, None]], None]:
    """Runs to the end on one of the loops."""

    def run_on_loop(coroutine: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=request.param) as runner:
            runner.run(coroutine)

    return run_on_loop


def open_files() -> int:
    """How many files this process holds open."""
    return len(list(Path('/proc/self/fd').iterdir()))


def test_a_program_answers_and_is_buried_when_it_ends_by_itself(run: Callable[..., None]) -> None:
    async def flow() -> None:
        program = await Program.start(ECHO, os.environ)
        program.questions.write(b'27.4\n')
        assert await program.answers.readline() == b'27.4\n'
        await until(lambda: not program.lives())
        assert (await program.kill(), program.resident_bytes()) == (0, 0)

    run(flow())


def test_a_killed_program_names_the_signal_however_often_it_is_killed(run: Callable[..., None]) -> None:
    async def flow() -> None:
        program = await Program.start(SLEEP, os.environ)
        assert program.lives()
        assert set(await asyncio.gather(program.kill(), program.kill())) == {-signal.SIGKILL}
        assert not program.lives()

    run(flow())


@pytest.mark.parametrize('command', [SLEEP, FULL], ids=['silent', 'with an answer that nobody read'])
def test_a_killed_program_leaves_no_file_open(run: Callable[..., None], command: list[str]) -> None:
    async def flow() -> None:
        await (await Program.start(command, os.environ)).kill()
        await asyncio.sleep(0.1)
        before = open_files()
        for _ in range(3):
            program = await Program.start(command, os.environ)
            await asyncio.sleep(0.1)
            await program.kill()
        await asyncio.sleep(0.1)
        assert open_files() == before

    run(flow())


def test_a_program_that_is_not_there_says_so(run: Callable[..., None]) -> None:
    async def flow() -> None:
        with pytest.raises(FileNotFoundError):
            await Program.start(['/nowhere'], os.environ)

    run(flow())
