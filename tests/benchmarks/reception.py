"""Ten tablets of one gymnasium registering people at a steady rate and in bursts, and the large evacuation replayed."""

import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from app.commands.drill import Drill, replay, replay_curve
from app.shelters.desk import ShelterDesk
from app.shelters.desk_screens import Step
from app.shelters.drill.curve import read_curve
from app.storage.layout import DataDirectory
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from tests.benchmarks.bars import Bar, percentile
from tests.support.box import felica, opened_box
from tests.support.reception import open_reception, registered, touched
from tests.support.shelter import opened_shelter

STEADY_PER_SECOND, STEADY_SECONDS = 5, 600
BURST_PER_SECOND, BURST_SECONDS, BURSTS = 20, 10, 3
LIMIT_MS = 300
LARGE = Drill()
TABLETS = 10
PEERS = {'paper': 262, 'card at the desk': 26, 'QR': 7}
"""Seconds for one person, as domain/shelters.md tells them; a machine alone cannot be compared with them."""


@dataclass(frozen=True, slots=True)
class Tablet:
    """One reception desk with its reader; one person after the other."""

    desk: ShelterDesk
    reader: SimulatedCardReader
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def receive(self, card: SimulatedCard) -> None:
        """An unknown card, and the press that registers who holds it."""
        async with self.turn:
            await touched(self.desk, self.reader, card, Step.NEW)
            await registered(self.desk)
            assert self.desk.view.step is Step.PERSON


def measure() -> list[Bar]:
    """Ten tablets taking 5/s for ten minutes, three bursts at 20/s, then 2,000 people with the power cut."""
    with tempfile.TemporaryDirectory() as folder:
        steady, bursts = uvloop.run(_reception(Path(folder) / 'box'))
        lost, seconds = _large_replay(Path(folder) / 'drill')
        unlike, year_seconds = _nanao(Path(folder) / 'nanao')
    return [
        _bar(f'{TABLETS} tablets, {STEADY_PER_SECOND} registrations/s for {STEADY_SECONDS // 60} minutes, p95', steady),
        _bar(f'{TABLETS} tablets, {BURST_PER_SECOND} registrations/s in bursts, p95', bursts),
        Bar(
            name=f'{LARGE.people:,} people, {LARGE.tablets} tablets, power cut: findings of the checker',
            measured=lost,
            limit=0,
            unit='findings',
            details={'seconds': seconds},
        ),
        Bar(
            name='a real shelter from January to September at one tablet: reports that do not agree',
            measured=unlike,
            limit=0,
            unit='reports',
            details={'seconds': year_seconds},
        ),
    ]


def _bar(name: str, milliseconds: Sequence[float]) -> Bar:
    details: dict[str, object] = {f'p{share:.0%}': percentile(milliseconds, share) for share in (0.5, 0.95, 0.99)}
    details['seconds that peers tell of for one person'] = PEERS
    return Bar(name=name, measured=percentile(milliseconds, 0.95), limit=LIMIT_MS, unit='ms', details=details)


async def _reception(root: Path) -> tuple[list[float], list[float]]:
    cards = (felica(f'0114{number:012X}') for number in itertools.count())
    async with opened_box(root) as box:
        await opened_shelter(box, capacity=None)
        tablets = [Tablet(*await open_reception(box, f'受付{number}')) for number in range(TABLETS)]
        first = await _at_rate(tablets, cards, STEADY_PER_SECOND, STEADY_SECONDS)
        bursts: list[float] = []
        for _burst in range(BURSTS):
            bursts += await _at_rate(tablets, cards, BURST_PER_SECOND, BURST_SECONDS)
        return first, bursts


async def _at_rate(
    tablets: Sequence[Tablet], cards: Iterator[SimulatedCard], per_second: int, seconds: int
) -> list[float]:
    """Each comes at their time, whether or not the one before was answered; milliseconds until each was registered."""
    begun = time.perf_counter()

    async def arrive(number: int, card: SimulatedCard) -> float:
        due = begun + number / per_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await tablets[number % len(tablets)].receive(card)
        return (time.perf_counter() - due) * 1000

    return list(await asyncio.gather(*(arrive(number, next(cards)) for number in range(per_second * seconds))))


def _large_replay(root: Path) -> tuple[int, float]:
    directory = DataDirectory(root)
    directory.create()
    begun = time.perf_counter()
    verdict, is_intact = asyncio.run(replay(directory, LARGE))
    return len(verdict.findings) + (not is_intact), time.perf_counter() - begun


def _nanao(root: Path) -> tuple[int, float]:
    directory = DataDirectory(root)
    directory.create()
    begun = time.perf_counter()
    return len(asyncio.run(replay_curve(directory, read_curve()))), time.perf_counter() - begun
