"""Killed at any instruction of a punch, the box keeps what it showed and never counts a tap twice."""

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from app.attendance.feed import punches_after
from app.attendance.screens import Answered
from app.desks.register import Job
from app.journal.line import Actor
from app.journal.verify import verify_journal
from app.runtime import Box
from app.storage.database import check_database
from app.storage.layout import DataDirectory
from app.storage.vault import Vault
from tests.faults.traced_punch import CALLS, CARD, Point, Told, points_of_a_punch, punch_killed_at
from tests.support.box import felica, hire_with_card, opened_box, reader_of, until

CHILDREN_AT_ONCE = 3
NUMBER, WARM_NUMBER = '1001', '1002'


@pytest.fixture(scope='module')
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A box with a desk and two members of staff, stopped cleanly."""
    root = tmp_path_factory.mktemp('seed') / 'box'
    asyncio.run(_furnish(root))
    return root


@pytest.fixture(scope='module')
def points(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Point]:
    """Where a punch can be cut off."""
    return points_of_a_punch(seed, tmp_path_factory.mktemp('watched'))


@pytest.fixture(scope='module')
def children() -> Iterator[ThreadPoolExecutor]:
    """Starts a few children side by side."""
    with ThreadPoolExecutor(CHILDREN_AT_ONCE) as pool:
        yield pool


def test_a_punch_waits_for_the_disk_before_it_is_shown(points: list[Point]) -> None:
    calls = [(point.thread, point.call) for point in points]
    shown = next(index for index, (_thread, call) in enumerate(calls) if call == 'write')
    last_change = max(index for index, (_thread, call) in enumerate(calls) if call == 'pwrite64')
    assert (calls[last_change][0], 'fdatasync') in calls[last_change:shown]
    assert {call for _thread, call in calls} == set(CALLS)


@pytest.mark.parametrize('call', CALLS)
async def test_what_was_shown_is_recorded_and_a_tap_never_counts_twice_wherever_the_box_is_killed(
    call: str, points: list[Point], seed: Path, children: ThreadPoolExecutor, tmp_path: Path
) -> None:
    cut = [point for point in points if point.call == call]
    places = [tmp_path / f'{index}' for index in range(len(cut))]
    loop = asyncio.get_running_loop()
    told = await asyncio.gather(
        *(
            loop.run_in_executor(children, punch_killed_at, point, seed, place)
            for point, place in zip(cut, places, strict=True)
        )
    )
    for point, place, answer in zip(cut, places, told, strict=True):
        assert answer.was_killed, point
        await _assert_that_the_next_tap_is_right(point, place, answer)


async def test_a_kill_after_the_commit_leaves_a_punch_that_nobody_saw_and_the_next_tap_says_so(
    seed: Path, points: list[Point], tmp_path: Path
) -> None:
    answer = next(point for point in points if point.call == 'write')
    told = punch_killed_at(answer, seed, tmp_path / 'box')
    assert told == Told(shown=None, was_killed=True)
    async with opened_box(tmp_path / 'box') as box:
        assert await _punches(box) == 1
        assert (await _tap_again(box)).already


async def _assert_that_the_next_tap_is_right(point: Point, place: Path, told: Told) -> None:
    _assert_intact(point, place)
    async with opened_box(place) as box:
        before = await _punches(box)
        assert before <= 1, point
        assert told.shown is None or before == 1, point
        answer = await _tap_again(box)
        assert answer.already == (before == 1), point
        assert await _punches(box) == 1, point
    _assert_intact(point, place)


def _assert_intact(point: Point, place: Path) -> None:
    directory = DataDirectory(place)
    assert check_database(directory.database) == [], point
    vault = Vault(directory.keys, directory.box_key, directory.erasures)
    with closing(sqlite3.connect(f'file:{directory.database}?mode=ro', uri=True)) as connection:
        verdict = verify_journal(connection, directory.checkpoints, vault.public_key)
    assert verdict.intact, (point, verdict.findings)


async def _tap_again(box: Box) -> Answered:
    await box.engine.refresh()
    (desk,) = box.engine.running()
    reader_of(box, desk).tap(felica(CARD))
    await until(lambda: isinstance(desk.view.screen, Answered))
    screen: Answered = desk.view.screen
    return screen


async def _punches(box: Box) -> int:
    return sum(punch.staff_number == NUMBER for punch in await punches_after(box.reading, 0, 100))


async def _furnish(root: Path) -> None:
    async with opened_box(root) as box:
        await hire_with_card(box, NUMBER)
        await hire_with_card(box, WARM_NUMBER, '佐藤\u3000花子')
        await box.desks.add('東玄関', Job.ATTENDANCE, 'sim:東玄関', Actor.system())
