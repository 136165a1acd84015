"""A real box in a temporary directory, with simulated readers."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.composition import open_box
from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffEntry, StaffMember
from app.runtime import Box
from app.settings import load_settings
from app.storage.layout import DataDirectory
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from device_drivers.cards.credential import CardKind, Credential

WAIT_SECONDS = 10


@asynccontextmanager
async def opened_box(root: Path, *, demo: bool = False, **settings: Any) -> AsyncIterator[Box]:
    """A box that is open but takes no taps; as the command line opens it."""
    directory = DataDirectory(root)
    directory.create()
    lock = directory.lock()
    try:
        box = await open_box(directory, load_settings(root, **settings), demo=demo)
        try:
            yield box
        finally:
            await box.close()
    finally:
        lock.release()


@pytest.fixture(scope='session')
def new_box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a box that was opened and closed once: copying it spares each test the migrations."""
    root = tmp_path_factory.mktemp('new') / 'box'
    asyncio.run(_open_once(root))
    return root


@pytest.fixture
async def box(new_box: Path, tmp_path: Path) -> AsyncIterator[Box]:
    """An open box with default settings."""
    shutil.copytree(new_box, tmp_path / 'box')
    async with opened_box(tmp_path / 'box') as opened:
        yield opened


async def _open_once(root: Path) -> None:
    async with opened_box(root):
        pass


async def hire(box: Box, number: str = '1001', name: str = '山田\u3000太郎') -> StaffMember:
    """A member of staff."""
    entry = StaffEntry(number=number, name=name, kana='ヤマダ\u3000タロウ', department='総務課')
    return await box.staff.create(entry, Actor.system())


def felica(identifier: str = '0114A1B2C3D4E5F6') -> SimulatedCard:
    """A simulated FeliCa card."""
    return SimulatedCard(credential=Credential(CardKind.FELICA, '', identifier))


async def hire_with_card(
    box: Box, number: str = '1001', name: str = '山田\u3000太郎'
) -> tuple[StaffMember, SimulatedCard]:
    """A member of staff whose FeliCa card is linked."""
    person = await hire(box, number, name)
    card = felica(f'0114{int(number):012X}')
    await box.cards.link(person.id, card.credential, Actor.system(), proven=False)
    return person, card


async def open_desk(box: Box, name: str = '東玄関') -> Any:
    """A running attendance desk with a simulated reader; its `reader` takes cards."""
    desk = await box.desks.add(name, Job.ATTENDANCE, f'sim:{name}', Actor.system())
    await box.engine.refresh()
    return box.engine.controller(desk.id)


def reader_of(box: Box, controller: Any) -> SimulatedCardReader:
    """The simulated reader of a desk."""
    reader = box.readers.use(controller.desk.reader)
    assert isinstance(reader, SimulatedCardReader)
    return reader


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until this is so."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not condition():  # noqa: ASYNC110 - anything may be waited for
            await asyncio.sleep(0.005)
