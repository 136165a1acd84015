"""A box that has run for a year with 3,300 staff: 1.6 million punches with a journal whose chain is valid."""

import asyncio
import sqlite3
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from app import clock
from app.attendance.punching import PUNCHED, Source
from app.attendance.screens import Direction
from app.clock import TOKYO, ClockQuality, Moment, SettableClock
from app.desks.register import Job
from app.journal.line import Act, Actor, Assurance, Sealed, Written
from app.runtime import Box
from app.storage.layout import DataDirectory
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass
from tests.benchmarks.furnished import hire_many
from tests.support.box import opened_box

STAFF = 3300
WORK_DAYS = 243
FIRST_DAY = date(2025, 11, 4)
SATURDAY = 5
ARRIVALS, DEPARTURES = (Direction.IN, 8), (Direction.OUT, 17)


def year_of_data() -> Path:
    """The data directory; made once for each schema and kept, because making it takes minutes."""
    kept = Path(tempfile.gettempdir()) / f'machibako-year-{_schema()}'
    if not kept.exists():
        print(f'making a year of data in {kept} ...', file=sys.stderr, flush=True)
        made = Path(tempfile.mkdtemp(prefix='machibako-year-being-made-'))
        asyncio.run(_make(made / 'box'))
        made.rename(kept)
    return kept / 'box'


def _schema() -> str:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_make_empty(Path(folder)))
        with closing(sqlite3.connect(DataDirectory(Path(folder)).database)) as connection:
            rows = connection.execute('SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name').fetchall()
    return sha256(repr(rows).encode()).hexdigest()[:12]


async def _make_empty(root: Path) -> None:
    async with opened_box(root):
        pass


async def _make(root: Path) -> None:
    async with opened_box(root) as box:
        people = await hire_many(box, STAFF)
        desks = [await box.desks.add(f'玄関{n}', Job.ATTENDANCE, f'sim:玄関{n}', Actor.system()) for n in range(6)]
        for number, day in enumerate(_work_days()):
            for direction, hour in (ARRIVALS, DEPARTURES):
                at = datetime.combine(day, time(hour), TOKYO)
                with clock.use(SettableClock(at)):
                    await _everybody_taps(box, people, desks[number % len(desks)].id, direction, at)


def _work_days() -> Iterator[date]:
    day, found = FIRST_DAY, 0
    while found < WORK_DAYS:
        if day.weekday() < SATURDAY:
            found += 1
            yield day
        day += timedelta(days=1)


async def _everybody_taps(box: Box, people: list[UUID], desk: UUID, direction: Direction, at: datetime) -> None:
    acts = [_act(person, desk, direction, at + timedelta(milliseconds=400 * i)) for i, person in enumerate(people)]

    async def work(tx: Transaction) -> None:
        written = await box.journal.append_all(tx, acts)
        rows = [_punch_row(act, line, direction) for act, line in zip(acts, written, strict=True)]
        # Models would take half of the time.
        insert = f'INSERT INTO punch ({", ".join(rows[0])}) VALUES ({", ".join("?" * len(rows[0]))})'
        await tx.connection.execute_many(insert, [list(row.values()) for row in rows])

    await transaction(work)


def _act(person: UUID, desk: UUID, direction: Direction, at: datetime) -> Act:
    sealed = {'kind': str(direction), 'work_date': at.date().isoformat(), 'source': str(Source.CARD)}
    return Act(
        kind=PUNCHED,
        actor=Actor(str(person), Assurance.CARD),
        subjects=(person,),
        desk=desk,
        attempt=str(uuid.uuid4()),
        happened=Moment(at, int(at.timestamp() * 1e9), 'last-year', ClockQuality.SYNCHRONISED),
        sealed=(Sealed(person, RecordClass.ATTENDANCE, sealed),),
    )


def _punch_row(act: Act, line: Written, direction: Direction) -> dict[str, object]:
    assert act.happened is not None
    return {
        'sequence': line.sequence,
        'id': str(uuid.uuid4()),
        'staff': str(act.subjects[0]),
        'work_date': act.happened.at.date().isoformat(),
        'kind': str(direction),
        'punched_at': str(act.happened.at),
        'recorded_at': str(line.recorded.at),
        'boot_id': act.happened.boot_id,
        'monotonic_ns': act.happened.monotonic_ns,
        'clock_quality': str(act.happened.quality),
        'desk': str(act.desk),
        'source': str(Source.CARD),
    }
