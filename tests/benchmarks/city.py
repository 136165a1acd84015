"""A city in the night after: 220 open shelters, 100,000 people, and the page of headquarters beside a bare one.

`python -m tests.benchmarks.city PORT` serves the real page, a bare NiceGUI table with the same cells, and times of both
readings in milliseconds.
"""

import asyncio
import random
import sqlite3
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from nicegui import app, ui

from app import clock
from app.runtime import Box, Condition
from app.shelters.needs.facts import Fact, Found
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.values import ShelterState
from app.storage.reading import open_read_only
from app.storage.transaction import Transaction, transaction
from components.theme import register_assets
from pages.staff.shelters import headquarters
from tests.support.box import opened_box
from tests.support.served import serve_pages
from tests.support.shelter import OFFICER

SHELTERS, PEOPLE, AT_ONCE, ROWS = 220, 100_000, 5_000, 50
FAR_SEQUENCE = 1_000_000
"""Presses without lines of the journal, after all that are there."""
MILLISECONDS = 1000
STAY = """
    INSERT INTO stay (id, evacuee, shelter, place, state, visitor, arrived_at, state_since, seen_at, practice)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
"""
PRESS = """
    INSERT INTO head_count (id, sequence, shelter, person_class, change, counted_at, practice)
    VALUES (?, ?, ?, 'man', 1, ?, 0)
"""
MEMBER = """
    INSERT INTO household_member (id, household, evacuee, is_representative, joined_at) VALUES (?, ?, ?, 0, ?)
"""
PLAIN = (
    'SELECT shelter, SUM(change) FROM head_count GROUP BY shelter',
    "SELECT shelter, COUNT(DISTINCT evacuee) FROM stay WHERE state <> 'left' GROUP BY shelter",
)
"""What anybody would ask the database for, and no less than that."""
COLUMNS = ('№', '避難所', '状態', '避難者', '収容', '要対応', '時点と報告')
PLACES = ('shelter',) * 8 + ('car', 'home')
condition: Condition


@ui.page('/bare')
def bare() -> None:
    """As many cells, without anything else."""
    columns = [{'name': name, 'label': name, 'field': name, 'align': 'left'} for name in COLUMNS]
    rows = [{name: f'{name} {number}' for name in COLUMNS} for number in range(ROWS)]
    ui.table(columns=columns, rows=rows, row_key='№')


@app.get('/figures')
async def figures() -> float:
    """Milliseconds until everything is read and joined."""
    begun = time.perf_counter()
    board = await condition.require_box().shelters.headquarters.board(practice=False)
    taken = (time.perf_counter() - begun) * MILLISECONDS
    assert board.sums.counted == PEOPLE
    return taken


@app.get('/plain')
async def plain() -> float:
    """Milliseconds of the two plain statements, on a connection and in a thread of their own."""
    return await asyncio.to_thread(_plain, condition.require_box().directory.database)


def _plain(database: Path) -> float:
    connection: sqlite3.Connection = open_read_only(database)
    begun = time.perf_counter()
    found = [connection.execute(statement).fetchall() for statement in PLAIN]
    taken = (time.perf_counter() - begun) * MILLISECONDS
    connection.close()
    assert [len(rows) for rows in found] == [SHELTERS, SHELTERS]
    return taken


async def furnish(box: Box) -> None:
    """Everybody has arrived, at random, the same each time."""
    chance = random.Random(20240101)  # noqa: S311 - invented people, the same each time
    shelters = await box.shelters.register.add_all([_entry(number) for number in range(SHELTERS)], OFFICER)
    for number, shelter in enumerate(shelters):
        await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)
        facts = {Fact.BEDS: Found(number), Fact.TOILETS_SHARED: Found(number % 9), Fact.BATHS: Found(0)}
        await box.shelters.needs.facts.enter(shelter.id, facts, OFFICER, practice=False)
    for start in range(0, PEOPLE, AT_ONCE):
        rows = list(_people(shelters, chance, start))
        await transaction(lambda tx, rows=rows: _write(tx, rows))  # type: ignore[misc]


def _entry(number: int) -> ShelterEntry:
    return ShelterEntry(
        code=f'E17201{number:05}111',
        name=f'第{number + 1}小学校',
        kana=f'ダイ{number:03}',
        district=('泉', '緑', '泉野', '長町')[number % 4],
        latitude=36.5 + (number * 37 % 100) / 900,
        longitude=136.58 + (number * 61 % 100) / 700,
        capacity=450,
        area_m2=1200.0,
    )


def _people(shelters: list[ShelterInfo], chance: random.Random, start: int) -> Iterator[tuple[Any, ...]]:
    at, household = clock.now().isoformat(' '), uuid.uuid4()
    for number in range(start, start + AT_ONCE):
        shelter, evacuee = str(shelters[number % SHELTERS].id), str(uuid.UUID(int=chance.getrandbits(128)))
        state = chance.choice(('present', 'present', 'present', 'away', 'left'))
        if number % 3 == 0:
            household = uuid.UUID(int=chance.getrandbits(128))
        stay = (str(uuid.uuid4()), evacuee, shelter, chance.choice(PLACES), state, number % 10 == 0, at, at, at)
        yield (
            stay,
            (str(uuid.uuid4()), FAR_SEQUENCE + number, shelter, at),
            (str(uuid.uuid4()), str(household), evacuee, at),
        )


async def _write(tx: Transaction, rows: list[tuple[Any, ...]]) -> None:
    for statement, values in zip((STAY, PRESS, MEMBER), zip(*rows, strict=True), strict=True):
        await tx.connection.execute_many(statement, list(values))


def _with_box(inner: Any) -> Any:
    @asynccontextmanager
    async def lifespan(application: Any) -> AsyncIterator[Any]:
        async with AsyncExitStack() as stack:
            condition.box = await stack.enter_async_context(opened_box(Path.cwd() / 'box'))
            await furnish(condition.box)
            yield await stack.enter_async_context(inner(application))

    return lifespan


if __name__ in {'__main__', '__mp_main__'}:
    from app.settings import load_settings
    from app.storage.layout import DataDirectory

    condition = Condition(settings=load_settings(Path.cwd()), directory=DataDirectory(Path.cwd() / 'box'))
    register_assets()
    headquarters.register(condition)
    app.router.lifespan_context = _with_box(app.router.lifespan_context)
    serve_pages(int(sys.argv[1]))
