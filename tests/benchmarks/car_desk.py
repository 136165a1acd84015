"""What a car lent and taken back costs to record, against plain transactions with the same rows.

What the desk shows meanwhile is told beside it: drawing has a bar of its own (`car_board`). The baseline is `sqlite3`
on a copy of the box's database: the same tables, indexes, triggers and pragmas (WAL, synchronous=FULL), and the very
rows that the box wrote as finished values, journal lines with their hashes and sealed payloads included. Both write the
breath test in a transaction of its own, for it stands before any key moves.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

from app.lifecycle import THREAD_TURN_SECONDS
from tests.benchmarks.bars import Bar, middle
from tests.benchmarks.guard_rooms import DRIVERS, GuardRoom, open_guard_room
from tests.benchmarks.plain_sqlite import copy_of, last_sequence
from tests.support.box import opened_box

ROUNDS = 5
TIMES_PLAIN = 3.0
MILLISECONDS = 1000
RETURN_COLUMNS = (
    'returned_by', 'odometer_in', 'received_by', 'desk_in', 'fuel_litres', 'fuel_yen', 'has_receipt', 'abnormality',
    'is_accident', 'returned_at', 'sequence',
)  # fmt: skip
Row = Mapping[str, Any]
Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """The median of one lending or return in each round."""

    box: list[float] = field(default_factory=list)
    box_cpu: list[float] = field(default_factory=list)
    recording: list[float] = field(default_factory=list)
    """Of this in the two transactions alone."""
    plain: list[float] = field(default_factory=list)

    def bars(self, name: str) -> list[Bar]:
        """How many times as long as the plain transactions: the recording, and the whole with all that was shown."""
        whole = self._bar(f'{name}: with every screen of the conversation', self.box, None)
        return [self._bar(f'{name}: recorded', self.recording, TIMES_PLAIN), whole]

    def _bar(self, name: str, measured: list[float], limit: float | None) -> Bar:
        """What lies beyond plain is the box's own work: it weighs less the longer a disk needs to keep it."""
        ratios = [box / plain for box, plain in zip(measured, self.plain, strict=True)]
        details = {
            'measured ms': measured,
            'CPU ms of the whole': self.box_cpu,
            'plain sqlite3, two transactions, ms': self.plain,
            'ms beyond plain': [box - plain for box, plain in zip(measured, self.plain, strict=True)],
            'ratios': ratios,
        }
        return Bar(name=name, measured=middle(ratios), limit=limit, unit='x plain', details=details)


class Stopwatch:
    """Adds up how long the calls of some functions take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def on(self, owner: object, name: str) -> None:
        """Time this method of the object from now on."""
        method = getattr(owner, name)

        async def timed(*arguments: Any) -> Any:
            begun = time.perf_counter()
            try:
                return await method(*arguments)
            finally:
                self.seconds += time.perf_counter() - begun

        setattr(owner, name, timed)


def measure() -> list[Bar]:
    """Sixty drivers at a desk with 300 cars borrow one after the other, then bring the cars back; five times."""
    with tempfile.TemporaryDirectory() as folder:
        sys.setswitchinterval(THREAD_TURN_SECONDS)
        # uvicorn runs the box on this loop.
        lent, returned = uvloop.run(_measure(Path(folder)))
    return [*lent.bars('a car lent'), *returned.bars('a car taken back')]


async def _measure(folder: Path) -> tuple[Milliseconds, Milliseconds]:
    lent, returned = Milliseconds(), Milliseconds()
    async with opened_box(folder / 'box') as box:
        room = await open_guard_room(box)
        recording = Stopwatch()
        for owner, name in (
            (box.vehicles.alcohol, 'record_before_drive'),
            (box.vehicles.alcohol, 'record'),
            (box.vehicles.trips, 'hand_over'),
            (box.vehicles.trips, 'take_back'),
        ):
            recording.on(owner, name)
        with closing(copy_of(box.directory.database, folder / 'plain.db')) as plain:
            for number in range(ROUNDS + 1):
                into = (lent, returned) if number else (Milliseconds(), Milliseconds())
                await _round(room, plain, recording, room.lend, _lending, into[0])
                await _round(room, plain, recording, room.take_back, _return, into[1])
    return lent, returned


async def _round(
    room: GuardRoom,
    plain: sqlite3.Connection,
    recording: Stopwatch,
    act: Callable[[int], Awaitable[None]],
    statements: Callable[[sqlite3.Connection, int], list[list[Statement]]],
    into: Milliseconds,
) -> None:
    """Each driver's turn at the box, and at once the same rows in plain sqlite3."""
    box, cpu, recorded, baseline = [], [], [], []
    database = room.box.directory.database
    for driver in range(DRIVERS):
        before = last_sequence(database)
        recording.seconds = 0.0
        begun, begun_cpu = time.perf_counter(), time.process_time()
        await act(driver)
        box.append((time.perf_counter() - begun) * MILLISECONDS)
        cpu.append((time.process_time() - begun_cpu) * MILLISECONDS)
        recorded.append(recording.seconds * MILLISECONDS)
        with closing(sqlite3.connect(f'file:{database}?mode=ro', uri=True)) as written:
            written.row_factory = sqlite3.Row
            transactions = statements(written, before)
        baseline.append(sum(_commit_seconds(plain, each) for each in transactions) * MILLISECONDS)
    into.box.append(middle(box))
    into.box_cpu.append(middle(cpu))
    into.recording.append(middle(recorded))
    into.plain.append(middle(baseline))


def _lending(written: sqlite3.Connection, before: int) -> list[list[Statement]]:
    check, trip = _written(written, before)
    return [_check(written, check), [*_line(written, trip['sequence']), _insert('trip', trip), _bind(check)]]


def _return(written: sqlite3.Connection, before: int) -> list[list[Statement]]:
    check, trip = _written(written, before)
    changes = ', '.join(f'{column} = ?' for column in RETURN_COLUMNS)
    values = (*(trip[column] for column in RETURN_COLUMNS), trip['id'])
    closing_of_trip = (f'UPDATE trip SET {changes} WHERE id = ?', values)
    odometer = ('UPDATE vehicle SET odometer = ? WHERE id = ?', (trip['odometer_in'], trip['vehicle']))
    return [
        _check(written, check),
        [*_line(written, trip['sequence']), closing_of_trip, odometer, _bind(check)],
    ]


def _written(written: sqlite3.Connection, before: int) -> tuple[Row, Row]:
    (check,) = written.execute('SELECT * FROM alcohol_check WHERE sequence > ?', (before,)).fetchall()
    (trip,) = written.execute('SELECT * FROM trip WHERE sequence > ?', (before,)).fetchall()
    return check, trip


def _check(written: sqlite3.Connection, check: Row) -> list[Statement]:
    first = {**dict(check), 'trip': None}
    count = ('UPDATE alcohol_checker SET measurements = measurements + 1 WHERE id = ?', (check['checker'],))
    return [*_line(written, check['sequence']), _insert('alcohol_check', first), count]


def _bind(check: Row) -> Statement:
    values = (check['trip'], check['vehicle'], check['id'])
    return 'UPDATE alcohol_check SET trip = ?, vehicle = ? WHERE id = ?', values


def _line(written: sqlite3.Connection, sequence: int) -> list[Statement]:
    line = written.execute('SELECT * FROM journal_line WHERE sequence = ?', (sequence,)).fetchone()
    return [_insert('journal_line', line)]


def _insert(table: str, row: Row) -> Statement:
    names = row.keys()
    return f'INSERT INTO {table} ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})', tuple(dict(row).values())


def _commit_seconds(plain: sqlite3.Connection, statements: list[Statement]) -> float:
    begun = time.perf_counter()
    plain.execute('BEGIN')
    for statement, values in statements:
        plain.execute(statement, values)
    plain.execute('COMMIT')
    return time.perf_counter() - begun
