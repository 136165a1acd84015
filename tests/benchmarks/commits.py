"""Taps per second with their journal lines, against plain sqlite3 writing the same rows with the same pragmas.

The bar is on what the box can take when people wait, as before 8:30. One tap after the other waits for two changes of
thread each, which weighs the more the less a disk needs to keep a commit: it is told beside the bar.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import uvloop

from app.attendance.punching import Tap
from app.clock import TOKYO, ClockQuality, Moment
from app.desks.register import Job
from app.journal.line import Actor
from app.lifecycle import THREAD_TURN_SECONDS
from app.runtime import Box
from tests.benchmarks.bars import Bar, middle
from tests.benchmarks.furnished import hire_many
from tests.benchmarks.plain_sqlite import commit_seconds, copy_of, last_sequence, rows_after
from tests.support.box import opened_box

ROUNDS = 5
STAFF = 300
AT_ONCE = 50
FIRST_MORNING = datetime(2026, 4, 1, 8, 0, tzinfo=TOKYO)


@dataclass(frozen=True, slots=True)
class Rates:
    """Commits per second of each round."""

    plain: list[float] = field(default_factory=list)
    sequential: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)


def measure() -> list[Bar]:
    """One tap after the other, and fifty waiting at once."""
    with tempfile.TemporaryDirectory() as folder:
        sys.setswitchinterval(THREAD_TURN_SECONDS)
        # uvicorn runs the box on this loop.
        rates = uvloop.run(_rates(Path(folder)))
    return [
        _bar(f'taps with {AT_ONCE} waiting at once', rates.at_once, rates.plain, 0.5),
        _bar('taps one after the other', rates.sequential, rates.plain, None),
    ]


def _bar(name: str, box: list[float], plain: list[float], limit: float | None) -> Bar:
    ratios = [mine / baseline for mine, baseline in zip(box, plain, strict=True)]
    details = {'box per second': box, 'plain sqlite3 per second': plain, 'ratios': ratios}
    return Bar(name=name, measured=middle(ratios), limit=limit, unit='x plain', at_least=True, details=details)


async def _rates(folder: Path) -> Rates:
    rates = Rates()
    async with opened_box(folder / 'box') as box:
        people = await hire_many(box, STAFF)
        desk = await box.desks.add('東玄関', Job.ATTENDANCE, 'sim:東玄関', Actor.system())
        with closing(copy_of(box.directory.database, folder / 'plain.db')) as plain:
            for number in range(ROUNDS):
                await _round(box, plain, [_tap(person, desk.id, 2 * number) for person in people], rates.sequential, 1)
                more = [_tap(person, desk.id, 2 * number + 1) for person in people]
                rates.plain.append(await _round(box, plain, more, rates.at_once, AT_ONCE))
    return rates


async def _round(box: Box, plain: sqlite3.Connection, taps: list[Tap], rates: list[float], at_once: int) -> float:
    """Taps of everybody at the box, then the same rows in plain sqlite3; returns the rate of the latter."""
    before = last_sequence(box.directory.database)
    begun = time.perf_counter()
    for start in range(0, len(taps), at_once):
        await asyncio.gather(*map(box.attendance.tap, taps[start : start + at_once]))
    rates.append(len(taps) / (time.perf_counter() - begun))
    rows = await asyncio.to_thread(rows_after, box.directory.database, before)
    assert len(rows) == len(taps)
    return len(taps) / sum(commit_seconds(plain, rows))


def _tap(staff: UUID, desk: UUID, day: int) -> Tap:
    at = Moment(FIRST_MORNING + timedelta(days=day), day * 86_400_000_000_000, 'benchmark', ClockQuality.SYNCHRONISED)
    return Tap(staff=staff, desk=desk, attempt=str(uuid.uuid4()), at=at)
