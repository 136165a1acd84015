"""Searching among five thousand people by kana with a typo, although names are encrypted at rest."""

import asyncio
import os
import random
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import uvloop

from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registration
from app.shelters.places import ShelterInfo
from app.shelters.search import Query
from app.shelters.stays import Arrival
from tests.benchmarks.bars import Bar, percentile
from tests.benchmarks.servers import memory_of_tree
from tests.support.box import opened_box
from tests.support.shelter import OFFICER, opened_shelter

PEOPLE = 5_000
AT_ONCE = 100
SEARCHES = 200
MOST_MILLISECONDS, MOST_HELD_UP, MOST_MEGABYTES = 200.0, 50.0, 600.0
TICK_SECONDS = 0.005
FAMILIES = (
    'カナザワ',
    'オオノ',
    'ナカムラ',
    'サトウ',
    'スズキ',
    'タナカ',
    'ヤマモト',
    'キタガワ',
    'ミナミ',
    'ヒガシデ',
)
GIVEN = ('ハナコ', 'イチロウ', 'ケイコ', 'ユウタ', 'サクラ', 'シュンイチ', 'ミチコ', 'タケシ', 'アオイ', 'ハルト')
ENDINGS = 'アイウエオカキクケコサシスセソ'


@dataclass(slots=True)
class Measured:
    """Milliseconds of each search, and by how much the loop was late while they ran."""

    first: float
    """With the index still to be built."""
    searches: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    """Of the process with everybody in the index (PSS)."""


def measure() -> list[Bar]:
    """The slowest twentieth of the searches, and what they held up."""
    with tempfile.TemporaryDirectory() as folder:
        measured = uvloop.run(_measured(Path(folder)))
    details = {'milliseconds': measured.searches, 'first': measured.first, 'people': PEOPLE}
    return [
        Bar(
            name=f'kana with a typo among {PEOPLE:,} people, p95',
            measured=percentile(measured.searches, 0.95),
            limit=MOST_MILLISECONDS,
            unit='ms',
            details=details,
        ),
        Bar(
            name='event loop held up by searches, p99',
            measured=percentile(measured.late, 0.99),
            limit=MOST_HELD_UP,
            unit='ms',
            details={'worst': max(measured.late)},
        ),
        Bar(name=f'memory with {PEOPLE:,} people', measured=measured.megabytes, limit=MOST_MEGABYTES, unit='MB'),
    ]


async def _measured(folder: Path) -> Measured:
    async with opened_box(folder / 'box') as box:
        chance = random.Random(20240101)  # noqa: S311 - invented people, the same each time
        shelter = await opened_shelter(box)
        for _group in range(PEOPLE // AT_ONCE):
            people = [_registration(shelter, chance) for _person in range(AT_ONCE)]
            await box.shelters.evacuees.register_all(people, OFFICER)
        measured = Measured(await _milliseconds(box, _typed(chance)))
        watching = asyncio.create_task(_watch(measured.late))
        for _search in range(SEARCHES):
            measured.searches.append(await _milliseconds(box, _typed(chance)))
        watching.cancel()
        measured.megabytes = memory_of_tree(os.getpid())
    return measured


def _registration(shelter: ShelterInfo, chance: random.Random) -> Registration:
    details = PersonDetails(
        name='金沢 花子',
        kana=_kana(chance),
        birth_date=date(1930, 1, 1) + timedelta(days=chance.randrange(33_000)),
        address=f'金沢市広坂{chance.randrange(1, 9)}丁目{chance.randrange(30)}番',
        phone=f'090{chance.randrange(10**8):08}',
    )
    return Registration(arrival=Arrival(shelter=shelter.id), details=details)


def _kana(chance: random.Random) -> str:
    family, given = chance.choice(FAMILIES) + chance.choice(ENDINGS), chance.choice(GIVEN) + chance.choice(ENDINGS)
    return f'{family} {given}'


def _typed(chance: random.Random) -> str:
    kana = _kana(chance)
    wrong = chance.randrange(1, len(kana))
    return kana[:wrong] + chance.choice(ENDINGS) + kana[wrong + 1 :]


async def _milliseconds(box: Box, typed: str) -> float:
    begin = time.perf_counter()
    await box.shelters.search.find(Query(typed=typed))
    return (time.perf_counter() - begin) * 1000


async def _watch(late: list[float]) -> None:
    while True:
        begin = time.perf_counter()
        await asyncio.sleep(TICK_SECONDS)
        late.append((time.perf_counter() - begin - TICK_SECONDS) * 1000)
