"""A box that has run for a year with 3,300 staff: 1.6 million punches with a journal whose chain is valid."""

import asyncio
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from app import clock
from app.attendance.punch_table import INSERT, NewPunch, punch_row
from app.attendance.punching import PUNCHED, Source
from app.attendance.screens import Direction
from app.clock import TOKYO, ClockQuality, Moment, SettableClock
from app.desks.register import Job
from app.journal.line import Act, Actor, Assurance, Sealed
from app.runtime import Box
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass
from tests.benchmarks.furnished import hire_many
from tests.support.box import opened_box

STAFF = 3300
WORK_DAYS = 243
FIRST_DAY = date(2025, 11, 4)
SATURDAY = 5
FIRST_MIGRATION = Path(__file__).parents[2] / 'app' / 'storage' / 'migrations' / '0001_initial.py'
ARRIVALS, DEPARTURES = (Direction.IN, 8), (Direction.OUT, 17)


def year_of_data() -> Path:
    """The data directory; made once for each first migration and kept, because making it takes minutes."""
    kept = Path(tempfile.gettempdir()) / f'machibako-year-{sha256(FIRST_MIGRATION.read_bytes()).hexdigest()[:12]}'
    if not kept.exists():
        print(f'making a year of data in {kept} ...', file=sys.stderr, flush=True)
        made = Path(tempfile.mkdtemp(prefix='machibako-year-being-made-'))
        asyncio.run(_make(made / 'box'))
        made.rename(kept)
    asyncio.run(_bring_up_to_date(kept / 'box'))
    return kept / 'box'


async def _bring_up_to_date(root: Path) -> None:
    async with opened_box(root) as box:
        for copy in box.directory.backups.iterdir():
            copy.unlink()


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
        punches = zip(acts, written, strict=True)
        rows = [punch_row(line, _punch(act, direction)) for act, line in punches]
        await tx.connection.execute_many(INSERT, rows)

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


def _punch(act: Act, direction: Direction) -> NewPunch:
    assert act.happened is not None
    return NewPunch(
        staff=act.subjects[0],
        day=act.happened.at.date(),
        direction=direction,
        at=act.happened,
        desk=act.desk,
        source=str(Source.CARD),
    )
