"""Ten tablets of one gymnasium registering people at a steady rate and in bursts, and the large evacuation replayed."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import uvloop

from app.commands.drill import TODAY, Drill, replay
from app.runtime import Box
from app.shelters.drill.feeding import VOLUNTEER, open_gymnasium
from app.shelters.drill.invented import InventedPerson, invent
from app.shelters.evacuees import Registration
from app.shelters.stays import Arrival
from app.storage.layout import DataDirectory
from tests.benchmarks.bars import Bar, percentile
from tests.support.box import opened_box

STEADY_PER_SECOND, STEADY_SECONDS = 5, 600
BURST_PER_SECOND, BURST_SECONDS, BURSTS = 20, 10, 3
LIMIT_MS = 300
LARGE = Drill()


def measure() -> list[Bar]:
    """Registrations at 5/s for ten minutes, three bursts at 20/s, then 2,000 people with the power cut."""
    with tempfile.TemporaryDirectory() as folder:
        steady, bursts = uvloop.run(_reception(Path(folder) / 'box'))
        lost, seconds = _large_replay(Path(folder) / 'drill')
    return [
        _bar(f'{STEADY_PER_SECOND} registrations/s for {STEADY_SECONDS // 60} minutes, p95', steady),
        _bar(f'{BURST_PER_SECOND} registrations/s in bursts, p95', bursts),
        Bar(
            name=f'{LARGE.people:,} people, {LARGE.tablets} tablets, power cut: findings of the checker',
            measured=lost,
            limit=0,
            unit='findings',
            details={'seconds': seconds},
        ),
    ]


def _bar(name: str, milliseconds: Sequence[float]) -> Bar:
    details = {f'p{share:.0%}': percentile(milliseconds, share) for share in (0.5, 0.95, 0.99)}
    return Bar(name=name, measured=percentile(milliseconds, 0.95), limit=LIMIT_MS, unit='ms', details=details)


async def _reception(root: Path) -> tuple[list[float], list[float]]:
    steady = STEADY_PER_SECOND * STEADY_SECONDS
    burst = BURST_PER_SECOND * BURST_SECONDS
    people = iter(invent(1, steady + BURSTS * burst, protected=30, visitors=100, today=TODAY))
    async with opened_box(root) as box:
        shelter = (await open_gymnasium(box.shelters)).id
        first = await _at_rate(box, shelter, [next(people) for _one in range(steady)], STEADY_PER_SECOND)
        bursts: list[float] = []
        for _burst in range(BURSTS):
            bursts += await _at_rate(box, shelter, [next(people) for _one in range(burst)], BURST_PER_SECOND)
        return first, bursts


async def _at_rate(box: Box, shelter: UUID, people: Sequence[InventedPerson], per_second: int) -> list[float]:
    """Each arrives at its time, whether or not the one before was answered; milliseconds until each was."""
    begun = time.perf_counter()

    async def arrive(number: int, person: InventedPerson) -> float:
        due = begun + number / per_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        registration = Registration(arrival=Arrival(shelter=shelter, practice=True), details=person.details)
        await box.shelters.evacuees.register(registration, VOLUNTEER)
        return (time.perf_counter() - due) * 1000

    return list(await asyncio.gather(*(arrive(number, person) for number, person in enumerate(people))))


def _large_replay(root: Path) -> tuple[int, float]:
    directory = DataDirectory(root)
    directory.create()
    begun = time.perf_counter()
    verdict, is_intact = asyncio.run(replay(directory, LARGE))
    return len(verdict.findings) + (not is_intact), time.perf_counter() - begun
