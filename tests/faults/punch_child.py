"""A box that takes one tap and says what its desk shows: `python -m tests.faults.punch_child DIRECTORY CARD WARM_CARD`.

It prints its threads as JSON when it is ready, waits for a line, and prints the screen once the desk shows it.
"""

import asyncio
import ctypes
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.attendance.desk import AttendanceDesk
from app.attendance.screens import Answered
from app.composition import open_box
from app.runtime import Box
from app.settings import load_settings
from app.storage.layout import DataDirectory
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from device_drivers.cards.credential import CardKind, Credential

_PR_SET_PTRACER = 0x59616D61
_PR_SET_PTRACER_ANY = ctypes.c_ulong(-1)


def main() -> None:
    """Open the box, warm it with a tap of somebody else, wait, tap, tell."""
    root, identifier, warm_identifier = sys.argv[1:]
    # The kernel may let a process be traced by its ancestors only.
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _PR_SET_PTRACER_ANY, 0, 0, 0)
    asyncio.run(_run(Path(root), identifier, warm_identifier))


async def _run(root: Path, identifier: str, warm_identifier: str) -> None:
    # With one helper thread each run makes the same calls on the same threads.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=1))
    directory = DataDirectory(root)
    directory.lock()
    box = await open_box(directory, load_settings(root))
    await box.engine.refresh()
    await _tap(box, warm_identifier)
    _say({thread.name: thread.native_id for thread in threading.enumerate()})
    sys.stdin.readline()
    shown = await _tap(box, identifier)
    _say({'surname': shown.surname, 'at': shown.at.isoformat(), 'already': shown.already})
    os._exit(0)


async def _tap(box: Box, identifier: str) -> Answered:
    (desk,) = box.engine.running()
    assert isinstance(desk, AttendanceDesk)
    before = desk.view.screen
    answered: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()

    def changed(_none: None) -> None:
        screen = desk.view.screen
        if isinstance(screen, Answered) and screen != before and not answered.done():
            answered.set_result(screen)

    end = desk.listen(changed)
    reader = box.readers.use(desk.desk.reader)
    assert isinstance(reader, SimulatedCardReader)
    reader.tap(SimulatedCard(credential=Credential(CardKind.FELICA, '', identifier)))
    try:
        return await answered
    finally:
        end()


def _say(what: dict[str, object]) -> None:
    os.write(sys.stdout.fileno(), json.dumps(what, ensure_ascii=False).encode() + b'\n')


if __name__ == '__main__':
    main()
