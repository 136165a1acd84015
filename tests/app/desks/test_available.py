"""Choosing the reader of a new desk."""

import asyncio

from app.desks.available import SPARE_SIMULATED_READER, AvailableReader, available_readers, touched_reader
from app.desks.names import all_desk_names
from app.journal.line import Actor
from app.runtime import Box
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from device_drivers.cards.credential import CardProblem
from tests.support.box import felica, open_desk


def reader(box: Box, address: str) -> SimulatedCardReader:
    opened = box.readers.use(address)
    assert isinstance(opened, SimulatedCardReader)
    return opened


async def test_a_reader_is_offered_with_the_desk_that_it_serves(box: Box) -> None:
    await open_desk(box, '東玄関')
    found = await available_readers(box.readers, await box.desks.all(), demo=False)
    assert AvailableReader('sim:東玄関', '東玄関') in found


async def test_a_demonstration_has_a_spare_reader(box: Box) -> None:
    assert AvailableReader(SPARE_SIMULATED_READER, '') in await available_readers(box.readers, [], demo=True)
    assert SPARE_SIMULATED_READER not in [one.address for one in await available_readers(box.readers, [], demo=False)]


async def test_the_touched_reader_is_told_apart(box: Box) -> None:
    waiting = asyncio.create_task(touched_reader(box.readers, ['sim:左', 'sim:右'], 5))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    reader(box, 'sim:右').tap(felica())
    assert await waiting == 'sim:右'


async def test_a_card_that_cannot_be_used_still_tells_which_reader_it_touched(box: Box) -> None:
    torn = SimulatedCard(credential=felica().credential, problem=CardProblem.TORN)
    waiting = asyncio.create_task(touched_reader(box.readers, ['sim:左'], 5))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    reader(box, 'sim:左').tap(torn)
    assert await waiting == 'sim:左'


async def test_without_a_touch_no_reader_is_named(box: Box) -> None:
    assert await touched_reader(box.readers, ['sim:左', 'sim:右'], 0.01) is None


async def test_after_the_search_the_readers_take_taps_again(box: Box) -> None:
    await touched_reader(box.readers, ['sim:左'], 0.01)
    heard: list[object] = []
    reader(box, 'sim:左').listen(heard.append)
    reader(box, 'sim:左').tap(felica())
    assert heard


async def test_after_the_search_the_readers_that_serve_no_desk_are_given_back(box: Box) -> None:
    await open_desk(box, '東玄関')
    await touched_reader(box.readers, ['sim:左', 'sim:右'], 0.01)
    assert list(box.readers.states()) == ['sim:東玄関']


async def test_a_removed_desk_keeps_its_name_in_the_history(box: Box) -> None:
    controller = await open_desk(box, '東玄関')
    await box.desks.remove(controller.desk.id, Actor.system())
    assert (await all_desk_names())[controller.desk.id] == '東玄関'
