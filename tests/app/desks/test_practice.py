"""The watch of a desk in practice turns by itself at the end."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from app import clock
from app.desks.practice import PracticeTurned, PracticeWatch
from app.runtime import Box
from tests.support.box import until


async def test_a_watch_calls_back_when_the_time_is_over(box: Box) -> None:
    turned: list[bool] = []
    ends = clock.now() + timedelta(milliseconds=50)
    watch = PracticeWatch(box.desks.practices, uuid4(), ends, lambda: turned.append(watch.is_on))
    assert watch.is_on
    await until(lambda: bool(turned))
    assert turned == [False]
    watch.close()


@pytest.mark.parametrize('hours', [None, -1])
async def test_without_a_time_or_after_it_a_desk_does_not_practise(box: Box, hours: int | None) -> None:
    ends = clock.now() + timedelta(hours=hours) if hours else None
    watch = PracticeWatch(box.desks.practices, uuid4(), ends, lambda: None)
    assert not watch.is_on


async def test_another_desk_in_practice_turns_nothing_here(box: Box) -> None:
    turned: list[None] = []
    watch = PracticeWatch(box.desks.practices, uuid4(), None, lambda: turned.append(None))
    box.desks.practices.CHANGED.emit(PracticeTurned(uuid4(), clock.now() + timedelta(hours=1)))
    await asyncio.sleep(0)
    assert (watch.is_on, turned) == (False, [])
