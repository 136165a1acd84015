"""Children under limits: whatever they do, the box gets an answer and the next work is done."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from app.children.supervisor import ChildFailed, Children, ChildrenBusy, ChildTimedOut, Limits

Maker = Callable[..., Children]


@pytest.fixture
async def children() -> AsyncIterator[Maker]:
    """Makes children that are closed after the test."""
    async with AsyncExitStack() as stack:

        def make(work: str = 'by_name', size: int = 1, waiting: int = 20, **limits: Any) -> Children:
            made = Children(f'tests.app.child_works:{work}', size=size, waiting=waiting, limits=Limits(**limits))
            stack.push_async_callback(made.close)
            return made

        yield make


REPOSITORY = Path(__file__).parents[3]
BOX_WITH_A_CHILD = """
import asyncio, sys
from app.children.supervisor import Children
asyncio.run(Children('tests.app.child_works:say_pid_and_hang').run(sys.argv[1].encode()))
"""


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait; the time limit of the test ends it."""
    while not condition():
        time.sleep(0.05)


def exists(pid: bytes) -> bool:
    """Whether a process with this number runs."""
    return Path(f'/proc/{int(pid)}').exists()


async def test_a_child_answers_what_it_was_asked(children: Maker) -> None:
    assert await children('echo').run(b'abc') == b'abc'


async def test_large_questions_and_answers_pass(children: Maker) -> None:
    question = os.urandom(20_000_000)
    assert await children('echo').run(question) == question


async def test_what_a_library_prints_does_not_disturb_the_answer(children: Maker) -> None:
    printing = children('print_and_echo')
    assert [await printing.run(b'a'), await printing.run(b'b')] == [b'a', b'b']


async def test_the_same_child_does_the_next_work(children: Maker) -> None:
    both = children()
    assert await both.run(b'pid') == await both.run(b'pid')


async def test_a_fresh_child_takes_over_after_so_many_works(children: Maker) -> None:
    few = children(works=2)
    first, second, third = [await few.run(b'pid') for _ in range(3)]
    assert first == second != third


async def test_a_child_that_holds_much_memory_is_not_kept(children: Maker) -> None:
    lean = children(idle_bytes=100_000_000)
    assert await lean.run(b'pid') == await lean.run(b'keep') != await lean.run(b'pid')


async def test_a_failure_is_named_by_its_kind_and_place_without_its_values(children: Maker) -> None:
    with pytest.raises(ChildFailed, match=r'ValueError at child_works\.py:\d+') as failed:
        await children('fail').run('山田太郎'.encode())
    assert '山田' not in str(failed.value)


@pytest.mark.parametrize('behaviour', [b'crash', b'exit', b'eat', b'spin'])
async def test_after_a_child_that_ends_badly_the_next_work_is_done(children: Maker, behaviour: bytes) -> None:
    limited = children(memory_bytes=1024**3, cpu_seconds=1)
    with pytest.raises(ChildFailed):
        await limited.run(behaviour)
    assert await limited.run(b'pid')


async def test_work_that_takes_too_long_is_killed(children: Maker) -> None:
    hurried = children(wall_seconds=5)
    before = await hurried.run(b'pid')
    with pytest.raises(ChildTimedOut, match='no answer'):
        await hurried.run(b'hang')
    assert not exists(before)
    assert await hurried.run(b'pid') != before


async def test_a_child_that_no_longer_breathes_is_killed_before_its_time_is_up(children: Maker) -> None:
    watched = children(heartbeat_seconds=4)
    await watched.run(b'pid')
    with pytest.raises(ChildTimedOut, match='silent'):
        await watched.run(b'freeze')
    assert await watched.run(b'pid')


async def test_an_answer_larger_than_allowed_is_refused(children: Maker) -> None:
    small = children('reverse_many', answer_bytes=1000)
    with pytest.raises(ChildFailed, match='1001 bytes'):
        await small.run(b'1001')
    assert len(await small.run(b'1000')) == 1000


async def test_a_child_runs_behind_everything_else_and_leaves_no_core_file(children: Maker) -> None:
    nice, core, memory = (await children(memory_bytes=1024**3, nice=15).run(b'limits')).split()
    assert (int(nice) - os.nice(0) >= 15 or int(nice) == 19, int(core), int(memory)) == (True, 0, 1024**3)


async def test_a_child_inherits_no_secret_of_the_environment(children: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('MACHIBAKO_GAROON__PASSWORD', 'secret')
    assert b'MACHIBAKO' not in await children().run(b'environment')


async def test_a_child_does_not_load_the_pages_of_the_box(children: Maker) -> None:
    loaded = (await children().run(b'modules')).split()
    assert not {b'nicegui', b'tortoise', b'main'} & set(loaded)


async def test_more_work_than_may_wait_is_refused_at_once(children: Maker) -> None:
    crowded = children(waiting=1)
    running = [asyncio.create_task(crowded.run(b'pid')) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(ChildrenBusy):
        await crowded.run(b'pid')
    assert len(await asyncio.gather(*running)) == 2


async def test_two_children_work_at_the_same_time(children: Maker) -> None:
    pair = children(size=2)
    hanging = asyncio.create_task(pair.run(b'hang'))
    assert await pair.run(b'pid')
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)


async def test_who_gives_up_waiting_stops_the_work(children: Maker) -> None:
    given_up = children()
    pid = await given_up.run(b'pid')
    hanging = asyncio.create_task(given_up.run(b'hang'))
    await asyncio.sleep(0.2)
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    assert not exists(pid)
    assert await given_up.run(b'pid')


def test_a_child_dies_with_a_box_that_is_killed(tmp_path: Path) -> None:
    told = tmp_path / 'pid'
    with subprocess.Popen([sys.executable, '-c', BOX_WITH_A_CHILD, told], cwd=REPOSITORY) as box:
        wait_until(told.exists)
        pid = told.read_bytes()
        assert exists(pid)
        box.kill()
    wait_until(lambda: not exists(pid))


async def test_a_child_that_died_while_idle_is_replaced(children: Maker) -> None:
    replaced = children()
    pid = int(await replaced.run(b'pid'))
    os.kill(pid, signal.SIGKILL)
    await asyncio.to_thread(wait_until, lambda: not exists(str(pid).encode()))
    await asyncio.sleep(0)
    assert int(await replaced.run(b'pid')) != pid


async def test_closing_ends_what_runs_and_what_is_idle(children: Maker) -> None:
    closing = children(size=2)
    pid = await closing.run(b'pid')
    hanging = asyncio.create_task(closing.run(b'hang'))
    await asyncio.sleep(0.2)
    await closing.close()
    with pytest.raises(ChildFailed):
        await hanging
    with pytest.raises(ChildFailed, match='closed'):
        await closing.run(b'pid')
    assert not exists(pid)
