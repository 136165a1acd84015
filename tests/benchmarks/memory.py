"""Memory of the process tree, idle and for each open page, against NiceGUI alone."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.bars import Bar, middle
from tests.benchmarks.browserless import BrowserlessPage, open_all
from tests.benchmarks.furnished import furnish
from tests.benchmarks.servers import bare_nicegui, memory_of_tree
from tests.benchmarks.year_of_data import year_of_data
from tests.support.process import running_box

ROUNDS = 5
DESKS = 60
PAGES = 120
FIRST_PAGES = 20
MEGABYTES_MORE = 200.0
TIMES_A_PAGE = 2.0
SETTLE_SECONDS = 2.0
STAFF = 80


@dataclass(slots=True)
class Megabytes:
    """Of each round."""

    idle: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)


def measure() -> list[Bar]:
    """Idle: the demonstration and a year of data. With pages: two tablets at each of sixty desks."""
    year = year_of_data()
    bare, demonstration, with_year, tablets = Megabytes(), Megabytes(), Megabytes(), Megabytes()
    with TemporaryDirectory() as folder:
        data = Path(folder) / 'box'
        cookies = asyncio.run(furnish(data, DESKS, STAFF)).tablets * (PAGES // DESKS)
        for _ in range(ROUNDS):
            with bare_nicegui() as server:
                _look(bare, server.process.pid)
                bare.page.append(_megabytes_a_page(server.process.pid, server.url, '/', [{}] * PAGES))
            with running_box(Path(folder) / 'demonstration', demo=True) as box:
                _look(demonstration, box.process.pid)
            with running_box(year) as box:
                _look(with_year, box.process.pid)
            with running_box(data) as box:
                tablets.page.append(_megabytes_a_page(box.process.pid, box.url, '/kiosk', cookies))
    return [
        _idle_bar('memory with the demonstration', demonstration, bare),
        _idle_bar('memory with a year of data', with_year, bare),
        Bar(
            name='memory of a kiosk page',
            measured=middle(tablets.page) * 1000,
            limit=middle(bare.page) * 1000 * TIMES_A_PAGE,
            unit='kB',
            details={'kiosk pages (MB each)': tablets.page, 'bare pages (MB each)': bare.page},
        ),
    ]


def _idle_bar(name: str, box: Megabytes, bare: Megabytes) -> Bar:
    limit = middle(bare.idle) + MEGABYTES_MORE
    details = {'box': box.idle, 'bare NiceGUI': bare.idle}
    return Bar(name=name, measured=middle(box.idle), limit=limit, unit='MB', details=details)


def _look(megabytes: Megabytes, process: int) -> None:
    time.sleep(SETTLE_SECONDS)
    megabytes.idle.append(memory_of_tree(process))


def _megabytes_a_page(process: int, address: str, path: str, cookies: list[dict[str, str]]) -> float:
    return asyncio.run(_growth(process, address, path, cookies)) / (len(cookies) - FIRST_PAGES)


async def _growth(process: int, address: str, path: str, cookies: list[dict[str, str]]) -> float:
    """Megabytes that all but the first pages add; those fill what every page shares."""
    pages = [BrowserlessPage(address, own) for own in cookies]
    await open_all(pages[:FIRST_PAGES], path)
    await asyncio.sleep(SETTLE_SECONDS)
    before = memory_of_tree(process)
    await open_all(pages[FIRST_PAGES:], path)
    await asyncio.sleep(SETTLE_SECONDS)
    grown = memory_of_tree(process) - before
    await asyncio.gather(*(page.close() for page in pages))
    return grown
