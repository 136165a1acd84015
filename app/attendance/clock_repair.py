"""Punches taken while the clock was not known get their time when it is (domain/reliability.md 5.24)."""

from datetime import timedelta

from app import clock
from app.attendance.models import Punch
from app.attendance.punch_table import NewPunch, insert_punch
from app.attendance.punching import PUNCHED, Source
from app.attendance.rules import work_date
from app.attendance.screens import Direction
from app.clock import ClockQuality, Moment
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.settings import AttendanceSettings
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass


async def repair_times(journal: Journal, rules: AttendanceSettings) -> int:
    """Add a correction for each punch of this boot whose time was not known; the originals stay.

    Returns:
        How many were corrected; none while the clock is still unknown.
    """
    now = clock.moment()
    if now.quality is ClockQuality.UNKNOWN:
        return 0
    unknown = await Punch.filter(clock_quality=str(ClockQuality.UNKNOWN), boot_id=now.boot_id).order_by('sequence')
    replaced = {punch.replaces for punch in await Punch.filter(replaces__in=[punch.id for punch in unknown])}
    to_repair = [punch for punch in unknown if punch.id not in replaced]
    for punch in to_repair:
        await _repair(journal, rules, punch, now)
    return len(to_repair)


async def _repair(journal: Journal, rules: AttendanceSettings, punch: Punch, now: Moment) -> None:
    passed = timedelta(microseconds=(now.monotonic_ns - punch.monotonic_ns) / 1000)
    at = Moment(now.at - passed, punch.monotonic_ns, punch.boot_id, ClockQuality.RECONSTRUCTED)
    day = work_date(at.at, rules.day_boundary)
    sealed = {
        'kind': punch.kind,
        'work_date': day.isoformat(),
        'source': str(Source.CORRECTION),
        'replaces': str(punch.id),
    }

    async def work(tx: Transaction) -> None:
        act = Act(
            kind=PUNCHED,
            actor=Actor.system(),
            subjects=(punch.staff,),
            desk=punch.desk,
            attempt=f'clock-repair:{punch.id}',
            happened=at,
            sealed=(Sealed(punch.staff, RecordClass.ATTENDANCE, sealed),),
        )
        written = await journal.append(tx, act)
        correction = NewPunch(
            staff=punch.staff,
            day=day,
            direction=Direction(punch.kind),
            at=at,
            desk=punch.desk,
            source=str(Source.CORRECTION),
            replaces=punch.id,
        )
        insert_punch(tx, written, correction)

    await transaction(work)
