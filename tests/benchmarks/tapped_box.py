"""The box in one process with its pages, tapped by orders: `python -m tests.benchmarks.tapped_box DIRECTORY PORT`.

Each line of standard input is a JSON list of [desk, person]: these cards touch these readers at once. A line with the
words "monthly pdf" has the sheets of all cars made as PDF; what follows goes on meanwhile.
"""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path

from app import clock
from app.runtime import Box, Condition
from app.settings import load_settings
from app.storage.layout import DataDirectory
from device_drivers.card_reader.simulation import SimulatedCardReader
from tests.benchmarks.furnished import card_of, reader_of

_obeying: set[asyncio.Task[None]] = set()


def main(root: Path, port: int) -> int:
    """Run as `machibako run` does, and obey."""
    settings = load_settings(root, server={'port': port})
    directory = DataDirectory(root)
    directory.lock()
    os.environ['NICEGUI_STORAGE_PATH'] = str(directory.browser_state)
    from pages.site import serve

    return serve(Condition(settings=settings, directory=directory), _begin_to_obey)


def _begin_to_obey(condition: Condition) -> None:
    _begin(_obey(condition.require_box()))


def _begin(work: Coroutine[None, None, None]) -> None:
    _obeying.add(asyncio.get_running_loop().create_task(work))


async def _obey(box: Box) -> None:
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    async for line in orders:
        order = json.loads(line)
        if order == 'monthly pdf':
            _begin(_make_pdf(box))
            continue
        for desk, person in order:
            reader = box.readers.use(reader_of(desk))
            assert isinstance(reader, SimulatedCardReader)
            reader.tap(card_of(person))


async def _make_pdf(box: Box) -> None:
    from pages.staff.cars.downloads import monthly_file

    last = clock.today()
    made = await monthly_file(box, 'cars', 'pdf', last - timedelta(days=31), last)
    print(f'made a PDF of {len(made)} bytes', flush=True)


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
