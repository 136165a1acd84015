"""A punch is written without its model, and must read back through it."""

import uuid
from datetime import UTC, date, datetime

from app.attendance.models import Punch
from app.attendance.punch_table import COLUMNS, NewPunch, insert_punch
from app.attendance.screens import Direction
from app.clock import ClockQuality, Moment
from app.journal.line import Written
from app.runtime import Box
from app.storage.transaction import Transaction, transaction

AT = Moment(datetime(2026, 11, 22, 23, 27, 5, tzinfo=UTC), 5, 'boot', ClockQuality.SYNCHRONISED)
RECORDED = Moment(datetime(2026, 11, 22, 23, 27, 6, 250_000, tzinfo=UTC), 6, 'boot', ClockQuality.SYNCHRONISED)
PUNCH = NewPunch(
    staff=uuid.uuid4(),
    day=date(2026, 11, 23),
    direction=Direction.IN,
    at=AT,
    desk=uuid.uuid4(),
    source='card',
    replaces=uuid.uuid4(),
)


async def test_a_punch_reads_back_as_it_was_written(box: Box) -> None:
    await transaction(_write_punch)
    row = await Punch.get(sequence=900)
    assert (row.staff, row.work_date, row.kind, row.desk) == (PUNCH.staff, PUNCH.day, 'in', PUNCH.desk)
    assert (row.punched_at, row.recorded_at) == (AT.at, RECORDED.at)
    assert (row.boot_id, row.monotonic_ns, row.clock_quality) == ('boot', 5, 'synchronised')
    assert (row.source, row.replaces) == ('card', PUNCH.replaces)


async def test_times_are_kept_in_the_zone_of_the_city(box: Box) -> None:
    await transaction(_write_punch)
    (row,) = await transaction(lambda tx: tx.connection.execute_query_dict('SELECT punched_at FROM punch'))
    assert row['punched_at'] == '2026-11-23 08:27:05+09:00'


async def test_every_column_of_the_model_is_written() -> None:
    assert set(COLUMNS) == Punch._meta.db_fields


async def _write_punch(tx: Transaction) -> None:
    insert_punch(tx, Written(900, uuid.uuid4(), RECORDED), PUNCH)
