"""The box in one process with its pages, tapped by orders: `python -m tests.benchmarks.tapped_box DIRECTORY PORT`.

Each line of standard input is a JSON list of [desk, person]: these cards touch these readers at once.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

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
    task = asyncio.get_running_loop().create_task(_obey(condition.require_box()))
    _obeying.add(task)


async def _obey(box: Box) -> None:
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    async for line in orders:
        for desk, person in json.loads(line):
            reader = box.readers.use(reader_of(desk))
            assert isinstance(reader, SimulatedCardReader)
            reader.tap(card_of(person))


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
