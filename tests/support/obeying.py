"""A box without its web server that does what it is told over a pipe: open, begun, with the exchange at work.

Each line of its input is a JSON list of an order and its arguments; each line of its output is the answer.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

from app.composition import open_box
from app.runtime import Box
from app.settings import load_settings
from app.storage.layout import DataDirectory


def obey(orders: Callable[[Box], object]) -> None:
    """Open the box in the directory of the command line, and do what `orders` of it can until the pipe is closed."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    asyncio.run(_obey(Path(sys.argv[1]), orders))


async def _obey(root: Path, orders: Callable[[Box], object]) -> None:
    directory = DataDirectory(root)
    directory.create()
    lock = directory.lock()
    box = await open_box(directory, load_settings(root))
    room = orders(box)
    await box.begin()
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            order, *arguments = json.loads(line)
            print(json.dumps(await getattr(room, order)(*arguments), ensure_ascii=False), flush=True)
    finally:
        await box.close()
        lock.release()
